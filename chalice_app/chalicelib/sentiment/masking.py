"""Takes out of a text what is not language: addresses, names of people and files, identifiers, code.

Each becomes one character, so that nobody who reads the text afterwards reads the words in it: "kill" in
`--kill` says nothing about how somebody feels.
"""

import re

LINK, USER, CODE = "\x01", "\x02", "\x03"
"""What stands for a link or address, for a person's name, and for code, paths and identifiers."""

# Most texts have none of these, and are searched no further.
_SUSPECT = re.compile(
    r"[@＠/\\_$={%]|[.:(\[](?=[\w:)\"'-])|(?<!\w)[-#](?=\w)|-(?=[>\d])|[a-z](?=[A-Z])|[A-Z]{3}(?=[a-z])|http"
)

# The other patterns are compiled when a text first needs them, so that they cost a cold start nothing.

# A fence that is not closed reaches to the end, as in Markdown.
_FENCED = r"(?ms)```.*?(?:```|\Z)|^~~~.*?(?:^~~~|\Z)"
# `code`, and ``code`` but not ``a quotation''.
_INLINE = r"(?<![\w`])(?:`(?![\s`])(?:(?!'')[^`\n])+`|``(?![\s`])(?:(?!''|``)[^\n])+``)(?!`)"
_PROMPT = r"(?m)^\$ +[a-z].*$"
# What others wrote, in the manner of mails; and what programs wrote.
_QUOTED = r"(?m)^> ?(?=\S).*$"
_LEVEL = "(?:ERROR|FATAL|WARN|WARNING|INFO|DEBUG|TRACE|CRITICAL|SEVERE|NOTICE)"
_LOG_LINE = (
    rf"(?m)^(?:\[?\d{{4}}-\d\d-\d\d[T ][\d:.,]+Z?\]?\s.*|\[?{_LEVEL}\]?:? *\[?\d{{4}}-\d\d.*|\[{_LEVEL}\].*"
    rf"|(?:{_LEVEL}|panic|fatal|error|warning): \S.*|[\w.]*[a-z](?:Error|Exception|Warning): .*)$"
)
_MAY_BE_LOG = re.compile(r"(?m)^(?:\[?\d{4}-|\[?[A-Z]{4}|[\w.]+: )")
_TAG = r"</?[A-Za-z][^<>\n]{0,200}>"
_BRACES = r"\{\{?[^{}\n]{0,200}\}?\}"
_SCHEMES = ("://", "www.", "mailto:", "tel:", "data:", "magnet:", "file:")
_ADDRESS = (
    r"""(?<![A-Za-z0-9+.-])(?i:[a-z][a-z0-9+.-]{1,14}://|www\.|(?:mailto|tel|data|magnet|file):)"""
    r"""[^\s<>"`，。、；：！？）」』】》]*[\w/=&#%~+-]"""
)

_NAME = r"[\w.@+-]*\w"
_ARGUMENTS = r"""(?:[^\s()]*|"[^"\n]*"|'[^'\n]*')"""
# One or two letters, which are no word after a dash.
_FLAG = (
    r"-(?![aiAI]\b|(?i:am|an|as|at|be|by|do|go|he|if|in|is|it|me|my|no|of|oh|on|or|so|to|up|us|we)\b)"
    r"[A-Za-z][\w=]?(?![\w-])"
)
_CALL = rf"(?:\({_ARGUMENTS}\))?"

