"""The broadcaster's rollups: what was delivered is added to its hour, and a turn of the mood is noticed.

It is added in whole blocks of the log, by whoever delivers the last position of one.
"""

import logging
from collections.abc import Sequence

from chalicelib.domain.messages import Entry
from chalicelib.domain.pulse import HOUR_MS, Hour, Turn, has_pulse, hours_of, last_block, usual_of
from chalicelib.domain.turns import FEWEST_HOURS, carried, direction_of, is_news
from chalicelib.errors import Unavailable
from chalicelib.metrics import Metric, Metrics
from chalicelib.service.ports import Clock, Invoker, RoomLog
from chalicelib.service.pulse_ports import Pulses

logger = logging.getLogger(__name__)

USUAL_HOURS = 14 * 24


class RollingUp:
    """Keeps the hours of rooms; `record` is called once for each delivery, after it."""

    def __init__(
        self, pulses: Pulses, log: RoomLog, invoker: Invoker, clock: Clock, metrics: Metrics
    ) -> None:
        self._pulses = pulses
        self._log = log
        self._invoker = invoker
        self._clock = clock
        self._metrics = metrics

    def record(self, room: str, entries: Sequence[Entry]) -> None:
        """Add the blocks that end with what was delivered. A fault loses these counts and is counted itself.

        ``entries`` are all that one broadcaster has delivered, ascending and without gaps.
        """
        if not has_pulse(room) or not entries or last_block(entries[-1].at) < entries[0].at:
            return
        try:
            for summed in hours_of(self._whole_blocks(room, entries)):
                self._record(room, summed)
        except Unavailable:
            self._metrics.count(Metric.ROLLUP_FAULTS)
            logger.warning("messages are missing in the pulse", extra={"room": room}, exc_info=True)

    def _whole_blocks(self, room: str, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries of all blocks that end in these; their beginnings were delivered by others."""
        first, end = entries[0].at, last_block(entries[-1].at)
        before = last_block(first - 1)
        missing = self._log.entries(room, before, first - 1 - before) if before < first - 1 else []
        return [
            *(entry for entry in missing if entry.at < first),
            *(entry for entry in entries if entry.at <= end),
        ]

    def _record(self, room: str, summed: Hour) -> None:
        hour = self._pulses.add(room, summed)
        if hour.count == summed.count:
            hour = self._begin(room, hour.begin)
        direction = direction_of(hour)
        now = self._clock.now()
        if direction is None or not is_news(hour, direction, now):
            return
        if self._pulses.turn(room, hour.begin, Turn(direction, now), hour.turn):
            self._invoker.tell("turned", room, [])

    def _begin(self, room: str, begin: int) -> Hour:
        """Look up once for each hour what is usual: whoever counts its first messages does."""
        before = self._pulses.hours(room, begin - USUAL_HOURS * HOUR_MS, begin)
        told = [hour for hour in before if hour.mean is not None]
        usual = usual_of(told) if len(told) >= FEWEST_HOURS else None
        last = carried(before[-1]) if before and before[-1].begin == begin - HOUR_MS else None
        return self._pulses.begin(room, begin, usual, last.turn if last else None)
