"""Joining and leaving rooms."""

from chalicelib.domain import events
from chalicelib.domain.commands import Join, Leave
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Json
from chalicelib.service.ports import Connections, Rooms
from chalicelib.service.reading import PAGE, Reading

SHARD = 0


class Joining:
    """The use cases of `join` and `leave`."""

    def __init__(self, connections: Connections, rooms: Rooms, reading: Reading) -> None:
        self._connections = connections
        self._rooms = rooms
        self._reading = reading

    def join(self, connection: Connection, command: Join) -> Json | None:
        """Subscribe the connection and return the `joined` event; None where the connection is gone.

        The subscription is written before the page is read: whatever is stored in between is in the page,
        is delivered, or both, but never in neither.
        """
        room = command.room
        if not self._connections.subscribe(connection, room, SHARD):
            return None
        last = self._reading.last_complete(self._rooms.state(room))
        page = self._reading.page_within(room, last, None, command.after, PAGE)
        return {
            "event": "joined",
            "room": room,
            "lastSeq": last,
            **events.page(page, connection.user.id, newest=command.after is None),
            "online": self._reading.online(room),
        }

    def leave(self, connection: Connection, command: Leave) -> None:
        """Unsubscribe the connection."""
        self._connections.unsubscribe(connection, command.room)
