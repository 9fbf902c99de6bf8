"""The list of rooms.

It is made of one small item for each room, which whoever announces there keeps. A room is never asked who is
in it just because somebody looks at the list.
"""

from collections.abc import Sequence
from itertools import islice

from chalicelib.domain.presence import next_probe
from chalicelib.domain.rooms import ListedRoom, RoomList, RoomSummary
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.presence import PresenceTracking

# A room that nobody has come to for so long leaves the list, until somebody comes or writes.
LISTED_DAYS = 30
# How many rooms one look at the list has counted anew, if what it knows of them is too old.
MAX_COUNTED = 10


class Listing:
    """The use case of `GET /rooms`."""

    def __init__(self, rooms: Rooms, presence: PresenceTracking, clock: Clock) -> None:
        self._rooms = rooms
        self._presence = presence
        self._clock = clock

    def rooms(self, after: str | None = None, limit: int | None = None) -> RoomList:
        """Return the rooms that have messages, with how far each was delivered and who is there.

        Parameters
        ----------
        after
            The name of a room; those that follow it are returned.
        limit
            How many are returned at most; all of them by default.
        """
        listed = [known for known in self._rooms.listed() if self._is_used(known)]
        wanted = [known for known in listed if after is None or known.room > after]
        page = wanted if limit is None else wanted[:limit]
        self._count_anew(page)
        online = {known.room: known.online for known in page}
        lines = [
            RoomSummary(state.room, state.delivered, online[state.room])
            for state in self._rooms.states(list(online))
            if state.head
        ]
        return RoomList(tuple(lines), more=len(wanted) > len(page))

    def _is_used(self, known: ListedRoom) -> bool:
        """Return whether a room stays on the list; one that was never counted does."""
        return not known.counted or known.used > self._clock.now() - LISTED_DAYS * 24 * 3600 * 1000

    def _count_anew(self, page: Sequence[ListedRoom]) -> None:
        """Let the rooms be counted that nobody has counted for too long, because all have vanished."""
        now = self._clock.now()
        outdated = [
            known
            for known in page
            if not known.counted or (known.online and now >= next_probe(known.counted, known.online))
        ]
        for known in islice(sorted(outdated, key=lambda known: known.counted), MAX_COUNTED):
            self._presence.count_later(known)
