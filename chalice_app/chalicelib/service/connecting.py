"""Opening, using and closing a connection."""

from chalicelib.domain.connections import Connection
from chalicelib.service.departures import Departures
from chalicelib.service.ports import Closer, Connections
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.sessions import Sessions


class Connecting:
    """The use cases of `$connect` and `$disconnect`, and what every frame passes through."""

    def __init__(
        self,
        sessions: Sessions,
        connections: Connections,
        departures: Departures,
        presence: PresenceTracking,
        closer: Closer,
    ) -> None:
        self._sessions = sessions
        self._connections = connections
        self._departures = departures
        self._presence = presence
        self._closer = closer

    def connect(self, connection_id: str, token: str) -> None:
        """Accept a connection for the holder of a valid token, or raise `Unauthorized`."""
        self._connections.add(Connection(connection_id, self._sessions.user(token)))

    def admit(self, connection_id: str) -> Connection | None:
        """Charge the connection for one frame, whatever is in it, and return it.

        An unknown connection is closed, so that its client connects anew, and None is returned.

        Raises
        ------
        RateLimited
            The connection's allowance is used up.
        """
        connection = self._connections.spend(connection_id)
        if connection is None:
            self._closer.close(connection_id)
        return connection

    def disconnect(self, connection_id: str) -> None:
        """Forget a connection and tell its rooms; whether it is known does not matter."""
        for room, known in self._departures.gone(connection_id).items():
            self._presence.announce(room, known)
