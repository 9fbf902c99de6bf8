"""Both tables in memory, behind the ports of the application: for tests and benches of what is above."""

from dataclasses import dataclass, replace

from chalicelib.domain.allowance import TYPING_CHANGE_MS, TYPING_REPEAT_MS, Allowance
from chalicelib.domain.connections import ROOMS_PER_CONNECTION, Connection, Subscription
from chalicelib.domain.messages import Entry, Message, Page, User, Void
from chalicelib.domain.presence import NAMED_PEOPLE, Move, Presence
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Conflict
from chalicelib.service.ports import Clock, PlaceTaken, Superseded


class MemoryConnections:
    """The port `Connections`."""

    def __init__(self, clock: Clock, allowance: Allowance) -> None:
        self._clock = clock
        self._allowance = allowance
        self.connections: dict[str, Connection] = {}
        self._typing: dict[str, tuple[tuple[str, bool], int]] = {}
        self._paid_until: dict[str, int] = {}
        self._subscriptions: dict[tuple[str, int], dict[str, Subscription]] = {}

    def add(self, connection: Connection) -> None:
        self.connections[connection.id] = connection

    def spend(self, connection_id: str) -> Connection | None:
        connection = self.connections.get(connection_id)
        if connection is None:
            return None
        now = self._clock.now()
        paid = self._paid_until.get(connection_id, 0)
        self._allowance.check(paid, now)
        self._paid_until[connection_id] = max(paid, now) + self._allowance.step_ms
        return connection

    def remove(self, connection_id: str) -> Connection | None:
        connection = self.connections.pop(connection_id, None)
        for room, shard in (connection.rooms if connection else {}).items():
            self._subscriptions.get((room, shard), {}).pop(connection_id, None)
        return connection

    def subscribe(self, connection: Connection, room: str, shard: int) -> bool:
        self._subscribers(room, shard)[connection.id] = Subscription(connection.id, connection.user)
        known = self.connections.get(connection.id)
        if known is None or (room not in known.rooms and len(known.rooms) >= ROOMS_PER_CONNECTION):
            del self._subscribers(room, shard)[connection.id]
            if known is None:
                return False
            raise Conflict(f"This connection is in {ROOMS_PER_CONNECTION} rooms already: leave one first.")
        self.connections[connection.id] = replace(known, rooms={**known.rooms, room: shard})
        return True

    def may_type(self, connection_id: str, room: str, active: bool) -> bool:
        now = self._clock.now()
        known = self._typing.get(connection_id)
        if known is not None:
            before, at = known
            pauses = {(room, active): TYPING_REPEAT_MS, (room, not active): active * TYPING_CHANGE_MS}
            pause = pauses.get(before, 0)
            if pause and at >= now - pause:
                return False
        self._typing[connection_id] = ((room, active), now)
        return connection_id in self.connections

    def unsubscribe(self, connection: Connection, room: str) -> None:
        shard = connection.rooms.get(room)
        if shard is None:
            return
        self._subscribers(room, shard).pop(connection.id, None)
        known = self.connections.get(connection.id)
        if known is not None:
            rooms = {name: its for name, its in known.rooms.items() if name != room}
            self.connections[connection.id] = replace(known, rooms=rooms)

    def subscribers(self, room: str, shard: int) -> list[Subscription]:
        found = self._subscribers(room, shard)
        return [found[connection_id] for connection_id in sorted(found)]

    def _subscribers(self, room: str, shard: int) -> dict[str, Subscription]:
        return self._subscriptions.setdefault((room, shard), {})


class MemoryLog:
    """The port `RoomLog`: `places` holds messages, the place of a message for a change, or voids."""

    def __init__(self) -> None:
        self.places: dict[str, dict[int, Message | Void | int]] = {}
        self._claims: dict[tuple[str, str, str], int] = {}

    def append(self, message: Message) -> Message | None:
        claim = (message.room, message.user.id, message.id.lower())
        if claim in self._claims:
            stored = self.message(message.room, self._claims[claim])
            return None if stored is not None and stored.seq == message.seq else stored
        if message.seq in self._room(message.room):
            raise PlaceTaken
        self._room(message.room)[message.seq] = message
        self._claims[claim] = message.seq
        return None

    def change(self, message: Message, was_at: int) -> None:
        room = self._room(message.room)
        if message.at in room:
            raise PlaceTaken
        stored = self.message(message.room, message.seq)
        if stored is None or stored.at != was_at:
            raise Superseded
        room[message.at] = message.seq
        room[message.seq] = message

    def void(self, room: str, at: int) -> bool:
        if at in self._room(room):
            return False
        self._room(room)[at] = Void(room, at)
        return True

    def message(self, room: str, seq: int) -> Message | None:
        stored = self._room(room).get(seq)
        return stored if isinstance(stored, Message) else None

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        places = sorted(at for at in self._room(room) if at > after)[:limit]
        return [self._entry(room, at) for at in places]

    def newest(self, room: str, before: int, limit: int) -> Page:
        stored = self._room(room)
        messages = [m for at in sorted(stored) if at < before and isinstance(m := stored[at], Message)]
        return Page(tuple(messages[-limit:]), more=len(messages) > limit)

    def _entry(self, room: str, at: int) -> Entry:
        stored = self._room(room)[at]
        if isinstance(stored, Void):
            return stored
        message = stored if isinstance(stored, Message) else self.message(room, stored)
        if message is None:
            raise LookupError(f"place {at} of {room} points at {stored}, where no message stands")
        return replace(message, at=at)

    def _room(self, room: str) -> dict[int, Message | Void | int]:
        return self.places.setdefault(room, {})


