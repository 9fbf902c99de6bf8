"""What people are told who did not ask, left to the delivery function: it reaches every connection."""

from collections.abc import Sequence

from chalicelib.domain.news import Kind
from chalicelib.domain.sessions import OpenConnection
from chalicelib.service.ports import Invoker

CONNECTIONS_AT_ONCE = 500  # an asynchronous event may have 256 KB


class News:
    """Hands news to the delivery function."""

    def __init__(self, invoker: Invoker) -> None:
        self._invoker = invoker

    def added(self, room: str, connections: Sequence[OpenConnection]) -> None:
        """Tell somebody's connections that they belong to a room now."""
        self._tell("added", room, connections)

    def removed(self, room: str, connections: Sequence[OpenConnection]) -> None:
        """Tell somebody's connections that they do not belong to a room any more."""
        self._tell("removed", room, connections)

    def deleted(self, room: str, connections: Sequence[OpenConnection]) -> None:
        """Tell connections that a room does not exist any more."""
        self._tell("deleted", room, connections)

    def room_changed(self, room: str, endpoint: str) -> None:
        """Tell everybody in a room what it is now; `endpoint` is where they are reached."""
        self._invoker.tell("changed", room, [], endpoint)

    def opened(self, room: str, endpoint: str) -> None:
        """Tell everybody who is connected at an endpoint of a room that they may join."""
        self._invoker.tell("opened", room, [], endpoint)

    def closed(self, connections: Sequence[OpenConnection]) -> None:
        """Close connections."""
        self._tell("closed", "", connections)

    def _tell(self, kind: Kind, room: str, connections: Sequence[OpenConnection]) -> None:
        for endpoint in sorted({connection.endpoint for connection in connections}):
            ids = [connection.id for connection in connections if connection.endpoint == endpoint]
            for start in range(0, len(ids), CONNECTIONS_AT_ONCE):
                self._invoker.tell(kind, room, ids[start : start + CONNECTIONS_AT_ONCE], endpoint)
