"""How much is unread of everything that somebody reads, for the icon of a page that is closed."""

import logging

from chalicelib.domain.access import Belonging, is_direct_name, is_hidden
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Unavailable
from chalicelib.service.ports import Rooms
from chalicelib.service.room_ports import RoomRegister

logger = logging.getLogger(__name__)


class Unread:
    """Counts as a page does: what came after the read mark in every room that the list does not hide.

    A room that somebody never read counts from when they join it; a direct one from its first message on.
    """

    def __init__(self, rooms: Rooms, register: RoomRegister) -> None:
        self._rooms = rooms
        self._register = register

    def of(self, user_id: str) -> int | None:
        """Return the number of unread messages, which may be some moments old; None if it cannot be read now.

        One query finds the rooms, and one batch what each of them has.
        """
        try:
            known = self._register.belongings(user_id)
            rooms = {room: its for room, its in known.items() if its.read_at or _is_own_direct(room, its)}
            states = self._rooms.states(list(rooms)) if rooms else []
        except Unavailable:
            logger.warning("what is unread could not be counted", exc_info=True)
            return None
        return sum(_unread(state, rooms[state.room]) for state in states)


def _is_own_direct(room: str, belonging: Belonging) -> bool:
    return is_direct_name(room) and belonging.role is not None


def _unread(state: RoomState, belonging: Belonging) -> int:
    closed = state.deleted_at or (state.hidden and belonging.role is None)
    if closed or is_hidden(state.room, belonging.choice, state.newest):
        return 0
    return max(0, state.messages - belonging.read_count)
