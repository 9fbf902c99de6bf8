"""Opening, using and closing a connection."""

from chalicelib.domain.connections import Connection
from chalicelib.errors import Unauthorized
from chalicelib.service.departures import Departures
from chalicelib.service.ports import Clock, Closer, Connections
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.sessions import ENDED, Sessions


class Connecting:
    """The use cases of `$connect` and `$disconnect`, and what every frame passes through."""

    def __init__(
        self,
        sessions: Sessions,
        connections: Connections,
        departures: Departures,
        presence: PresenceTracking,
        closer: Closer,
        clock: Clock,
    ) -> None:
        self._sessions = sessions
        self._connections = connections
        self._departures = departures
        self._presence = presence
        self._closer = closer
        self._clock = clock

    def connect(self, connection_id: str, token: str, network: str = "") -> None:
        """Accept a connection for the holder of a valid token, or raise `Unauthorized`.

        The mark of the `network` that it comes from, if there is one, is kept with the session.
        """
        session = self._sessions.of(token)
        connection = Connection(
            connection_id, session.user, ends=session.expires, role=session.role, session=session.id
        )
        if not self._connections.add(connection, network):
            raise Unauthorized(ENDED)
        self._sessions.remember(session)

    def admit(self, connection_id: str) -> Connection | None:
        """Charge the connection for one frame, whatever is in it, and return it.

        A connection that is unknown, or whose token has expired, is closed, so that its client connects anew,
        and None is returned.

        Raises
        ------
        RateLimited
            The connection's allowance is used up.
        """
        connection = self._connections.spend(connection_id)
        if connection is None:
            self._closer.close(connection_id)
        elif connection.has_ended(self._clock.now()):
            self._closer.close(connection_id)
            self.disconnect(connection_id)
            return None
        return connection

    def close_if_refused_often(self, connection_id: str) -> bool:
        """Count a frame that came too fast, and close a connection that goes on; return whether it is closed.

        A client that waits as long as it is told is refused no more often than it is served. One that does
        not would cost as much for each refused frame as for an answered one.
        """
        if not self._connections.refused(connection_id):
            return False
        self._closer.close(connection_id)
        self.disconnect(connection_id)
        return True

    def disconnect(self, connection_id: str) -> None:
        """Forget a connection and tell its rooms; whether it is known does not matter."""
        for room, known in self._departures.gone(connection_id, back_soon=True).items():
            self._presence.announce(room, known)
