"""Who is in a room now, by its subscriptions."""

from chalicelib.domain.connections import Connection, Subscription
from chalicelib.errors import NotJoined
from chalicelib.service.ports import Connections, Rooms


class Attendance:
    """Tells who is in a room, also of connections that an earlier version opened."""

    def __init__(self, connections: Connections, rooms: Rooms) -> None:
        self._connections = connections
        self._rooms = rooms

    def subscriptions(self, room: str) -> list[Subscription]:
        """Return everybody's subscriptions."""
        shards = range(len(self._rooms.state(room).lease_ends))
        return [s for shard in shards for s in self._connections.subscribers(room, shard)]

    def of(self, room: str, user_id: str) -> list[Subscription]:
        """Return somebody's subscriptions."""
        return [s for s in self.subscriptions(room) if s.user.id == user_id]

    def is_in(self, connection: Connection, room: str) -> bool:
        """Return whether a connection is in a room at this moment."""
        known = self._connections.get(connection.id)
        return known is not None and room in known.rooms

    def check(self, connection: Connection, room: str) -> None:
        """Raise `NotJoined` if a connection is in a room no more.

        A frame knows its connection as it was when it arrived. Before something is answered that was read of
        the room since, this tells whether its asker was taken out meanwhile.
        """
        if not self.is_in(connection, room):
            raise NotJoined(f"This connection has not joined {room}: send join first and await joined.")