@dataclass
class _Shard:
    delivered: int = 0
    lease: str | None = None
    until: int = 0


class MemoryRooms:
    """The port `Rooms`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, int] = {}
        self._shards: dict[str, list[_Shard]] = {}

    def next_place(self, room: str) -> RoomState:
        self._last[room] = self._last.get(room, 0) + 1
        return self.state(room)

    def state(self, room: str, shard: int = 0) -> RoomState:
        shards = self._shards.get(room, [_Shard()])
        mine = shards[shard] if shard < len(shards) else _Shard()
        ends = tuple(s.until if s.lease else 0 for s in shards)
        return RoomState(room, self._last.get(room, 0), mine.delivered, mine.lease, ends)

    def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        mine = self._shard(room, shard)
        if mine is None or (mine.lease is not None and mine.until >= self._clock.now()):
            return None
        if mine.delivered >= self._last.get(room, 0):
            return None
        mine.lease, mine.until = token, until
        return self.state(room, shard)

    def renew(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        mine = self._shard(room, shard)
        return None if mine is None else self.advance(room, shard, token, mine.delivered, until)

    def advance(self, room: str, shard: int, token: str, delivered: int, until: int) -> RoomState | None:
        mine = self._shard(room, shard)
        if mine is None or mine.lease != token:
            return None
        mine.delivered, mine.until = delivered, until
        return self.state(room, shard)

    def release(self, room: str, shard: int, token: str, delivered: int) -> RoomState | None:
        mine = self._shard(room, shard)
        if mine is None or mine.lease != token:
            return None
        if self._last.get(room, 0) != delivered:
            return self.state(room, shard)
        mine.delivered, mine.lease, mine.until = delivered, None, 0
        return None

    def give_up(self, room: str, shard: int, token: str) -> None:
        mine = self._shard(room, shard)
        if mine is not None and mine.lease == token:
            mine.lease, mine.until = None, 0

    def add_shard(self, room: str, shards: int) -> None:
        known = self._shards.setdefault(room, [_Shard()])
        if room in self._last and len(known) == shards:
            known.append(_Shard(delivered=known[0].delivered))

    def rooms(self) -> list[RoomState]:
        return [self.state(room) for room in sorted(self._last)]

    def _shard(self, room: str, shard: int) -> _Shard | None:
        shards = self._shards.setdefault(room, [_Shard()])
        return shards[shard] if shard < len(shards) else None


class MemoryPresences:
    """The port `Presences`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, Presence] = {}
        self._turns: dict[str, tuple[int, Presence]] = {}

    def get(self, room: str) -> Presence:
        return self._kept.get(room, Presence())

    def glance(self, room: str) -> Presence:
        return self.get(room)

    def note(self, room: str, move: Move) -> None:
        known = self.get(room)
        if len(known.moves) < 2 * NAMED_PEOPLE:
            self._kept[room] = replace(known, moves=(*known.moves, move))

    def begin(self, room: str, until: int) -> Presence | None:
        ends, taken = self._turns.get(room, (0, Presence()))
        if ends >= self._clock.now():
            return None
        begun = replace(self.get(room), moves=taken.moves + self.get(room).moves)
        self._turns[room] = (until, begun)
        self._kept[room] = replace(begun, moves=())
        return begun

    def finish(self, room: str, online: int) -> Presence:
        self._turns.pop(room, None)
        self._kept[room] = replace(self.get(room), announced=self._clock.now(), online=online)
        return self._kept[room]


class MemoryNames:
    """The port `Names`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[User, int]] = {}

    def hold(self, key: str, user: User, until: int) -> bool:
        holder, held_until = self._held.get(key, (user, 0))
        if holder.id != user.id and held_until >= self._clock.now() // 1000:
            return False
        self._held[key] = (user, until)
        return True


class MemorySecrets:
    """The port `Secrets`."""

    def token_secret(self) -> str:
        return "a secret of this process alone, long enough"


class MemoryAttempts:
    """The port `Attempts`."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, int], int] = {}

    def begin(self, source: str, window: int, most: int, expires: int) -> bool:
        failed = self._failed.get((source, window), 0)
        if failed >= most:
            return False
        self._failed[source, window] = failed + 1
        return True

    def succeeded(self, source: str, window: int) -> None:
        self._failed[source, window] -= 1
