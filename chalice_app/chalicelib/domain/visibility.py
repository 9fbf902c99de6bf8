"""What can be seen of a text: which characters show nothing, and how many marks stand on one letter."""

import re
import unicodedata

from chalicelib.domain import emoji

# Control and format characters, halves of surrogates, private and unassigned ones, separators of lines.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
# Letters, marks and symbols by category that nobody sees (the rest of Default_Ignorable_Code_Point, the empty
# braille pattern, the null notehead), and the character that stands for an object.
_BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\U00016fe4\U0001d159"
).union(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_WIDE_SPACES = frozenset(" \u00a0\u3000")
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9  # the combining class of the signs that take a vowel away
_MANY_MARKS = 30  # UAX #15 calls a text with no more of them in a row safe for streams

_PICTURES = range(0x1F000, 0x1FB00)
"""Where the emoji of later versions of Unicode are, which this Python calls unassigned."""


def shows_nothing(character: str) -> bool:
    """Tell whether nobody sees a character, or sees something else in its place; a space shows a distance."""
    return character in _BLANKS or unicodedata.category(character) in _INVISIBLE


def is_blank(text: str) -> bool:
    """Tell whether a text consists of spaces and of what shows nothing."""
    return all(
        character.isspace() or (shows_nothing(character) and ord(character) not in _PICTURES)
        for character in text
    )


def hidden_in(text: str) -> str | None:
    """Return the first character that hides in a text: it shows nothing, or less than a space.

    Joiners and variation selectors may stand in an emoji, and joiners where a script needs them: beside the
    sign that takes a vowel away (Devanagari and its relatives), and between letters of Arabic.
    """
    if not any(map(_hides, text)):
        return None
    text = re.sub(emoji.PATTERN, _as_object, text)
    for position, character in enumerate(text):
        before, after = text[:position][-1:], text[position + 1 :][:1]
        if _hides(character) and not (character in _JOINERS and _joins(before, after)):
            return character
    return None


def marks_in_a_row(text: str) -> int:
    """Return how many marks stand above and below one letter at most."""
    marks = "".join("m" if unicodedata.category(c) in ("Mn", "Me") else " " for c in text)
    return max(map(len, marks.split()), default=0)


def nfc(text: str) -> str:
    """Return a text in NFC, but for very long runs of combining marks, which stay as they are.

    Sorting the marks of a run takes time that grows with its square: a tenth of a second for 16 KB.
    """
    if text.isascii():
        return text
    combining = bytes(map(bool, map(unicodedata.combining, text)))
    parts, end = [], 0
    for run in re.finditer(rb"\x01{%d,}" % (_MANY_MARKS + 1), combining):
        parts += [unicodedata.normalize("NFC", text[end : run.start()]), text[run.start() : run.end()]]
        end = run.end()
    return "".join([*parts, unicodedata.normalize("NFC", text[end:])])


def _hides(character: str) -> bool:
    return shows_nothing(character) or (character.isspace() and character not in _WIDE_SPACES)


def _as_object(match: re.Match[str]) -> str:
    """Return a symbol for an emoji, unless a part of it is no character yet."""
    found = match.group()
    return found if any(unicodedata.category(part) == "Cn" for part in found) else "*"


def _joins(before: str, after: str) -> bool:
    if not before or not after:
        return False
    if _VIRAMA in (unicodedata.combining(before), unicodedata.combining(after)):
        return True
    return unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL"
