"""Actions of clients: from the fields of a frame to a command, with a precise error for everything else."""

from collections.abc import Callable

from chalicelib.domain import commands
from chalicelib.domain.connections import MAX_ROOMS
from chalicelib.domain.emoji import check_emoji
from chalicelib.domain.text import check_room, check_text
from chalicelib.errors import Invalid, UnknownAction
from chalicelib.protocol.fields import (
    Fields,
    boolean,
    check_bounds,
    files,
    identifier,
    integer,
    label,
    mentions,
    page_size,
    position,
    positions,
    reason,
    reply_to,
    seq,
)
from chalicelib.protocol.frames import Frame
from chalicelib.protocol.limits import MAX_REF_LENGTH


def parse_command(frame: Frame) -> commands.Command:
    """Return what the frame asks for.

    Raises
    ------
    TooLarge, UnknownAction, Invalid
    """
    if frame.too_large is not None:
        raise frame.too_large
    if frame.action not in _PARSERS:
        given = frame.fields.get("action")
        known = ", ".join(sorted(_PARSERS))
        what = "missing" if given is None else f"{str(given)[:40]!a}"
        raise UnknownAction(f"action is {what}: it must be one of {known}.")
    if frame.fields.get("ref") is not None and frame.ref is None:
        raise Invalid(f"ref must be a string of at most {MAX_REF_LENGTH} characters")
    return _PARSERS[frame.action](frame.fields)


def known_action(frame: Frame) -> str | None:
    """Return the frame's action if there is such a one."""
    return frame.action if frame.action in _PARSERS else None


def _room(fields: Fields) -> str:
    return check_room(fields.get("room"))


def _text(fields: Fields) -> str:
    return check_text(fields.get("text"))


def _mood(fields: Fields) -> bool:
    """Return whether the mood of the text may be read."""
    return fields.get("mood") is None or boolean(fields, "mood")


def _send(fields: Fields) -> commands.Send:
    room, made, attached = _room(fields), identifier(fields), files(fields)
    # Only a file can speak for itself.
    text = "" if attached and fields.get("text") == "" else _text(fields)
    return commands.Send(room, made, text, reply_to(fields), mentions(fields), _mood(fields), attached)


def _history(fields: Fields) -> commands.History:
    room = _room(fields)
    before, after = integer(fields, "before", least=1), integer(fields, "after", least=0)
    check_bounds(before, after)
    return commands.History(room, before, after, page_size(fields))


def _ping(fields: Fields) -> commands.Ping:
    if fields.get("rooms") is None:
        return commands.Ping(None if fields.get("room") is None else _room(fields))
    if fields.get("room") is not None:
        raise Invalid("room and rooms cannot be given together: name a single room in rooms too")
    return commands.Ping(None, positions(fields, "rooms", most=MAX_ROOMS))


_PARSERS: dict[str, Callable[[Fields], commands.Command]] = {
    "join": lambda f: commands.Join(_room(f), integer(f, "after", least=0)),
    "leave": lambda f: commands.Leave(_room(f)),
    "send": _send,
    "read": lambda f: commands.MarkRead(_room(f), position(f)),
    "history": _history,
    "typing": lambda f: commands.Typing(_room(f), boolean(f, "active")),
    "edit": lambda f: commands.Edit(_room(f), seq(f), _text(f), _mood(f)),
    "delete": lambda f: commands.Delete(_room(f), seq(f)),
    "react": lambda f: commands.React(_room(f), seq(f), check_emoji(f.get("emoji")), boolean(f, "on")),
    "label": lambda f: commands.SetLabel(_room(f), seq(f), label(f)),
    "report": lambda f: commands.ReportMessage(_room(f), seq(f), reason(f)),
    "ping": _ping,
}

ACTIONS = frozenset(_PARSERS)
