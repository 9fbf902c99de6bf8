"""Keep-alive and loss detection: what every open page asks every half minute, so it must cost little."""

from chalicelib.domain.commands import Ping
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Pong
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.ports import Rooms
from chalicelib.service.presence import PresenceTracking


class Pinging:
    """The use case of `ping`."""

    def __init__(self, rooms: Rooms, broadcasting: Broadcasting, presence: PresenceTracking) -> None:
        self._rooms = rooms
        self._broadcasting = broadcasting
        self._presence = presence

    def ping(self, connection: Connection, command: Ping) -> Pong:
        """Return how far the room, if one is named, was delivered to this connection."""
        if command.room is None:
            return Pong(None)
        return Pong(self._rooms.state(command.room, connection.shard_of(command.room)))

    def after_ping(self, connection: Connection, pong: Pong) -> None:
        """Do what nobody else does: continue a delivery whose broadcaster died, tell who came and went.

        This follows the answer because a delivery may take its time. The room's state was read once for both.
        """
        if pong.state is None:
            return
        room = pong.state.room
        self._broadcasting.take_over(pong.state, connection.shard_of(room))
        self._presence.check(room)
