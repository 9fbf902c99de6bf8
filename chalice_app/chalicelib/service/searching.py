"""Search in a room: its log read backwards, several parts at a time, within a budget.

There is no index to keep. What was looked at is told, so that whoever searches can go on from there.
"""

from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.messages import Message
from chalicelib.domain.searching import Found, Query
from chalicelib.service.ports import Clock, RoomLog, Rooms
from chalicelib.service.reading import Reading

PARTS_AT_ONCE = 8
# What one search may read, and how long it may take: well below the 29 s that API Gateway waits for.
MAX_PARTS = 64
MAX_SECONDS = 5.0


class Searching:
    """The use case of `GET /rooms/{room}/search`."""

    def __init__(self, log: RoomLog, reading: Reading, rooms: Rooms, clock: Clock) -> None:
        self._log = log
        self._reading = reading
        self._rooms = rooms
        self._clock = clock

    def find(self, room: str, query: Query, before: int | None, limit: int) -> Found:
        """Return the newest messages before a position that have what is looked for.

        Parameters
        ----------
        limit
            How many are returned at most.
        """
        head = self._reading.readable_head(self._rooms.state(room))
        last = min(head, head if before is None else before - 1)
        ends = self._clock.monotonic() + MAX_SECONDS
        found: list[Message] = []
        first, read = last + 1, 0
        with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
            while first > 1 and read < MAX_PARTS and self._clock.monotonic() < ends:
                bounds = self._log.parts_before(first, PARTS_AT_ONCE)
                for part in pool.map(lambda bound: self._log.messages(room, *bound), bounds):
                    found += [message for message in reversed(part) if query.finds(message)]
                first, read = bounds[-1][0], read + len(bounds)
                if len(found) >= limit:
                    return _cut(found, first, last, limit)
        return Found(tuple(found), first, last, more=first > 1)


def _cut(found: list[Message], first: int, last: int, limit: int) -> Found:
    """Return as many as are wanted, and say that it was looked at nothing before the oldest of them."""
    kept = tuple(found[:limit])
    if len(found) > limit:
        first = kept[-1].seq
    return Found(kept, first, last, more=first > 1)
