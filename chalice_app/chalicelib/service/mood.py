"""The mood of a room over time, for a chart."""

from chalicelib.domain.messages import Message
from chalicelib.domain.moods import Bucket, buckets
from chalicelib.domain.times import timestamp
from chalicelib.service.ports import Clock, RoomLog, Rooms
from chalicelib.service.reading import Reading

PAGE_SIZE = 100
# So many messages are enough for a chart of any time; more would only cost more.
MAX_MESSAGES = 2_000


class MoodOverTime:
    """The use case of `GET /rooms/{room}/mood`."""

    def __init__(self, log: RoomLog, reading: Reading, rooms: Rooms, clock: Clock) -> None:
        self._log = log
        self._reading = reading
        self._rooms = rooms
        self._clock = clock

    def of(self, room: str, minutes: int) -> list[Bucket]:
        """Return the moods of the last minutes, in buckets of equal length, the oldest first."""
        now = self._clock.now()
        begin = now - minutes * 60_000
        return buckets(self._messages(room, timestamp(begin)), begin, now)

    def _messages(self, room: str, since: str) -> list[Message]:
        """Return the scored messages of a room since a time, the newest first."""
        found: list[Message] = []
        before = self._reading.readable_head(self._rooms.state(room)) + 1
        while len(found) < MAX_MESSAGES:
            page = self._log.newest(room, before, PAGE_SIZE)
            messages = [m for m in reversed(page.entries) if isinstance(m, Message)]
            recent = [m for m in messages if m.sent_at >= since]
            found += [m for m in recent if m.sentiment is not None]
            if not page.more or len(recent) < len(messages):
                break
            before = messages[-1].seq
        return found
