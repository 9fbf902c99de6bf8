"""What the use cases need from the world."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.messages import Entry, Message, Page, SearchBlock
from chalicelib.domain.news import Kind
from chalicelib.domain.rooms import ListedRoom, RoomState
from chalicelib.domain.sentiment import Sentiment


class Clock(Protocol):
    """Time: `now` in milliseconds since the epoch, `monotonic` in seconds from anywhere."""

    def now(self) -> int: ...
    def monotonic(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


class Connections(Protocol):
    """Connections and their subscriptions."""

    def add(self, connection: Connection, network: str = "") -> bool:
        """Remember an open connection, and the mark of its `network`; False if its session has been ended."""

    def get(self, connection_id: str) -> Connection | None:
        """Return a connection, read consistently; None if it is unknown."""

    def spend(self, connection_id: str) -> Connection | None:
        """Take one frame from the connection's allowance and return it; None if it is unknown.

        Raises
        ------
        RateLimited
            The allowance is used up.
        """

    def refused(self, connection_id: str) -> bool:
        """Count a frame that came too fast; return whether too many of the connection did lately."""

    def remove(self, connection_id: str) -> Connection | None:
        """Forget a connection with all its subscriptions; return what it was."""

    def subscribe(
        self, connection: Connection, room: str, shard: int, *, members_only: bool = False
    ) -> int | None:
        """Subscribe the connection; return the shard it is in, or None if it is gone meanwhile.

        It is in another shard than the wanted one if a join at the same time was faster.

        ``members_only`` says that nothing may be written unless its user belongs to the room at that moment,
        and that the subscription is a `member`'s then.

        Raises
        ------
        Conflict
            The connection is in too many rooms.
        WriteConflict
            Its user does not belong to the room any more.
        """

    def mute(self, connection_id: str, room: str, until: int) -> None:
        """Keep with a connection until when (ms since the epoch) it may not write in a room it is in."""

    def may_type(self, connection_id: str, room: str, active: bool) -> bool:
        """Return whether others should hear that somebody types, or has stopped.

        That somebody has stopped is always news. That they type is not, soon after others last heard it.
        """

    def unsubscribe(self, connection: Connection, room: str) -> None:
        """Undo a subscription; nothing happens if there is none."""

    def last_frames(self, connection_ids: Sequence[str]) -> dict[str, int]:
        """Return when those that are known have last paid for a frame (ms), as it was a moment ago."""

    def subscribers(self, room: str, shard: int, limit: int | None = None) -> list[Subscription]:
        """Return everyone subscribed to the shard, or `limit` of them, read consistently.

        Those whose tokens have expired are left out.
        """


class RoomLog(Protocol):
    """The entries of the numbered log of each room."""

    def append(self, message: Message) -> Message | None:
        """Put a new message in its position together with the claim on its id.

        Returns
        -------
        Message or None
            None if it is stored now; the message stored before if this one is a retry.

        Raises
        ------
        PositionTaken
            A reader has filled the position with a void meanwhile.
        FilesTaken
            A file of the message was sent in another one, or there is no such file.
        """

    def change(
        self, message: Message, was_at: int, previous: int | None = None, *, rewords: bool = True
    ) -> None:
        """Put a newer state of a message in the position `message.at`.

        ``previous`` is `RoomState.previous` of that position: readers skip to it. If it `rewords`, the search
        block that may have the text of before loses its texts in the same write.

        Raises
        ------
        PositionTaken
            As for `append`.
        MessageChanged
            The message is no longer in the state of `was_at`.
        """

    def void(self, room: str, at: int, previous: int | None = None) -> bool:
        """Fill an empty position with a void; False if it is not empty. `previous` is as for a change."""

    def message(self, room: str, seq: int) -> Message | None:
        """Return a message in its newest state."""

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        """Return what is stored after a position, ascending and read consistently; some may be missing."""

    def parts_before(self, position: int, count: int) -> list[tuple[int, int]]:
        """Return the bounds of the parts of a log that lie before a position, the newest first.

        Each part is read at once; `count` are returned at most. A part is from its first position up to, and
        not including, its second.
        """

    def messages(self, room: str, first: int, end: int, *, consistent: bool = False) -> list[Message]:
        """Return the messages of a part, ascending, each in its newest state.

        They may be some moments old unless they are read consistently.
        """

    def search_blocks(self, room: str, first: int, end: int) -> list[SearchBlock]:
        """Return what is kept of the parts that begin from `first` on before `end`, some moments old."""

    def keep_search_block(self, room: str, block: SearchBlock) -> None:
        """Keep what a search has made of a part, unless a message's text has changed since.

        The part is whole, and was read consistently after its block of before, whose `changed` this has. One
        that is too large, or was overtaken by a change, is not kept.
        """

    def newest_of(self, room: str, seqs: Sequence[int]) -> list[Message]:
        """Return those of these messages that exist, each in its newest state; may be some moments old."""

    def newest(self, room: str, before: int, limit: int) -> Page:
        """Return the newest messages before a position, ascending, each in its newest state."""


class Rooms(Protocol):
    """The state of each room: counter, delivery cursors, and leases until a time (ms since the epoch)."""

    def next_position(self, room: str) -> RoomState:
        """Hand out the next position of the log to a new message: `head` of the state returned.

        Raises
        ------
        Archived
            Nobody writes there any more.
        """

    def next_position_of_change(self, room: str) -> RoomState:
        """Hand out the next position to a change of a message; raises as for a new one."""

    def not_a_message(self, state: RoomState) -> None:
        """Take back that the position that `state` handed out is a message's: it is a void now."""

    def state(self, room: str, shard: int = 0) -> RoomState:
        """Return the state of the room, read consistently."""

    def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        """Take the lease of a shard if it is free or expired and something is undelivered."""

    def renew(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        """Lengthen a lease; None if it is lost."""

    def advance(self, room: str, shard: int, token: str, delivered: int, until: int) -> RoomState | None:
        """Record what was delivered and lengthen the lease; None if it is lost."""

    def release(self, room: str, shard: int, token: str, delivered: int) -> RoomState | None:
        """Record what was delivered and give the lease back, on the condition that nothing newer is stored.

        Returns
        -------
        RoomState or None
            None if the lease was given back or is lost; the state if something newer is stored.
        """

    def give_up(self, room: str, shard: int, token: str) -> None:
        """Give the lease back although something is undelivered."""

    def add_shard(self, room: str, shards: int) -> None:
        """Add a shard, with the cursor of the first one, if the room still has `shards` shards."""

    def counted(self, state: RoomState, online: int) -> None:
        """Keep for the list of rooms how many different people are in a room now."""

    def endpoint(self, room: str, *, hidden: bool) -> str:
        """Return where the people of a room were last reached, if anybody has been there."""

    def listed_hidden(self, rooms: Sequence[str]) -> list[ListedRoom]:
        """Return what the list keeps of those rooms that not everybody may join."""

    def listed(self) -> list[ListedRoom]:
        """Return what the list keeps of every room, by name; it may be some moments old."""

    def states(self, rooms: Sequence[str]) -> list[RoomState]:
        """Return the states of those rooms that have messages, by name; they may be some moments old."""


class Classifier(Protocol):
    """Tells the sentiment of a text. Never raises."""

    def classify(self, text: str) -> Sentiment | None:
        """Return the sentiment, or None while no model can be loaded."""

    def describe(self) -> Mapping[str, object]:
        """Return what is known of the live model; empty while there is none."""

    def report(self) -> bytes | None:
        """Return the report of the live model as HTML, if it has one."""

    def refresh(self) -> None:
        """Take a newer model if there is one. Call it after a message was delivered, not before."""


class Invoker(Protocol):
    """Starts the delivery function, or those that push, call bots or purge, without waiting for them."""

    def deliver(self, room: str, shard: int, endpoint: str = "") -> None:
        """Let it deliver what is undelivered in a shard; a failure is counted and not raised.

        ``endpoint`` is where the room's people are reached, if the caller is not reached there itself.
        """

    def repeat(self, room: str, shard: int, after: int, connection_ids: Sequence[str]) -> None:
        """Let it post what follows a position to connections of a shard again; failures as above."""

    def announce(self, room: str, endpoint: str = "") -> None:
        """Let it announce who came and went, with the turn that was claimed; as above."""

    def tell(self, kind: Kind, room: str, connection_ids: Sequence[str], endpoint: str = "") -> None:
        """Let it tell news to connections; failures and ``endpoint`` as above."""

    def push(self, room: str, seq: int, *, watched: bool) -> None:
        """Let a message be pushed to whom it concerns, and who hears all of a `watched` room; as above."""

    def call(self, bot_id: str, room: str, seq: int) -> None:
        """Let a bot be called with a message that concerns it; failures as above."""

    def purge(self, purge_id: str) -> None:
        """Let go on what was begun to be taken away for good; raise `Unavailable` if it cannot be."""


class Storage(Protocol):
    """Storage that can be asked whether it is there."""

    def check(self) -> None:
        """Return if the storage answers; raise `Unavailable` if it does not."""


class Closer(Protocol):
    """Closes connections."""

    def close(self, connection_id: str) -> None:
        """Close a connection; one that is gone already is as good."""
