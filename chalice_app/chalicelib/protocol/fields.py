"""Fields of a frame that are not checked by a rule of the domain."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, cast

from chalicelib.domain.sentiment import Label
from chalicelib.domain.text import check_room
from chalicelib.domain.visibility import hidden_in
from chalicelib.errors import Invalid
from chalicelib.protocol.limits import (
    DEFAULT_PAGE_SIZE,
    MAX_FILES,
    MAX_ID_LENGTH,
    MAX_MENTIONS,
    MAX_PAGE_SIZE,
    MAX_POSITION,
    MAX_REASON_LENGTH,
)

LABELS = ("negative", "neutral", "positive")

MAX_SECRET_LENGTH = 200

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Fields = Mapping[str, Any]


def integer(fields: Fields, name: str, *, least: int, most: int = MAX_POSITION) -> int | None:
    """Return a whole number, or None if the field is missing."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Invalid(f"{name} is {str(value)[:40]!a}: it must be a whole number from {least} to {most}")
    return value


def positions(fields: Fields, name: str, *, most: int) -> dict[str, int]:
    """Return rooms with a position in the log of each, 0 for none."""
    value = fields.get(name)
    if not isinstance(value, dict):
        raise Invalid(f'{name} must be an object of rooms and positions, such as {{"general": 42}}')
    if len(value) > most:
        raise Invalid(f"{name} has {len(value)} rooms: it may have at most {most}")
    for room in value:
        check_room(room)
        if integer(value, room, least=0) is None:
            raise Invalid(f"{room} in {name} is null: it must be a position, or 0 for none")
    return value


def seq(fields: Fields) -> int:
    """Return the position where a message first appeared."""
    value = integer(fields, "seq", least=1)
    if value is None:
        raise Invalid("seq is missing: it must be the number of a message")
    return value


def position(fields: Fields) -> int:
    """Return a position in a room's log; 0 is before all of it."""
    value = integer(fields, "at", least=0)
    if value is None:
        raise Invalid("at is missing: it must be a position in the room's log")
    return value


def boolean(fields: Fields, name: str) -> bool:
    """Return a flag, which must be given."""
    value = fields.get(name)
    if not isinstance(value, bool):
        raise Invalid(f"{name} must be true or false")
    return value


def is_identifier(value: object) -> bool:
    """Return whether a value is a UUID in its usual form."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def identifier(fields: Fields) -> str:
    """Return the id that a client gives a message."""
    value = fields.get("id")
    if not isinstance(value, str) or not is_identifier(value):
        raise Invalid("id must be a UUID, such as 3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f")
    return value


def label(fields: Fields) -> Label | None:
    """Return a reader's view of a sentiment; None withdraws it."""
    if "label" not in fields:
        raise Invalid("label is missing: it must be negative, neutral, positive or null")
    value = fields["label"]
    if value is not None and value not in LABELS:
        raise Invalid(f"label is {str(value)[:40]!a}: it must be negative, neutral, positive or null")
    return cast("Label | None", value)


def reply_to(fields: Fields) -> int | None:
    """Return the position of the message that is replied to."""
    return integer(fields, "replyTo", least=1)


def mentions(fields: Fields) -> tuple[str, ...]:
    """Return the ids of the people whom a message concerns, each once."""
    return _ids(fields, "mentions", MAX_MENTIONS, "people")


def files(fields: Fields) -> tuple[str, ...]:
    """Return the ids of the files of a message, each once."""
    return _ids(fields, "files", MAX_FILES, "files")


def _ids(fields: Fields, name: str, most: int, whose: str) -> tuple[str, ...]:
    value = fields.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > most or not all(map(_is_id, value)):
        raise Invalid(f"{name} must be a list of at most {most} ids of {whose}")
    return tuple(dict.fromkeys(value))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= MAX_ID_LENGTH


def reason(fields: Fields) -> str:
    """Return why somebody does something to others or reports it."""
    return text(fields, "reason", least=1, most=MAX_REASON_LENGTH)


def secret(fields: Fields, name: str) -> str:
    """Return a secret that somebody was given; whatever is no text is none."""
    value = fields.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_SECRET_LENGTH:
        raise Invalid(f"{name} must be a text of 1 to {MAX_SECRET_LENGTH} characters, as you were given it")
    return value


def choice(fields: Fields, name: str, allowed: Sequence[str]) -> str | None:
    """Return one of the allowed values, or None if the field is missing."""
    value = fields.get(name)
    if value is not None and value not in allowed:
        raise Invalid(f"{name} is {str(value)[:40]!a}: it must be {' or '.join(allowed)}")
    return value


def text(fields: Fields, name: str, *, least: int, most: int) -> str:
    """Return a short text in NFC, trimmed; it may have neither controls nor invisible characters."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise Invalid(f"{name} must be a text of {least} to {most} characters")
    shown = unicodedata.normalize("NFC", value[: 8 * most]).strip()
    hidden = hidden_in(shown)
    if hidden is not None:
        raise Invalid(f"{name} has the invisible character U+{ord(hidden):04X}: use visible ones only")
    if not least <= len(shown) <= most:
        raise Invalid(f"{name} has {len(shown)} characters: it must have {least} to {most}")
    return shown


def check_bounds(before: int | None, after: int | None) -> None:
    """Refuse a page that is bounded on both sides."""
    if before is not None and after is not None:
        raise Invalid("before and after cannot be given together: choose one")


def page_size(fields: Fields) -> int:
    """Return how many entries a page may have."""
    value = integer(fields, "limit", least=1, most=MAX_PAGE_SIZE)
    return DEFAULT_PAGE_SIZE if value is None else value
