"""Frames of clients: from text to a command, with a precise error for everything else."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from chalicelib.domain import commands
from chalicelib.domain.emoji import check_emoji
from chalicelib.domain.sentiment import Label
from chalicelib.domain.text import check_room, check_text
from chalicelib.errors import BadFrame, BadJson, Invalid, TooLarge, UnknownAction

FRAME_BYTES = 16 * 1024
PAGE_LIMIT = 100
DEFAULT_LIMIT = 50
REF_LENGTH = 64
MOST_DIGITS = 400  # the largest number of double precision has 309
LARGEST_PLACE = 2**53 - 1  # what JavaScript can count to
LABELS = ("negative", "neutral", "positive")

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """A JSON object from a client, with what an answer to it repeats; `too_large` refuses it all the same."""

    fields: Fields
    action: str | None
    ref: str | None
    id: str | None
    too_large: TooLarge | None = None


def parse_object(body: str, *, what: str) -> dict[str, Any]:
    """Return the JSON object in `body`, or raise `TooLarge`, `BadJson` or `BadFrame` about `what`."""
    too_large = _too_large(body, what)
    if too_large is not None:
        raise too_large
    return _read(body, what)


def parse_frame(body: str) -> Frame:
    """Return the frame in `body`; its command may still turn out to be wrong."""
    too_large = _too_large(body, "frame")
    try:
        # Also one that is too large, for what names it: its client shall know which frame is refused.
        fields = _read(body, "frame")
    except (BadJson, BadFrame) as error:
        raise too_large or error from None
    ref, action, identifier = fields.get("ref"), fields.get("action"), fields.get("id")
    usable = isinstance(ref, str) and len(ref) <= REF_LENGTH and not _has_surrogate(ref)
    return Frame(
        fields=fields,
        action=action if isinstance(action, str) and action in _PARSERS else None,
        ref=ref if usable else None,
        id=identifier if isinstance(identifier, str) and _UUID.fullmatch(identifier) else None,
        too_large=too_large,
    )


def parse_command(frame: Frame) -> commands.Command:
    """Return what the frame asks for, or raise `TooLarge`, `UnknownAction` or `Invalid`."""
    if frame.too_large is not None:
        raise frame.too_large
    if frame.action is None:
        given = frame.fields.get("action")
        known = ", ".join(sorted(_PARSERS))
        what = "missing" if given is None else f"{str(given)[:40]!a}"
        raise UnknownAction(f"action is {what}: it must be one of {known}.")
    if frame.fields.get("ref") is not None and frame.ref is None:
        raise Invalid(f"ref must be a string of at most {REF_LENGTH} characters")
    return _PARSERS[frame.action](frame.fields)


def check_bounds(before: int | None, after: int | None) -> None:
    """Refuse a page that is bounded on both sides."""
    if before is not None and after is not None:
        raise Invalid("before and after cannot be given together: choose one")


def _too_large(body: str, what: str) -> TooLarge | None:
    size = len(body.encode("utf-8", "surrogatepass"))
    if size <= FRAME_BYTES:
        return None
    return TooLarge(f"The {what} has {size:,} bytes: it may have at most {FRAME_BYTES:,}.")


def _read(body: str, what: str) -> dict[str, Any]:
    try:
        value = json.loads(body, parse_constant=_refuse_constant, parse_int=_whole)
    except RecursionError as error:
        raise BadJson(f"The {what} has objects or arrays in one another, too many to read.") from error
    except ValueError as error:
        raise BadJson(f"The {what} is not JSON: {str(error)[:120]}.") from error
    if not isinstance(value, dict):
        raise BadFrame(f"The {what} must be a JSON object with an action.")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has {len(digits):,} digits")
    return int(digits)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def _integer(fields: Fields, name: str, *, least: int, most: int = LARGEST_PLACE) -> int | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Invalid(f"{name} is {str(value)[:40]!a}: it must be a whole number from {least} to {most}")
    return value


def _seq(fields: Fields) -> int:
    value = _integer(fields, "seq", least=1)
    if value is None:
        raise Invalid("seq is missing: it must be the number of a message")
    return value


def _boolean(fields: Fields, name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        raise Invalid(f"{name} must be true or false")
    return value


def _identifier(fields: Fields) -> str:
    value = fields.get("id")
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise Invalid("id must be a UUID, such as 3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f")
    return value


def _label(fields: Fields) -> Label | None:
    if "label" not in fields:
        raise Invalid("label is missing: it must be negative, neutral, positive or null")
    value = fields["label"]
    if value is not None and value not in LABELS:
        raise Invalid(f"label is {str(value)[:40]!a}: it must be negative, neutral, positive or null")
    return cast("Label | None", value)


def _history(fields: Fields) -> commands.History:
    room = check_room(fields.get("room"))
    before, after = _integer(fields, "before", least=1), _integer(fields, "after", least=0)
    check_bounds(before, after)
    limit = _integer(fields, "limit", least=1, most=PAGE_LIMIT)
    return commands.History(room, before, after, DEFAULT_LIMIT if limit is None else limit)


_PARSERS: dict[str, Callable[[Fields], commands.Command]] = {
    "join": lambda f: commands.Join(check_room(f.get("room")), _integer(f, "after", least=0)),
    "leave": lambda f: commands.Leave(check_room(f.get("room"))),
    "send": lambda f: commands.Send(check_room(f.get("room")), _identifier(f), check_text(f.get("text"))),
    "history": _history,
    "typing": lambda f: commands.Typing(check_room(f.get("room")), _boolean(f, "active")),
    "edit": lambda f: commands.Edit(check_room(f.get("room")), _seq(f), check_text(f.get("text"))),
    "delete": lambda f: commands.Delete(check_room(f.get("room")), _seq(f)),
    "react": lambda f: commands.React(
        check_room(f.get("room")), _seq(f), check_emoji(f.get("emoji")), _boolean(f, "on")
    ),
    "label": lambda f: commands.SetLabel(check_room(f.get("room")), _seq(f), _label(f)),
    "ping": lambda f: commands.Ping(None if f.get("room") is None else check_room(f["room"])),
}

ACTIONS = frozenset(_PARSERS)
