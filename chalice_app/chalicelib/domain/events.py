"""What clients are told, as plain data; `protocol.events` writes it as frames."""

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.domain.access import About
from chalicelib.domain.messages import Entry, Page, User
from chalicelib.domain.pulse import Direction
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import ChatError


class Joined(NamedTuple):
    """A connection is in a room.

    ``readable_head`` is the newest position before the first empty one, ``viewer`` the id of the user whose
    own reactions and labels the page shows.
    """

    room: str
    readable_head: int
    page: Page
    online: int
    viewer: str


class HistoryPage(NamedTuple):
    """A page of a room's log; ``viewer`` as in `Joined`."""

    room: str
    page: Page
    viewer: str


class Pong(NamedTuple):
    """A ping was heard; ``state`` is that of the room asked about, as the connection's shard sees it."""

    state: RoomState | None


class PongOfRooms(NamedTuple):
    """How far each room was delivered to the connection; None for one that it is not subscribed to."""

    delivered: Mapping[str, int | None]


class NewEntries(NamedTuple):
    """Entries of a room's log, ascending; ``viewer`` as in `Joined`, None if many people see them."""

    room: str
    entries: tuple[Entry, ...]
    viewer: str | None = None


class PresenceChanged(NamedTuple):
    """How many people are in a room now, and who came and went if they are few enough to be named."""

    room: str
    online: int
    joined: tuple[User, ...] = ()
    left: tuple[User, ...] = ()


class TypingChanged(NamedTuple):
    """Somebody started to type, or stopped."""

    room: str
    user: User
    active: bool


class RoomChanged(NamedTuple):
    """What a room is now, told to those in it or to somebody who was added."""

    room: str
    about: About


class ReadMoved(NamedTuple):
    """Somebody has read a room up to a position on another connection of theirs."""

    room: str
    at: int


class RemovedFrom(NamedTuple):
    """Somebody does not belong to a room any more, or it was deleted for everybody."""

    room: str
    deleted: bool = False


class MoodTurned(NamedTuple):
    """A room has left its usual mood beyond chance; ``since`` is in milliseconds since the epoch."""

    room: str
    mean: float
    usual: float
    since: int
    direction: Direction


class Refused(NamedTuple):
    """A frame was refused; ``action`` and ``id`` are those of the frame, as far as they were understood."""

    problem: ChatError
    action: str | None = None
    id: str | None = None


Answer = Joined | HistoryPage | Pong | PongOfRooms
Event = (
    Answer
    | NewEntries
    | PresenceChanged
    | TypingChanged
    | RoomChanged
    | RemovedFrom
    | ReadMoved
    | MoodTurned
    | Refused
)