# Every alternative begins at a boundary, and so at most once in a run of characters: the time stays linear.
# Ordinary words are spared all of them by a look ahead.
_MASKED = rf"""(?x)
    (?<!\w)(?:(?=\w+(?:[^\w\s,;?)"'.!]|[.!]\S)|\w*(?:_|[a-z][A-Z]|[A-Z]{{3}}[a-z])|(?<!-)\w[\w-]*[ ]-|http)(?:
        (?P<link> https?\b | (?<![.@/+%-])[\w.+%-]*[\w+%-]@\w[\w-]*(?:\.\w[\w-]*)* )
      | [A-Za-z]:\\\S* | \w+\\\w\S*                                            # C:\a\path
      | (?P<path> (?<![.@+/-])[\w.@+-]+(?:/{_NAME})+/?(?![\w@+-]|:v?\d) )       # a/path
      | (?P<dotted> (?<![.-])[\w-]+(?:\.\w[\w-]*)+(?![\w-]|'(?!s\b)) )(?P<called>{_CALL})  # a.name, x.call()
      | (?<!\#)_*[^\W_]+(?:_+[^\W_]+)+_*{_CALL}                                  # snake_case, CONSTANT_CASE
      | (?<!\#)(?:[a-z]{{2,}}|[a-df-hj-z])(?:[A-Z][a-z]+)+\w*{_CALL}             # camelCase, not iPhone
      | (?<!\#)(?!(?i:[hj][aei]){{2}})(?=\w*[A-Z][a-z]{{2}})[A-Z][a-z]+\d*(?:[A-Z][a-z]+)+\w*{_CALL}  # Pascal
      | (?<!\#)(?!\w*(?P<drawl>\w)(?P=drawl){{2}})[A-Z]{{3,}}[a-z]{{3,}}\w*{_CALL}  # HTTPError
      | (?<!-)[A-Za-z]\w*(?:-\w+)*-\d\w*                                         # worker-2
      | (?<!-)[a-z][\w-]*(?=[ ](?:{_FLAG}|-9\b))                                 # the command before -x
      | \w+(?:(?:::|->|\#)\w+)+{_CALL}                                           # std::name, it->name
      | (?=_*[^\W_])\w+!?(?!\((?:e?s|e?d|er|ly|ing|r|n|sp\?|\?)\))\({_ARGUMENTS}\)  # name(), name(argument)
      | (?<![.\]\[-])[\w.\]\[-]+(?:[:+*/!=<>|&-]?=|=[=>])(?![)(DPp\]/|\\](?!\w))[^\s=]\S*  # name=value, a:=3
      | (?<![./-])(?=[\d./-]*[^\W\d])\w[\w./-]*:(?:\d{{2,5}}|latest|v?\d+(?:\.\d+)+)\b(?:/\S*)?  # host:80
      | \w+\[(?:'[^'\n]*'|"[^"\n]*"|0|-?\d*:-?\d*|[a-z_]\w*)\]                   # list[0], table["key"]
    ) | (?=[@＠/~.\\\#$%-])(?:
        (?P<user> (?<!@)[@＠]\w+(?:[.@/-]\w+)*(?::\w+(?:\.\w+)+)? )
      | (?<![.:=~)\]<*^/-])(?:~|\.\.?(?:/\.\.)*)?(?:/{_NAME})+/? | (?<!\S)~/  # /a/path, ./a/path
      | (?<!\S)\\\\\w\S*                                                         # \\host\path
      | (?<!-)--[A-Za-z][\w-]*(?:=\S+)? | (?<=\S[ ])-[A-Za-z][\w-]{{2,}}(?:=\S+)?  # --flag, -flag
      | (?<=\S[ ]){_FLAG}(?:[ ](?:[\w./-]+|"[^"\n]*"|'[^'\n]*'))?                # -f value
      | \#\w+(?:-\w+)+ | (?<!\S)\.[a-z]\w*(?:[-_.]\w+)+ | (?<!\S)[.\#][a-z][\w-]*(?=\s*\x03)  # #a-b, .a
      | \$\x03 | \$[A-Z_]{{2,}}\w* | %\w+%                      # variables
    ))
    """

_FOLDERS = """
    api app application apps assets bin bugfix build chore cmd components config data dev dist docs etc feat
    feature features fix heads home hotfix image images internal lib libs logs main master models modules
    opt origin packages pkg public refs release releases scripts src static tags test tests text tmp tools
    upstream usr utils var vendor video views
    """
_FOLDER = frozenset(("r", "u", *_FOLDERS.split()))  # and people and places of Reddit
_HOST_ENDINGS = """
    ai app at be biz ch co com de dev dk edu es eu fi fr gov icu info io it jp ly me net nl no nu org pl pt
    ru se tv uk us xyz
    """
