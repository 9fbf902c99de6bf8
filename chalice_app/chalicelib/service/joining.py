"""Joining and leaving rooms."""

import random

from chalicelib.domain import events
from chalicelib.domain.commands import Join, Leave
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Json
from chalicelib.service.ports import Connections, Rooms
from chalicelib.service.presence import Presencing
from chalicelib.service.reading import PAGE, Reading

# Subscriptions in one delivery shard: what one broadcaster serves in a fraction of a second.
SHARD_SIZE = 1_000
COUNT_EVERY = 50  # times in the filling of a shard somebody counts it


class Joining:
    """The use cases of `join` and `leave`."""

    def __init__(
        self,
        connections: Connections,
        rooms: Rooms,
        reading: Reading,
        presence: Presencing,
        shard_size: int = SHARD_SIZE,
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._reading = reading
        self._presence = presence
        self._shard_size = shard_size

    def join(self, connection: Connection, command: Join) -> Json | None:
        """Subscribe the connection and return the `joined` event; None where the connection is gone.

        The subscription is written before the page is read: whatever is stored in between is in the page,
        is delivered, or both, but never in neither.
        """
        room = command.room
        shard = self._shard(connection, room)
        if not self._connections.subscribe(connection, room, shard):
            return None
        last = self._reading.last_complete(self._rooms.state(room))
        page = self._reading.page_within(room, last, None, command.after, PAGE)
        return {
            "event": "joined",
            "room": room,
            "lastSeq": last,
            **events.page(page, connection.user.id, newest=command.after is None),
            "online": self._presence.arrived(connection, room),
        }

    def leave(self, connection: Connection, command: Leave) -> None:
        """Unsubscribe the connection; leaving a room that was not joined changes nothing."""
        if command.room in connection.rooms:
            self._connections.unsubscribe(connection, command.room)
            self._presence.left(connection, command.room)

    def _shard(self, connection: Connection, room: str) -> int:
        """Return the shard of a connection: where it is already, or one by chance so that all fill alike."""
        if room in connection.rooms:
            return connection.rooms[room]
        shards = len(self._rooms.state(room).lease_ends)
        shard = random.randrange(shards)
        # Counting reads the whole shard, so one joiner of many does it: it fills over by a few at most.
        if random.random() < COUNT_EVERY / self._shard_size and self._is_full(room, shard):
            self._rooms.add_shard(room, shards)
        return shard

    def _is_full(self, room: str, shard: int) -> bool:
        return len(self._connections.subscribers(room, shard)) >= self._shard_size
