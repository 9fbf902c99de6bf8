"""Pages of a room's log.

They end before the first place that is still empty, so no reader steps over a hole.
"""

from chalicelib.domain import events
from chalicelib.domain.commands import History
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Json
from chalicelib.domain.messages import Page, complete
from chalicelib.domain.rooms import RoomState
from chalicelib.service.ports import RoomLog, Rooms

PAGE = 50
# How far beyond the delivered places a reader looks: more than this is in flight only in a room whose
# delivery stands still, and there a shorter page is right as well.
_LOOKAHEAD = 500


class Reading:
    """What joiners, `history` and REST show of a room."""

    def __init__(self, log: RoomLog, rooms: Rooms) -> None:
        self._log = log
        self._rooms = rooms

    def last_complete(self, state: RoomState) -> int:
        """Return the newest place before the first one that is still empty."""
        if state.delivered >= state.last:
            return state.last
        behind = min(state.last - state.delivered, _LOOKAHEAD)
        return state.delivered + len(
            complete(self._log.entries(state.room, state.delivered, behind), state.delivered)
        )

    def page(self, room: str, *, before: int | None, after: int | None, limit: int) -> Page:
        """Return a page: what follows `after`, or else the newest (before `before`)."""
        return self.page_within(room, self.last_complete(self._rooms.state(room)), before, after, limit)

    def page_within(self, room: str, last: int, before: int | None, after: int | None, limit: int) -> Page:
        """Return a page of what stands at `last` or before it."""
        if after is None:
            return self._log.newest(room, min(before or last + 1, last + 1), limit)
        wanted = min(limit, last - after)
        if wanted <= 0:
            return Page((), more=False)
        return Page(tuple(self._log.entries(room, after, wanted)), more=last - after > wanted)

    def history(self, connection: Connection, command: History) -> Json:
        """Return the `history` event."""
        connection.shard_of(command.room)
        page = self.page(command.room, before=command.before, after=command.after, limit=command.limit)
        shown = events.page(page, connection.user.id, newest=command.after is None)
        return {"event": "history", "room": command.room, **shown}
