"""What texts, names and rooms may be."""

import re
import unicodedata

from chalicelib.domain.visibility import hidden_in, is_blank, marks_in_a_row, nfc, shows_nothing
from chalicelib.errors import Invalid

MAX_TEXT_LENGTH = 4_000
MAX_NAME_LENGTH = 32
MAX_MARKS = 4
"""How many marks a letter of a name may carry: enough for every script, and they stay within the line."""

# NFC makes at most four characters one, so what is longer than this is too long without being normalised.
_COMPOSED = 4

_ROOM = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    if _SURROGATE.search(value):
        raise Invalid("text has a lone surrogate: it must be valid Unicode")
    if "\0" in value:
        raise Invalid("text has a NUL character, which cannot be sent")
    text = value if len(value) > _COMPOSED * MAX_TEXT_LENGTH else nfc(value)
    if not 1 <= len(text) <= MAX_TEXT_LENGTH:
        raise Invalid(f"text has {len(text)} code points: it must have 1 to {MAX_TEXT_LENGTH:,}")
    if is_blank(text):
        raise Invalid("text is empty: it has only spaces and invisible characters")
    return text


def check_name(value: object) -> str:
    """Return a person's name, trimmed and in NFC, or raise `Invalid`."""
    if not isinstance(value, str):
        raise Invalid(f"name is {_show(value)}: it must be a string")
    name = value.strip()
    if len(name) <= _COMPOSED * MAX_NAME_LENGTH:
        name = unicodedata.normalize("NFC", name)
    if not 1 <= len(name) <= MAX_NAME_LENGTH:
        raise Invalid(f"name has {len(name)} characters: it must have 1 to {MAX_NAME_LENGTH}")
    hidden = hidden_in(name)
    if hidden is not None:
        raise Invalid(f"name has the invisible character U+{ord(hidden):04X}: use visible ones only")
    marks = marks_in_a_row(name)
    if marks > MAX_MARKS:
        raise Invalid(f"name has {marks} marks on one letter: it may have at most {MAX_MARKS}")
    if not any(unicodedata.category(character)[0] in "LNPS" for character in name):
        raise Invalid("name has no visible character")
    return name


def name_key(name: str) -> str:
    """Return what makes a name the same as another: NFKC, without case and without what nobody sees."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return visible(folded)


def visible(name: str) -> str:
    """Return a name without what nobody sees, and with one space where there is any distance."""
    return " ".join("".join(c for c in name if c.isspace() or not shows_nothing(c)).split())


def _show(value: object) -> str:
    """Quote a client's value, shortened, so that an error can repeat it."""
    if value is None:
        return "missing"
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."
