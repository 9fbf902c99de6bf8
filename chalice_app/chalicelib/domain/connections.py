"""Who is connected, and to which rooms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.access import Role
from chalicelib.domain.messages import User
from chalicelib.errors import NotJoined

MAX_ROOMS = 20


@dataclass(frozen=True, slots=True)
class Connection:
    """An open WebSocket.

    ``rooms`` maps each joined room to the delivery shard of its subscription; ``joins_paid_until`` is how far
    its allowance of joins is used up, ``paid_until`` the same of all frames, both in milliseconds since the
    epoch; and ``ends`` is when its token expires, in seconds since the epoch. ``session`` is the id of the
    session that opened it, and ``muted`` until when (ms since the epoch) its user may not write in a room.
    """

    id: str
    user: User
    rooms: Mapping[str, int] = field(default_factory=dict)
    joins_paid_until: int = 0
    ends: int | None = None
    paid_until: int = 0
    role: Role = "member"
    session: str = ""
    muted: Mapping[str, int] = field(default_factory=dict)

    def has_ended(self, now: int) -> bool:
        """Return whether its token has expired at a time in milliseconds."""
        return self.ends is not None and self.ends * 1000 <= now

    def shard_of(self, room: str) -> int:
        """Return the delivery shard of a joined room, or raise `NotJoined`."""
        if room not in self.rooms:
            raise NotJoined(f"This connection has not joined {room}: send join first and await joined.")
        return self.rooms[room]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A connection that gets the messages of a room.

    ``member`` says that its user certainly belonged to the room at some moment since it was written. Whoever
    loses that loses the subscription, too. ``role`` is what they were in the deployment when they connected.
    """

    connection_id: str
    user: User
    member: bool = False
    role: Role = "member"
