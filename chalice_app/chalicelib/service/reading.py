"""Pages of a room's log.

They end before the first position that is still empty, so that no reader steps over a gap.
"""

from chalicelib.domain.access import no_room
from chalicelib.domain.commands import History
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import HistoryPage
from chalicelib.domain.messages import Page, complete
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import NotFound
from chalicelib.service.attendance import Attendance
from chalicelib.service.ports import RoomLog, Rooms

# How far beyond the delivered positions a reader looks: more than this is in flight only in a room whose
# delivery stands still, and there a shorter page is right as well.
MAX_LOOKAHEAD = 500


class Reading:
    """What joiners, `history` and REST show of a room."""

    def __init__(self, log: RoomLog, rooms: Rooms, attendance: Attendance) -> None:
        self._log = log
        self._rooms = rooms
        self._attendance = attendance

    def readable_head(self, state: RoomState) -> int:
        """Return the newest position before the first one that is still empty."""
        if state.delivered >= state.head:
            return state.head
        behind = min(state.head - state.delivered, MAX_LOOKAHEAD)
        return state.delivered + len(
            complete(self._log.entries(state.room, state.delivered, behind), state.delivered)
        )

    def page(self, room: str, *, before: int | None, after: int | None, limit: int) -> Page:
        """Return a page: what follows `after`, or else the newest (before `before`)."""
        head = self.readable_head(self._rooms.state(room))
        return self.page_up_to(head, room, before, after, limit)

    def page_up_to(self, head: int, room: str, before: int | None, after: int | None, limit: int) -> Page:
        """Return a page of the positions up to `head`."""
        if after is None:
            return self._log.newest(room, min(before or head + 1, head + 1), limit)
        wanted = min(limit, head - after)
        if wanted <= 0:
            return Page((), more=False)
        return Page(tuple(self._log.entries(room, after, wanted)), more=head - after > wanted)

    def history(self, connection: Connection, command: History) -> HistoryPage:
        """Return a page for a connection that has joined the room."""
        room = command.room
        connection.shard_of(room)
        state = self._rooms.state(room)
        if state.deleted_at:
            raise NotFound(no_room(room))
        head = self.readable_head(state)
        page = self.page_up_to(head, room, command.before, command.after, command.limit)
        if state.rules:
            self._attendance.check(connection, room)
        return HistoryPage(command.room, page, viewer=connection.user.id)
