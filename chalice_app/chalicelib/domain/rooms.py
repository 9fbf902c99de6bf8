"""The state of a room: how far its log goes, and how far it was delivered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomState:
    """`last` is the newest place handed out, `delivered` the newest that the shard's clients were sent.

    ``lease`` is the token of the shard's broadcaster, if there is one, and ``lease_until`` its end in
    milliseconds since the epoch.
    """

    room: str
    last: int
    delivered: int
    lease: str | None = None
    lease_until: int = 0


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """A line of the room list."""

    room: str
    last_seq: int
    online: int
