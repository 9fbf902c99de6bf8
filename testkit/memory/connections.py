"""Connections and their subscriptions in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from chalicelib.domain.allowance import TYPING_CHANGE_MS, TYPING_REPEAT_MS, Allowance
from chalicelib.domain.connections import MAX_ROOMS, Connection, Subscription
from chalicelib.errors import Conflict, RateLimited
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock


class MemoryConnections:
    """The port `Connections`."""

    def __init__(self, clock: Clock, allowance: Allowance) -> None:
        self._clock = clock
        self._allowance = allowance
        self.connections: dict[str, Connection] = {}
        self._typing: dict[str, tuple[tuple[str, bool], int]] = {}
        self._paid_until: dict[str, int] = {}
        self._refused_until: dict[str, int] = {}
        self._subscriptions: dict[tuple[str, int], dict[str, Subscription]] = {}
        self.is_ended: Callable[[str, str], bool] = lambda user_id, session: False
        self.noted: Callable[[str, str, str], None] = lambda user_id, session, network: None
        self.belongs: Callable[[str, str], bool] = lambda user_id, room: True

    def add(self, connection: Connection, network: str = "") -> bool:
        if self.is_ended(connection.user.id, connection.session):
            return False
        if network:
            self.noted(connection.user.id, connection.session, network)
        self.connections[connection.id] = connection
        return True

    def get(self, connection_id: str) -> Connection | None:
        return self.connections.get(connection_id)

    def mute(self, connection_id: str, room: str, until: int) -> None:
        known = self.connections.get(connection_id)
        if known is not None and room in known.rooms:
            self.connections[connection_id] = replace(known, muted={**known.muted, room: until})

    def spend(self, connection_id: str) -> Connection | None:
        connection = self.connections.get(connection_id)
        if connection is None:
            return None
        now = self._clock.now()
        paid = self._paid_until.get(connection_id, 0)
        self._allowance.check(paid, now)
        self._paid_until[connection_id] = max(paid, now) + self._allowance.step_ms
        return self.glance(connection_id)

    def glance(self, connection_id: str) -> Connection | None:
        """Return a connection as it is, without charging it."""
        connection = self.connections.get(connection_id)
        paid_until = self._paid_until.get(connection_id, 0)
        return None if connection is None else replace(connection, paid_until=paid_until)

    def last_frames(self, connection_ids: Sequence[str]) -> dict[str, int]:
        return {one: self._paid_until.get(one, 0) for one in connection_ids if one in self.connections}

    def refused(self, connection_id: str) -> bool:
        if connection_id not in self.connections:
            return False
        now, allowance = self._clock.now(), self._allowance.of_refusals()
        paid = self._refused_until.get(connection_id, 0)
        if paid > allowance.latest(now):
            return True
        self._refused_until[connection_id] = max(paid, now) + allowance.step_ms
        return False

    def remove(self, connection_id: str) -> Connection | None:
        connection = self.connections.pop(connection_id, None)
        for room, shard in (connection.rooms if connection else {}).items():
            self._subscriptions.get((room, shard), {}).pop(connection_id, None)
        return connection

    def subscribe(
        self, connection: Connection, room: str, shard: int, *, members_only: bool = False
    ) -> int | None:
        now, joins = self._clock.now(), self._allowance.of_joins()
        if members_only and not self.belongs(connection.user.id, room):
            raise WriteConflict
        there = self.connections.get(connection.id)
        if there is not None and there.rooms.get(room, shard) != shard:
            return there.rooms[room]  # another join was faster, and chose another shard
        self.subscriptions_in(room, shard)[connection.id] = Subscription(
            connection.id, connection.user, members_only, connection.role
        )
        known = self.connections.get(connection.id)
        if known is None or (room not in known.rooms and len(known.rooms) >= MAX_ROOMS):
            del self.subscriptions_in(room, shard)[connection.id]
            if known is None:
                return None
            raise Conflict(f"This connection is in {MAX_ROOMS} rooms already: leave one first.")
        try:
            joins.check(known.joins_paid_until, now)
        except RateLimited:
            if room not in known.rooms:
                del self.subscriptions_in(room, shard)[connection.id]
            raise
        paid = max(known.joins_paid_until, now) + joins.step_ms
        self.connections[connection.id] = replace(
            known, rooms={**known.rooms, room: shard}, joins_paid_until=paid
        )
        return shard

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
        known = self.connections.get(connection.id)
        if known is not None and known.rooms.get(room) == shard:
            self.subscriptions_in(room, shard).pop(connection.id, None)
            rooms = {name: its for name, its in known.rooms.items() if name != room}
            self.connections[connection.id] = replace(known, rooms=rooms)

    def subscribers(self, room: str, shard: int, limit: int | None = None) -> list[Subscription]:
        found = self.subscriptions_in(room, shard)
        return [found[one] for one in sorted(found)[:limit] if not self._has_ended(one)]

    def _has_ended(self, connection_id: str) -> bool:
        connection = self.connections.get(connection_id)
        return connection is not None and connection.has_ended(self._clock.now())

    def subscriptions_in(self, room: str, shard: int) -> dict[str, Subscription]:
        """Return what is kept of a shard, by connection."""
        return self._subscriptions.setdefault((room, shard), {})
