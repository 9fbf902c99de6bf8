"""The state of a room: how far its log goes, and how far it was delivered."""

from dataclasses import dataclass

from chalicelib.domain.access import About, RoomRole


@dataclass(frozen=True, slots=True)
class RoomState:
    """The state as one delivery shard sees it.

    ``head`` is the newest position handed out, ``delivered`` the newest that the shard's clients were
    sent. ``lease`` is the token of the shard's broadcaster, if there is one, and ``lease_ends`` holds the
    end of each shard's lease in milliseconds since the epoch, 0 if nobody has it; its length is the
    number of shards. ``previous`` is known of a position that was just handed out: the newest position
    before it that was handed out for a message, 0 if there is none, None if that is unknown. ``hidden``
    rooms are not for everybody, and in ``moodless`` ones nobody's mood is read; ``messages`` is how many
    positions were handed out for messages, and ``rules`` counts how often it was changed what the room is
    or who belongs to it. ``deleted_at`` is when it was deleted (ms since the epoch), 0 if it was not.
    """

    room: str
    head: int
    delivered: int
    lease: str | None = None
    lease_ends: tuple[int, ...] = (0,)
    previous: int | None = None
    hidden: bool = False
    rules: int = 0
    messages: int = 0
    moodless: bool = False
    deleted_at: int = 0

    @property
    def behind(self) -> bool:
        """Return whether something is undelivered."""
        return self.delivered < self.head

    def is_idle(self, shard: int, now: int) -> bool:
        """Return whether nobody delivers a shard: its lease is free or expired."""
        return shard < len(self.lease_ends) and self.lease_ends[shard] < now

    def idle_shards(self, now: int) -> list[int]:
        """Return the further shards that nobody delivers."""
        return [shard for shard in range(1, len(self.lease_ends)) if self.is_idle(shard, now)]


@dataclass(frozen=True, slots=True)
class ListedRoom:
    """What the list of rooms keeps of each.

    ``online`` is how many different people were there at ``counted``, in milliseconds since the epoch, 0 if
    nobody has counted yet; ``used`` is when the room was last known to be used, and ``endpoint`` where its
    people are reached.
    """

    room: str
    online: int
    counted: int
    used: int
    endpoint: str = ""
    title: str = ""
    topic: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """A line of the room list, as whoever asks for it sees the room; ``role`` is theirs there."""

    room: str
    delivered: int
    online: int
    about: About
    role: RoomRole | None = None
    read_at: int = 0
    unread: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class RoomList:
    """A page of the list of rooms, by name; `more` says whether others follow."""

    rooms: tuple[RoomSummary, ...]
    more: bool
