"""New rooms for everybody: an open room is told to those who are connected as soon as the list has it."""

from chalicelib.domain.access import is_direct_name
from chalicelib.domain.messages import User
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import RateLimited
from chalicelib.service.identity_ports import Attempts, People
from chalicelib.service.news import News
from chalicelib.service.ports import Clock, Invoker, Rooms
from chalicelib.service.quota import Quota
from chalicelib.service.room_ports import RoomRegister

# Each is a frame to everybody. Beyond, people find a new room when their page next reads the list.
TOLD_PER_HOUR = 60
_HOUR_SECONDS = 3600


class Announcing:
    """Has the delivery function tell people of open rooms that they could not join before."""

    def __init__(
        self,
        register: RoomRegister,
        rooms: Rooms,
        people: People,
        attempts: Attempts,
        invoker: Invoker,
        clock: Clock,
    ) -> None:
        self._register = register
        self._rooms = rooms
        self._people = people
        self._news = News(invoker)
        self._quota = Quota(attempts, clock, TOLD_PER_HOUR, _HOUR_SECONDS)

    def opened(self, room: str, user: User) -> None:
        """Tell of a room that somebody has made, or opened to everybody, by REST."""
        endpoints = {connection.endpoint for connection in self._people.connections(user.id)}
        # A bot has no connection: people are where the rooms' people were last reached.
        endpoints = endpoints or {known.endpoint for known in self._rooms.listed() if known.endpoint}
        if endpoints:
            self._tell(room, min(endpoints))

    def begun(self, state: RoomState, endpoint: str = "") -> None:
        """Tell of a room that has its first message; nobody needs to hear again of one that somebody made."""
        room = state.room
        if (
            state.head == 1
            and not state.hidden
            and not is_direct_name(room)
            and not self._register.abouts([room])
        ):
            self._tell(room, endpoint)

    def _tell(self, room: str, endpoint: str) -> None:
        try:
            self._quota.count("new-rooms", "Nobody is told of more new rooms within an hour.")
        except RateLimited:
            return
        self._news.opened(room, endpoint)
