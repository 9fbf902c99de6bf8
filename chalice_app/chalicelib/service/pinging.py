"""Keep-alive and loss detection: what every open page asks every half minute, so it must cost little."""

from collections.abc import Callable

from chalicelib.domain.commands import Ping
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Json
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.ports import Rooms
from chalicelib.service.presence import Presencing


class Pinging:
    """The use case of `ping`."""

    def __init__(self, rooms: Rooms, broadcasting: Broadcasting, presence: Presencing) -> None:
        self._rooms = rooms
        self._broadcasting = broadcasting
        self._presence = presence

    def ping(self, connection: Connection, command: Ping, answer: Callable[[Json], None]) -> None:
        """Answer how far a room was delivered to this connection, then do there what nobody else does.

        That is to go on with a delivery whose broadcaster died, and to tell who came and went. The answer
        goes first, for a delivery may take its time. The room's state is read once for all of it.
        """
        room = command.room
        if room is None:
            answer({"event": "pong"})
            return
        shard = connection.shard_of(room)
        state = self._rooms.state(room, shard)
        answer({"event": "pong", "room": room, "lastSeq": state.delivered})
        self._broadcasting.take_over(state, shard)
        self._presence.look_around(room)
