"""What a client can ask for: each action of the protocol as plain data."""

from dataclasses import dataclass

from chalicelib.domain.sentiment import Label


@dataclass(frozen=True, slots=True)
class Join:
    room: str
    after: int | None


@dataclass(frozen=True, slots=True)
class Leave:
    room: str


@dataclass(frozen=True, slots=True)
class Send:
    room: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class History:
    room: str
    before: int | None
    after: int | None
    limit: int


@dataclass(frozen=True, slots=True)
class Typing:
    room: str
    active: bool


@dataclass(frozen=True, slots=True)
class Edit:
    room: str
    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Delete:
    room: str
    seq: int


@dataclass(frozen=True, slots=True)
class React:
    room: str
    seq: int
    emoji: str
    on: bool


@dataclass(frozen=True, slots=True)
class SetLabel:
    room: str
    seq: int
    label: Label | None


@dataclass(frozen=True, slots=True)
class Ping:
    room: str | None


Change = Edit | Delete | React | SetLabel
Command = Join | Leave | Send | History | Typing | Change | Ping
