"""What texts, names and rooms may be."""

import re
import unicodedata

from chalicelib.errors import Invalid

MAX_TEXT_LENGTH = 4_000
MAX_NAME_LENGTH = 32

_ROOM = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_JOINERS = frozenset("\u200c\u200d")
_VARIATION_SELECTORS = frozenset(chr(c) for c in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
# Letters, marks and symbols by category that nobody sees: Hangul and Khitan fillers, the empty braille
# pattern, the combining grapheme joiner, Khmer vowels, Mongolian variation selectors and the null notehead.
_BLANKS = frozenset(
    "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f\U00016fe4\U0001d159"
)


def check_room(value: object) -> str:
    """Return the room's name, or raise `Invalid`."""
    if not isinstance(value, str) or not _ROOM.fullmatch(value):
        raise Invalid(
            f"room is {_show(value)}: it must be 1 to 64 of a-z, 0-9 and '-', and not begin with '-'"
        )
    return value


def check_text(value: object) -> str:
    """Return the text of a message in NFC, or raise `Invalid`. Nothing is trimmed."""
    if not isinstance(value, str):
        raise Invalid(f"text is {_show(value)}: it must be a string")
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise Invalid("text has a lone surrogate: it must be valid Unicode")
    if "\0" in value:
        raise Invalid("text has a NUL character, which cannot be sent")
    text = unicodedata.normalize("NFC", value)
    if not 1 <= len(text) <= MAX_TEXT_LENGTH:
        raise Invalid(f"text has {len(text)} code points: it must have 1 to {MAX_TEXT_LENGTH:,}")
    return text


def check_name(value: object) -> str:
    """Return a person's name, trimmed and in NFC, or raise `Invalid`."""
    if not isinstance(value, str):
        raise Invalid(f"name is {_show(value)}: it must be a string")
    name = unicodedata.normalize("NFC", value.strip())
    if not 1 <= len(name) <= MAX_NAME_LENGTH:
        raise Invalid(f"name has {len(name)} characters: it must have 1 to {MAX_NAME_LENGTH}")
    for character in name:
        if not _is_allowed(character):
            raise Invalid(f"name has the invisible character U+{ord(character):04X}: use visible ones only")
    if not any(_is_visible(character) for character in name):
        raise Invalid("name has no visible character")
    return name


def name_key(name: str) -> str:
    """Return what makes a name the same as another: NFKC, without case and without what nobody sees."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    seen = (c for c in folded if unicodedata.category(c) != "Cf" and c not in _VARIATION_SELECTORS)
    return " ".join("".join(seen).split())


def _is_allowed(character: str) -> bool:
    if character in _BLANKS:
        return False
    return (
        unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") or character in _JOINERS
    )


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS"


def _show(value: object) -> str:
    """Quote a client's value, shortened, so that an error can repeat it."""
    if value is None:
        return "missing"
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."
