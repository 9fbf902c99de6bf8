"""Both tables in memory."""

from dataclasses import replace

from chalicelib.domain.allowance import Allowance
from chalicelib.domain.connections import ROOMS_PER_CONNECTION, Connection, Subscription
from chalicelib.domain.messages import Entry, Message, Page, User, Void
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Conflict
from chalicelib.service.ports import Clock, PlaceTaken, Superseded


class MemoryConnections:
    """The port `Connections`."""

    def __init__(self, clock: Clock, allowance: Allowance) -> None:
        self._clock = clock
        self._allowance = allowance
        self.connections: dict[str, Connection] = {}
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
        message = stored if isinstance(stored, Message) else self._room(room)[stored]
        assert isinstance(message, Message)
        return replace(message, at=at)

    def _room(self, room: str) -> dict[int, Message | Void | int]:
        return self.places.setdefault(room, {})


class MemoryRooms:
    """The port `Rooms`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, int] = {}
        self._shards: dict[tuple[str, int], RoomState] = {}

    def next_place(self, room: str) -> RoomState:
        self._last[room] = self._last.get(room, 0) + 1
        return self.state(room)

    def state(self, room: str, shard: int = 0) -> RoomState:
        known = self._shards.get((room, shard), RoomState(room, 0, 0))
        return replace(known, last=self._last.get(room, 0))

    def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        state = self.state(room, shard)
        if state.lease is not None and state.lease_until >= self._clock.now():
            return None
        if state.delivered >= state.last:
            return None
        return self._keep(shard, replace(state, lease=token, lease_until=until))

    def renew(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        return self.advance(room, shard, token, self.state(room, shard).delivered, until)

    def advance(self, room: str, shard: int, token: str, delivered: int, until: int) -> RoomState | None:
        state = self.state(room, shard)
        if state.lease != token:
            return None
        return self._keep(shard, replace(state, delivered=delivered, lease_until=until))

    def release(self, room: str, shard: int, token: str, delivered: int) -> RoomState | None:
        state = self.state(room, shard)
        if state.lease != token:
            return None
        if state.last != delivered:
            return state
        self._keep(shard, replace(state, delivered=delivered, lease=None, lease_until=0))
        return None

    def give_up(self, room: str, shard: int, token: str) -> None:
        state = self.state(room, shard)
        if state.lease == token:
            self._keep(shard, replace(state, lease=None, lease_until=0))

    def rooms(self) -> list[RoomState]:
        return [self.state(room) for room in sorted(self._last)]

    def _keep(self, shard: int, state: RoomState) -> RoomState:
        self._shards[state.room, shard] = state
        return state


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
        return "a secret of this test alone, long enough"


class MemoryAttempts:
    """The port `Attempts`."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, int], int] = {}

    def failed(self, source: str, window: int) -> int:
        return self._failed.get((source, window), 0)

    def fail(self, source: str, window: int, expires: int) -> None:
        self._failed[source, window] = self.failed(source, window) + 1
