"""What a client can ask for: each action of the protocol as plain data.

Named tuples and no dataclasses: every new function makes these classes before it can answer, in a quarter of
the time.
"""

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.domain.sentiment import Label


class Join(NamedTuple):
    room: str
    after: int | None


class Leave(NamedTuple):
    room: str


class Send(NamedTuple):
    room: str
    id: str
    text: str
    reply_to: int | None = None
    mentions: tuple[str, ...] = ()
    mood: bool = True
    files: tuple[str, ...] = ()


class MarkRead(NamedTuple):
    room: str
    at: int


class History(NamedTuple):
    room: str
    before: int | None
    after: int | None
    limit: int


class Typing(NamedTuple):
    room: str
    active: bool


class Edit(NamedTuple):
    room: str
    seq: int
    text: str
    mood: bool = True


class Delete(NamedTuple):
    room: str
    seq: int


class React(NamedTuple):
    room: str
    seq: int
    emoji: str
    on: bool


class SetLabel(NamedTuple):
    room: str
    seq: int
    label: Label | None


class ReportMessage(NamedTuple):
    room: str
    seq: int
    reason: str


class Ping(NamedTuple):
    """``rooms`` are several joined rooms with the last position that the client has of each."""

    room: str | None
    rooms: Mapping[str, int] | None = None


Change = Edit | Delete | React | SetLabel
Command = Join | Leave | Send | MarkRead | History | Typing | Change | ReportMessage | Ping
