"""Opening and closing a connection."""

from chalicelib.domain.connections import Connection
from chalicelib.service.ports import Connections
from chalicelib.service.sessions import Sessions


class Connecting:
    """The use cases of `$connect` and `$disconnect`."""

    def __init__(self, sessions: Sessions, connections: Connections) -> None:
        self._sessions = sessions
        self._connections = connections

    def connect(self, connection_id: str, token: str) -> None:
        """Accept a connection for the holder of a valid token, or raise `Unauthorized`."""
        self._connections.add(Connection(connection_id, self._sessions.user(token)))

    def disconnect(self, connection_id: str) -> None:
        """Forget a connection; whether it is known does not matter."""
        self._connections.remove(connection_id)
