"""Connections that ended: by `$disconnect`, which is best effort, or found gone by a post."""

import logging

from chalicelib.domain.connections import Connection
from chalicelib.domain.presence import Move, Presence
from chalicelib.errors import Unavailable
from chalicelib.service.ports import Connections
from chalicelib.service.presence_ports import Presences

logger = logging.getLogger(__name__)


class Departures:
    """Forgets connections and notes who left which room; `PresenceTracking` announces it."""

    def __init__(self, connections: Connections, presences: Presences) -> None:
        self._connections = connections
        self._presences = presences

    def gone(self, connection_id: str, *, back_soon: bool = False) -> dict[str, Presence]:
        """Forget a connection; return what is kept of the presence of each of its rooms.

        ``back_soon`` says that its client may come back on another connection in a moment.

        A fault of the storage is no error here: the next post finds the connection gone as well, and its
        items expire in the end.
        """
        try:
            connection = self._connections.remove(connection_id)
            return {} if connection is None else self._note(connection, back_soon)
        except Unavailable:
            logger.warning("a connection that is gone is still listed", extra={"connection": connection_id})
            return {}

    def _note(self, connection: Connection, back_soon: bool) -> dict[str, Presence]:
        went = Move(connection.user, came=False)
        return {room: self._presences.note(room, went, back_soon=back_soon) for room in connection.rooms}
