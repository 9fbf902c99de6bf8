"""What the use cases need from the world."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.messages import Entry, Message, Page, User
from chalicelib.domain.presence import Move, Presence
from chalicelib.domain.rooms import RoomState
from chalicelib.domain.sentiment import Sentiment


class Clock(Protocol):
    """Time: `now` in milliseconds since the epoch, `monotonic` in seconds from anywhere."""

    def now(self) -> int: ...
    def monotonic(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


class Count(Protocol):
    """Counts what an operator wants to know, by name."""

    def __call__(self, name: str, value: int = 1, **dimensions: str) -> None: ...


class Connections(Protocol):
    """Connections and their subscriptions."""

    def add(self, connection: Connection) -> None:
        """Remember an open connection."""

    def spend(self, connection_id: str) -> Connection | None:
        """Take one frame from the connection's allowance and return it; None if it is unknown.

        Raises `RateLimited` where the allowance is used up.
        """

    def remove(self, connection_id: str) -> Connection | None:
        """Forget a connection with all its subscriptions; return what it was."""

    def subscribe(self, connection: Connection, room: str, shard: int) -> bool:
        """Subscribe the connection; False if it is gone meanwhile, then nothing is left of it.

        Raises `Invalid` where the connection is in too many rooms.
        """

    def may_type(self, connection_id: str, room: str, active: bool) -> bool:
        """Return whether others should hear that somebody types, not long after they last did."""

    def unsubscribe(self, connection: Connection, room: str) -> None:
        """Undo a subscription; nothing happens where there is none."""

    def subscribers(self, room: str, shard: int) -> list[Subscription]:
        """Return everyone subscribed to the shard, read consistently."""


class Presences(Protocol):
    """Who came and went in each room since the others were told."""

    def get(self, room: str) -> Presence:
        """Return what is kept of a room's presence."""

    def glance(self, room: str) -> Presence:
        """Return what was kept of a room's presence a moment ago, at half the price."""

    def note(self, room: str, move: Move) -> None:
        """Note that somebody came or went."""

    def begin(self, room: str, until: int) -> Presence | None:
        """Take the turn to announce, with all moves noted so far; None where somebody else has it.

        ``until`` is when others may take the turn over, in milliseconds since the epoch.
        """

    def finish(self, room: str, online: int) -> Presence:
        """End the turn; return what is kept then, which has the moves noted meanwhile."""


class RoomLog(Protocol):
    """The entries of the numbered log of each room."""

    def append(self, message: Message) -> Message | None:
        """Put a new message in its place together with the claim on its id.

        Returns None where it is stored now, and the message stored before where this one is a retry.
        Raises `PlaceTaken` where a reader has filled the place with a void meanwhile.
        """

    def change(self, message: Message, was_at: int) -> None:
        """Put a newer state of a message in the place `message.at`.

        Raises `PlaceTaken` as `append` does, and `Superseded` where the message is no longer in the
        state of `was_at`.
        """

    def void(self, room: str, at: int) -> bool:
        """Fill an empty place with a void; False where it is not empty."""

    def message(self, room: str, seq: int) -> Message | None:
        """Return a message in its newest state."""

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        """Return what is stored after a place, ascending and read consistently; places may be missing."""

    def newest(self, room: str, before: int, limit: int) -> Page:
        """Return the newest messages before a place, ascending, each in its newest state."""


class Rooms(Protocol):
    """The state of each room: counter, delivery cursors and leases."""

    def next_place(self, room: str) -> RoomState:
        """Hand out the next place of the log: `last` of the state returned."""

    def state(self, room: str, shard: int = 0) -> RoomState:
        """Return the state of the room, read consistently."""

    def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        """Take the lease of a shard where it is free or expired and something is undelivered."""

    def renew(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        """Lengthen a lease; None where it is lost."""

    def advance(self, room: str, shard: int, token: str, delivered: int, until: int) -> RoomState | None:
        """Record what was delivered and lengthen the lease; None where it is lost."""

    def release(self, room: str, shard: int, token: str, delivered: int) -> RoomState | None:
        """Record what was delivered and give the lease back, on the condition that nothing newer is stored.

        Returns None where it was given back or is lost, and the state where something newer is stored.
        """

    def give_up(self, room: str, shard: int, token: str) -> None:
        """Give the lease back although something is undelivered."""

    def add_shard(self, room: str, shards: int) -> None:
        """Add a shard where there are still so many, with the cursor of the first one."""

    def rooms(self) -> list[RoomState]:
        """Return the state of every room."""


class Names(Protocol):
    """Who holds which name."""

    def hold(self, key: str, user: User, until: int) -> bool:
        """Hold a name until a time (seconds since the epoch); False where somebody else does."""


class Secrets(Protocol):
    """The secret that signs tokens."""

    def token_secret(self) -> str:
        """Return the deployment's secret, made on first use."""


class Attempts(Protocol):
    """Counts attempts at the access code, by source and window of time."""

    def begin(self, source: str, window: int, most: int, expires: int) -> bool:
        """Count an attempt; False, and nothing is counted, where `most` are counted already.

        The count is forgotten at ``expires`` (seconds since the epoch).
        """

    def succeeded(self, source: str, window: int) -> None:
        """Take back an attempt that was right."""


class PostReport(Protocol):
    """What became of a batch of frames."""

    @property
    def delivered(self) -> int: ...
    @property
    def gone(self) -> frozenset[str]: ...
    @property
    def unreached(self) -> frozenset[str]: ...


class Poster(Protocol):
    """Sends every frame to every connection, those of one connection in order, until the deadline."""

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
    ) -> PostReport: ...


class Moods(Protocol):
    """Tells the sentiment of a text; never raises, and None where it cannot."""

    def classify(self, text: str) -> Sentiment | None: ...
    def describe(self) -> Mapping[str, object]: ...
    def report(self) -> bytes | None: ...
    def refresh(self) -> None: ...


class Invoker(Protocol):
    """Starts the delivery function, which goes on without the caller."""

    def deliver(self, room: str, shard: int) -> None: ...


class Storage(Protocol):
    """Storage that can be asked whether it is there."""

    def check(self) -> None:
        """Return where the storage answers; raise `Unavailable` where it does not."""


class Closer(Protocol):
    """Closes connections."""

    def close(self, connection_id: str) -> None: ...


class PlaceTaken(Exception):
    """The place in the log is not empty any more."""


class Superseded(Exception):
    """The message has a newer state than the one the change was made from."""
