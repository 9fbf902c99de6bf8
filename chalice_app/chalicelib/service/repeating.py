"""Frames of the log that did not reach a connection, posted to it again.

A push is an optimisation: whoever misses one finds out by its next ping, which may be minutes away. So the
delivery function tries again, for about half a minute.
"""

import logging
from collections.abc import Collection

from chalicelib.domain.events import NewEntries
from chalicelib.domain.messages import complete
from chalicelib.errors import Unavailable
from chalicelib.service.attendance import Attendance
from chalicelib.service.ports import Clock, Invoker, RoomLog
from chalicelib.service.posting import Posting

logger = logging.getLogger(__name__)

PAUSES_SECONDS = (2.0, 6.0, 15.0)
POST_SECONDS = 5.0
# Further entries than these need not be repeated: the client sees the gap and reads it.
MAX_ENTRIES = 50
# A connection that stays unreachable is not tried by one run after the other.
PER_CONNECTION_SECONDS = 60.0
MAX_KNOWN_CONNECTIONS = 10_000


class Repeating:
    """Posts again what did not reach a connection."""

    def __init__(
        self, log: RoomLog, attendance: Attendance, posting: Posting, invoker: Invoker, clock: Clock
    ) -> None:
        self._log = log
        self._attendance = attendance
        self._posting = posting
        self._invoker = invoker
        self._clock = clock
        self._begun: dict[str, float] = {}  # when this process last had a connection tried again

    def later(self, room: str, shard: int, after: int, unreached: Collection[str]) -> None:
        """Let the delivery function post what follows a position to connections that were not reached."""
        now = self._clock.monotonic()
        since = now - PER_CONNECTION_SECONDS
        wanted = [one for one in sorted(unreached) if self._begun.get(one, since) <= since]
        if not wanted:
            return
        if len(self._begun) + len(wanted) > MAX_KNOWN_CONNECTIONS:
            self._begun.clear()
        self._begun.update(dict.fromkeys(wanted, now))
        self._invoker.repeat(room, shard, after, wanted)

    def repeat(self, room: str, shard: int, after: int, connection_ids: Collection[str]) -> None:
        """Post what follows a position to those who are still subscribed, until it has reached them.

        Who is not reached in the end finds out by a ping.
        """
        waiting = frozenset(connection_ids)
        for pause in PAUSES_SECONDS:
            self._clock.sleep(pause)
            try:
                waiting = self._post(room, shard, after, waiting)
            except Unavailable:
                logger.warning("frames were not repeated", extra={"room": room}, exc_info=True)
            if not waiting:
                return

    def _post(self, room: str, shard: int, after: int, waiting: Collection[str]) -> frozenset[str]:
        """Return who was not reached."""
        entries = complete(self._log.entries(room, after, MAX_ENTRIES), after)
        # Readers are read last: who has left, or was removed, gets nothing more.
        here = [reader.connection_id for reader in self._attendance.readers(room, shard)]
        recipients = [one for one in here if one in waiting]
        if not entries or not recipients:
            return frozenset()
        report = self._posting.deliver(
            recipients,
            NewEntries(room, tuple(entries)),
            deadline=self._clock.monotonic() + POST_SECONDS,
            on_progress=lambda: True,
        )
        return report.unreached
