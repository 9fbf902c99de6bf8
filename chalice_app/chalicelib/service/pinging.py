"""Keep-alive and loss detection: what every open page asks all day, so it must cost little."""

from collections.abc import Callable, Mapping

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Answer, Pong, PongOfRooms
from chalicelib.domain.presence import SEEN_SECONDS
from chalicelib.domain.rooms import RoomState
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.connecting import Connecting
from chalicelib.service.ping_ports import Glance, Glances
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.presence import PresenceTracking

# A ping is free if this process has heard none of the same connection for so long.
FREE_AFTER_SECONDS = 15.0
MAX_KNOWN_CONNECTIONS = 10_000


class Pinging:
    """The use case of `ping`."""

    def __init__(
        self,
        glances: Glances,
        rooms: Rooms,
        connecting: Connecting,
        broadcasting: Broadcasting,
        presence: PresenceTracking,
        clock: Clock,
    ) -> None:
        self._glances = glances
        self._rooms = rooms
        self._connecting = connecting
        self._broadcasting = broadcasting
        self._presence = presence
        self._clock = clock
        self._heard: dict[str, float] = {}  # when this process last let a ping of a connection pass for free

    def ping(self, connection: Connection, room: str | None) -> Pong:
        """Return how far the room, if one is named, was delivered to this connection."""
        return Pong(None if room is None else self._rooms.state(room, connection.shard_of(room)))

    def after_ping(self, connection: Connection, pong: Pong) -> None:
        """Do what nobody else does: continue a delivery whose broadcaster died, tell who came and went.

        This follows the answer because a delivery may take its time. The room's state was read once for both.
        """
        if pong.state is None:
            return
        room = pong.state.room
        self._broadcasting.take_over(pong.state, connection.shard_of(room))
        self._presence.check(room)

    def ping_rooms(
        self, connection_id: str, rooms: Mapping[str, int], answer: Callable[[Answer], None]
    ) -> bool:
        """Answer how far each room was delivered, and do what follows as after any ping.

        All is read in one request, and may be some moments old. Only what would send the client away, or to
        join again, is asked again consistently, at the price of a frame.

        Returns
        -------
        bool
            False if the connection is unknown; then it is closed.

        Raises
        ------
        RateLimited
            Pings come too fast.
        """
        glance = self._glances.of(connection_id, list(rooms))
        connection = glance.connection
        if connection is None or not self._is_free(connection, rooms):
            connection = self._connecting.admit(connection_id)
        if connection is None:
            return False
        joined = {room: connection.rooms[room] for room in rooms if room in connection.rooms}
        states = {room: self._state(glance, room, shard) for room, shard in joined.items()}
        answer(PongOfRooms({room: states[room].delivered if room in states else None for room in rooms}))
        for room, state in states.items():
            self._broadcasting.take_over(state, joined[room])
            self._presence.check(room, glance.presences[room])
        return True

    def _is_free(self, connection: Connection, rooms: Mapping[str, int]) -> bool:
        """Return whether nothing need be written for a ping.

        One now and then is charged nevertheless: that keeps when the connection was last seen.
        """
        now = self._clock.now()
        if connection.has_ended(now) or not connection.rooms.keys() >= rooms.keys():
            return False
        if connection.paid_until <= now - SEEN_SECONDS * 1000:
            return False
        heard, moment = self._heard.get(connection.id), self._clock.monotonic()
        if heard is not None and moment - heard < FREE_AFTER_SECONDS:
            return False
        if len(self._heard) >= MAX_KNOWN_CONNECTIONS:
            self._heard.clear()
        self._heard[connection.id] = moment
        return True

    def _state(self, glance: Glance, room: str, shard: int) -> RoomState:
        states = glance.states.get(room, ())
        if shard < len(states):
            return states[shard]
        # The room has no messages, or a shard that is too new to be seen.
        return self._rooms.state(room, shard) if states else RoomState(room, 0, 0)
