"""The list of rooms."""

from chalicelib.domain.rooms import RoomSummary
from chalicelib.service.ports import Rooms
from chalicelib.service.presence import PresenceTracking


class Listing:
    """The use case of `GET /rooms`."""

    def __init__(self, rooms: Rooms, presence: PresenceTracking) -> None:
        self._rooms = rooms
        self._presence = presence

    def rooms(self) -> list[RoomSummary]:
        """Return every room that has messages, with how far it was delivered and who is there."""
        return [
            RoomSummary(state.room, state.delivered, self._presence.online(state.room))
            for state in self._rooms.rooms()
        ]