_HOST_ENDING = frozenset(_HOST_ENDINGS.split())
_FILE_ENDINGS = """
    bat bin bmp c cc cfg conf cpp cs css csv doc docx exe gif gz h hpp htm html ini ipynb java jpeg jpg js
    json jsx kt lock log md mov mp3 mp4 pdf php png ppt pptx ps1 psd py rb rs rst sass scss sh sql svg swift
    tar tex tgz toml ts tsv tsx txt wav webp xls xlsx xml yaml yml zip
    """
_PROSE_WORDS = """
    a am an and are aren as at bad be because but bye can could did didn do does doesn don dont good great
    had has haha have he hello her hey hi his hope how i if im in is isn it its just lol love me my nice no
    oh ok okay omg our please really she should so sorry thank thanks that the their them then there they
    thx to today tomorrow u ur very was wasn we well were what when where who why will with won would yeah
    yes you your
    """
_PROSE = frozenset(_PROSE_WORDS.split())
_ENDING = _HOST_ENDING.union(_FILE_ENDINGS.split()) - _PROSE
_FACE = r"[oO0TtxXuU._^-]_+[oO0TtxXuU._^-]"


def mask(text: str) -> str:
    """Return a text with one character for each thing in it that is not language."""
    if text.startswith(">") or "\n>" in text:
        text = re.sub(_QUOTED, CODE, text)
    if _MAY_BE_LOG.search(text):
        text = re.sub(_LOG_LINE, CODE, text)
    if "`" in text:
        text = re.sub(_INLINE, CODE, text)
    if "<" in text:
        text = re.sub(_TAG, CODE, text)
    if "{" in text:
        text = re.sub(_BRACES, CODE, text)
    if "$ " in text:
        text = re.sub(_PROMPT, CODE, text)
    if any(scheme in text for scheme in _SCHEMES):
        text = re.sub(_ADDRESS, LINK, text)
    return re.sub(_MASKED, _marker, text) if _SUSPECT.search(text) else text


def without_fences(text: str) -> str:
    """Return a text without its fenced blocks of code, and without the characters that are masks."""
    for marker in (LINK, USER, CODE):
        text = text.replace(marker, " ")
    return re.sub(_FENCED, f" {CODE} ", text) if "```" in text or "~~~" in text else text


def _marker(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "link":
            return LINK
        case "user":
            return USER
        case "path":
            host = found.partition("/")[0].rpartition(".")
            if host[0] and host[2].lower() in _HOST_ENDING:
                return LINK
            return CODE if _is_path(found) else found
        case "called" if found == match["dotted"]:
            parts = found.split(".")
            return found if _are_sentences(parts) else LINK if parts[-1].lower() in _HOST_ENDING else CODE
        case _:
            written = found.removeprefix("-").lower() in _PROSE or re.fullmatch(_FACE, found)
            return found if written else CODE


def _is_path(found: str) -> bool:
    """Tell whether words with slashes between them are a path rather than a choice.

    "src/terrible", "fix/that-bug" and "one/bad/place" are; "good/bad", "him/her/them" and "24/7" are not.
    """
    parts = found.lower().strip("/").split("/")
    if not _FOLDER.isdisjoint(parts[:-1]):
        return True
    if not _PROSE.isdisjoint(parts) or not any(part[0].isalpha() for part in parts):
        return False
    return len(parts) > 2 or not found.replace("/", "").isalpha()


def _are_sentences(parts: list[str]) -> bool:
    """Tell whether what stands between full stops are sentences without spaces rather than a name.

    "it.Thanks" and "so.very.good" are; "terrible.jpg", "os.kill" and "my-app.example" are not. Abbreviations
    ("e.g", "p.m") and numbers ("3.5k") have no feeling to be left out.
    """
    first, last = parts[-2], parts[-1]
    if last.lower() in _ENDING:
        return False
    if max(map(len, parts)) < 3:
        return True
    if len(parts) == 2 and (first.isdigit() or (last.istitle() and (first.islower() or len(first) == 1))):
        return True
    return any(part.lower() in _PROSE for part in parts)
