"""Faces and hearts of punctuation: what they look like, and what only looks like them.

The same characters stand in numbers (`<30`), lists (`8)`), times (`10:30)`), ratios (`3:0`) and code
(`a:=3`). So a face needs a boundary on both sides: a space, the end of a sentence, a bracket or quotation
mark around it.
"""

import re

# What binds a face to the word, number or code beside it.
_BOUND = r"\w<>=/\\|:;&%$#@^+~`{}\[\]\x01-\x03"
_BEFORE = rf"(?<![{_BOUND}*)-])"
_AFTER = rf"(?![{_BOUND}*(-])"

_OPENS = r"(?![^()\n]*\))"  # a bracket that is closed later is one, and no mouth

PATTERN = rf"""
    {_BEFORE}(?:
        [>}}]?[:;]['^*o-]?(?: \)+ | \]+ | [DPpOoSs|/\\*3@$cCbX>] )
      | [>}}]?[:;]['^*o-]?(?: \(+{_OPENS} | \[(?![^\[\]\n]*\]) | \{{(?![^{{}}\n]*\}}) )
      | ='?-?(?: \)+ | \(+{_OPENS} | [\]DPp/|] )
      | [xX]-?D+ | [8B]-[)D]
      | \(+[-']?[:;=]{_OPENS} | \)+-?[:;=] | D:(?=\s*(?:[!?\n]|\Z))
      | (?:<[\\/]?3+)+
      | \^[_.-]*\^ | -[_.]+- | [oO0][_.]+[oO0] | [;T]_+[;T] | >[._]+< | \\o/
    ){_AFTER}
    """
"""For a verbose pattern."""

_DRAWN_OUT = r"([()\]D_]|<3|</3)\1+|(?<=3)3{2,}"
# Hearts and the face of tears may have more of something without being others.
_AS_THEY_ARE = frozenset(("<33", "^^"))


# "<3 ms" is a time, "n <3" a condition and "has <3 items" a number; "i <3 u" and "thanks <3 you" are neither.
_UNITS = (
    "[mnuµ]?s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?"
    "|[kmgt]i?b|[kcm]?m|kg|k|px|x"
)
_UNIT = rf"(?i)\s?(?:[%€$£°]|(?:{_UNITS})\b)"
_COMPARED = r"(?i)(?:^|\W)(?:[a-hj-tv-z]|[a-z]+\d+|be|below|under|than)\s$"
_COUNTED = (
    r"(?i)\b(?:has|have|had|with|is|are|was|were|be|under|only|keep|needs?|takes?|took|within"
    r"|if|when|for|in|at)\s$"
)
# "D:" is a drive or an answer, unless something comes before it that one is dismayed about.
_DISMAY = r"(?i)(?:^|[.!?,…\n]|\b(?:no+|oh|omg|wh[ay]t?|ugh+|wow|damn|sorry|sad))\s*$"
_NOUN = r"\s[a-z]{3,}"


def only_looks_like_one(face: str, text: str, start: int, end: int) -> bool:
    """Tell whether what the pattern found is something else: a bracket, a drive, or "less than three"."""
    before, after = text[max(0, start - 12) : start], text[end : end + 12]
    match face:
        case "D:":
            return not re.search(_DISMAY, before)
        case "<3":
            if re.match(_UNIT, after) or re.search(_COMPARED, before):
                return True
            return re.match(_NOUN, after) is not None and re.search(_COUNTED, before) is not None
        case _:
            return face[0] == ")" and text.count("(", 0, start) > text.count(")", 0, start)


def plain(face: str) -> str:
    """Return a face as the lexicon knows it: ":)" for ":)))"."""
    return face if face in _AS_THEY_ARE else re.sub(_DRAWN_OUT, lambda more: more[1] or "", face)
