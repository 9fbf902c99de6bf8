"""What is still to be done of a batch: deliveries that are ready, those that wait, and the outcome."""

import heapq
import random
from collections import deque
from collections.abc import Iterable

from chalicelib.adapters.poster.quarantine import Quarantine
from chalicelib.adapters.poster.report import PostReport
from chalicelib.adapters.poster.signing import quoted

TRIES = 5
"""Failures after which a delivery is given up for this batch."""
TIMEOUT_COST = 3
"""A time-out counts as so many failures: it costs the batch that much longer."""
FREE_REPEATS = 3
"""Broken kept-alive links that do not count: that was the link's fault."""
FIRST_BACKOFF = 0.05
LONGEST_BACKOFF = 1.0
STALL_SECONDS = 1.5
"""The patience with the last ones once at least half of a batch is settled."""
PROBATION_PATIENCE = 0.25
"""Share of the usual patience with a connection that failed in an earlier batch."""


class Delivery:
    """The frames of one connection, in order."""

    __slots__ = ("connection_id", "failures", "frame", "path", "patience", "repeats", "throttles")

    def __init__(self, connection_id: str, *, on_probation: bool = False) -> None:
        self.connection_id = connection_id
        self.path = quoted(connection_id)
        self.frame = 0
        self.failures = TRIES - 1 if on_probation else 0
        self.patience = PROBATION_PATIENCE if on_probation else 1.0
        self.repeats = 0
        self.throttles = 0


class Worklist:
    """Every delivery is at one of these places: ready, waiting, under way (the caller's), or settled."""

    def __init__(
        self, connection_ids: Iterable[str], frames: int, quarantine: Quarantine, now: float
    ) -> None:
        self._frames = frames
        self._quarantine = quarantine
        self._waiting: list[tuple[float, int, Delivery]] = []
        self._order = 0
        self._moved_at = now
        self.delivered = self.requests = self.throttled = self.errors = 0
        self._gone: set[str] = set()
        self._unreached: set[str] = set()
        self._given_up: list[str] = []
        self.ready: deque[Delivery] = deque()
        wanted = dict.fromkeys(connection_ids)
        # Alone, it holds up nobody; and an answer goes to somebody who was heard just now.
        guarded = len(wanted) > 1
        for connection_id in wanted:
            if guarded and quarantine.holds(connection_id, now):
                self._unreached.add(connection_id)
            else:
                on_probation = guarded and quarantine.on_probation(connection_id)
                self.ready.append(Delivery(connection_id, on_probation=on_probation))
        self.open = self.size = len(self.ready)

    def wake(self, now: float) -> None:
        """Move what has waited long enough to the end of those that are ready."""
        while self._waiting and self._waiting[0][0] <= now:
            self.ready.append(heapq.heappop(self._waiting)[2])

    @property
    def next_due(self) -> float | None:
        """When the first of those that wait is due (monotonic)."""
        return self._waiting[0][0] if self._waiting else None

    def stalled(self, now: float) -> bool:
        """Whether only stragglers are left, which would hold up the rest of the room."""
        return self.open * 2 <= self.size and now - self._moved_at > STALL_SECONDS

    def accepted(self, delivery: Delivery, now: float) -> None:
        """The endpoint took the delivery's current frame; its next one comes after everybody's turn."""
        self.delivered += 1
        self._moved_at = now
        delivery.frame += 1
        delivery.patience = 1.0
        self._quarantine.settled(delivery.connection_id)
        if delivery.frame == self._frames:
            self.open -= 1
        else:
            delivery.failures = delivery.repeats = delivery.throttles = 0
            self.ready.append(delivery)

    def gone(self, delivery: Delivery, now: float) -> None:
        """The connection does not exist any more."""
        self._gone.add(delivery.connection_id)
        self._quarantine.settled(delivery.connection_id)
        self._moved_at = now
        self.open -= 1

    def refused(self, delivery: Delivery) -> None:
        """The frame will never be taken, so nothing more is tried for its connection."""
        self.errors += 1
        self._unreached.add(delivery.connection_id)
        self.open -= 1

    def throttle(self, delivery: Delivery, now: float) -> None:
        """Refused for now: the pace is what helps, so this does not count as a failure."""
        self.throttled += 1
        delivery.throttles += 1
        self._wait(delivery, now, delivery.throttles)

    def failed(self, delivery: Delivery, now: float, cost: int = 1) -> None:
        """Try again after a while, unless it failed too often."""
        self.errors += 1
        delivery.failures += cost
        if delivery.failures >= TRIES:
            self._unreached.add(delivery.connection_id)
            self._given_up.append(delivery.connection_id)
            self.open -= 1
        else:
            self._wait(delivery, now, delivery.failures)

    def repeat(self, delivery: Delivery, now: float) -> None:
        """The link broke without an answer: at once on another one, and only then as a failure."""
        if delivery.repeats < FREE_REPEATS:
            delivery.repeats += 1
            self.ready.appendleft(delivery)
        else:
            self.failed(delivery, now)

    def report(self, under_way: Iterable[Delivery], now: float) -> PostReport:
        """The outcome; whatever is not settled by now was not reached."""
        rest = {delivery.connection_id for delivery in (*self.ready, *under_way)}
        rest.update(delivery.connection_id for _, _, delivery in self._waiting)
        if self.stalled(now):
            self._given_up.extend(rest)
        # Where most failed, the trouble is the endpoint's and not theirs.
        if len(self._given_up) * 2 <= self.size:
            self._quarantine.failed(self._given_up, now)
        return PostReport(
            delivered=self.delivered,
            gone=frozenset(self._gone),
            unreached=frozenset(self._unreached | rest),
            requests=self.requests,
            throttled=self.throttled,
            errors=self.errors,
        )

    def _wait(self, delivery: Delivery, now: float, times: int) -> None:
        longest = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (times - 1))
        self._order += 1
        heapq.heappush(self._waiting, (now + longest * random.uniform(0.5, 1.0), self._order, delivery))
