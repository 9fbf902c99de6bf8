"""Who is in a room now, by its subscriptions."""

from collections.abc import Sequence

from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import NotJoined
from chalicelib.service.ports import Connections, Rooms
from chalicelib.service.room_ports import Audiences


class Attendance:
    """Tells who is in a room, also of connections that an earlier version opened."""

    def __init__(self, connections: Connections, audiences: Audiences, rooms: Rooms) -> None:
        self._connections = connections
        self._audiences = audiences
        self._rooms = rooms

    def readers(
        self, room: str, shard: int, state: RoomState | None = None, *, only: str | None = None
    ) -> Sequence[Subscription]:
        """Return who in a shard may be sent what was read of the room before; or that one connection.

        Parameters
        ----------
        state
            The room's, if it is known. Otherwise it is read, if it matters: if the room was closed lately and
            it is not certain of everybody that they belong to it.
        """
        audience = self._audiences.of(room, shard, only)
        if audience.is_certain and not (state and state.deleted_at):
            return audience.subscriptions
        return audience.readers(state or self._rooms.state(room))

    def all_readers(self, state: RoomState) -> list[Subscription]:
        """Return who in a whole room may be sent what was read of it before; `state` is the room's."""
        shards = range(len(state.lease_ends))
        return [reader for shard in shards for reader in self.readers(state.room, shard, state)]

    def subscriptions(self, room: str) -> list[Subscription]:
        """Return everybody's subscriptions."""
        shards = range(len(self._rooms.state(room).lease_ends))
        return [s for shard in shards for s in self._connections.subscribers(room, shard)]

    def of(self, room: str, user_id: str) -> list[Subscription]:
        """Return somebody's subscriptions."""
        return [s for s in self.subscriptions(room) if s.user.id == user_id]

    def is_in(self, connection: Connection, room: str) -> bool:
        """Return whether a connection is in a room at this moment, where it was when its frame arrived."""
        shard = connection.rooms.get(room)
        return shard is not None and bool(self.readers(room, shard, only=connection.id))

    def check(self, connection: Connection, room: str) -> None:
        """Raise `NotJoined` if a connection is in a room no more.

        A frame knows its connection as it was when it arrived. Before something is answered that was read of
        the room since, this tells whether its asker was taken out meanwhile.
        """
        if not self.is_in(connection, room):
            raise NotJoined(f"This connection has not joined {room}: send join first and await joined.")
