"""Coming to a room that has no messages yet: anybody may, but not to thousands of them a day."""

from chalicelib.domain.access import Role
from chalicelib.domain.messages import User
from chalicelib.errors import Forbidden
from chalicelib.service.identity_ports import NewRooms
from chalicelib.service.ports import Clock

MAX_NEW_ROOMS = 100
DAY_MS = 24 * 3600 * 1000
MAX_KNOWN_ROOMS = 1_000


class Opening:
    """Limits who opens rooms, and how many somebody does in a day (UTC)."""

    def __init__(self, new_rooms: NewRooms, clock: Clock, *, by_admins: bool = False) -> None:
        self._new_rooms = new_rooms
        self._clock = clock
        self._by_admins = by_admins
        self._opened: set[str] = set()  # rooms that this process knows somebody was allowed to open

    def allow(self, role: Role, room: str) -> None:
        """Raise `Forbidden` if rooms are made by admins here, and somebody with this role is none."""
        if self._by_admins and role != "admin":
            raise Forbidden(f"Only admins make rooms here, and nobody has made {room} yet: ask one of them.")

    def check(self, user: User, room: str) -> None:
        """Count a room that has no messages; raise `Forbidden` if the user has opened too many today.

        A room that somebody has opened already need not be counted again: many who come to it at once do not
        all ask.
        """
        if room in self._opened:
            return
        self.count(user, room)
        if len(self._opened) >= MAX_KNOWN_ROOMS:
            self._opened.clear()
        self._opened.add(room)

    def count(self, user: User, room: str) -> None:
        """Count a room that somebody makes, or whose name they try; raise `Forbidden` as above."""
        if not self._new_rooms.open(user, room, self._clock.now() // DAY_MS, MAX_NEW_ROOMS):
            raise Forbidden(
                f"You have opened {MAX_NEW_ROOMS} new rooms today: join one that has messages, or wait a day."
            )
