"""Opening and closing a connection."""

from chalicelib.domain.connections import Connection
from chalicelib.service.departures import Departures
from chalicelib.service.ports import Connections
from chalicelib.service.presence import Presencing
from chalicelib.service.sessions import Sessions


class Connecting:
    """The use cases of `$connect` and `$disconnect`."""

    def __init__(
        self, sessions: Sessions, connections: Connections, departures: Departures, presence: Presencing
    ) -> None:
        self._sessions = sessions
        self._connections = connections
        self._departures = departures
        self._presence = presence

    def connect(self, connection_id: str, token: str) -> None:
        """Accept a connection for the holder of a valid token, or raise `Unauthorized`."""
        self._connections.add(Connection(connection_id, self._sessions.user(token)))

    def disconnect(self, connection_id: str) -> None:
        """Forget a connection and tell its rooms; whether it is known does not matter."""
        for room in self._departures.gone(connection_id):
            self._presence.announce(room)
