"""What is still to be done of a batch: deliveries that are ready, those that wait, and the outcome."""

import heapq
import random
from collections import deque
from collections.abc import Iterable

from chalicelib.adapters.poster.contract import PostReport
from chalicelib.adapters.poster.signing import quoted

TRIES = 5
"""Failures after which a delivery is given up for this batch."""
TIMEOUT_COST = 2
"""A time-out counts as so many failures: it costs the batch that much longer."""
FREE_REPEATS = 3
"""Broken kept-alive links that do not count: that was the link's fault."""
FIRST_BACKOFF = 0.05
LONGEST_BACKOFF = 1.0


class Delivery:
    """The frames of one connection, in order."""

    __slots__ = ("connection_id", "failures", "frame", "path", "repeats", "throttles")

    def __init__(self, connection_id: str) -> None:
        self.connection_id = connection_id
        self.path = quoted(connection_id)
        self.frame = 0
        self.failures = 0
        self.repeats = 0
        self.throttles = 0


class Worklist:
    """Every delivery is at one of these places: ready, waiting, under way (the caller's), or settled."""

    def __init__(self, connection_ids: Iterable[str], frames: int) -> None:
        self.ready = deque(Delivery(connection_id) for connection_id in dict.fromkeys(connection_ids))
        self._frames = frames
        self._waiting: list[tuple[float, int, Delivery]] = []
        self._order = 0
        self.open = len(self.ready)
        self.size = self.open
        self.delivered = self.requests = self.throttled = self.errors = 0
        self._gone: set[str] = set()
        self._unreached: set[str] = set()

    def wake(self, now: float) -> None:
        """Move what has waited long enough to the end of those that are ready."""
        while self._waiting and self._waiting[0][0] <= now:
            self.ready.append(heapq.heappop(self._waiting)[2])

    @property
    def next_due(self) -> float | None:
        """When the first of those that wait is due (monotonic)."""
        return self._waiting[0][0] if self._waiting else None

    def accepted(self, delivery: Delivery) -> None:
        """The endpoint took the delivery's current frame; its next one comes after everybody's turn."""
        self.delivered += 1
        delivery.frame += 1
        if delivery.frame == self._frames:
            self.open -= 1
        else:
            delivery.failures = delivery.repeats = delivery.throttles = 0
            self.ready.append(delivery)

    def gone(self, delivery: Delivery) -> None:
        """The connection does not exist any more."""
        self._gone.add(delivery.connection_id)
        self.open -= 1

    def unreached(self, delivery: Delivery) -> None:
        """Nothing more is tried for it in this batch."""
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
            self.unreached(delivery)
        else:
            self._wait(delivery, now, delivery.failures)

    def repeat(self, delivery: Delivery, now: float) -> None:
        """The link broke without an answer: at once on another one, and only then as a failure."""
        if delivery.repeats < FREE_REPEATS:
            delivery.repeats += 1
            self.ready.appendleft(delivery)
        else:
            self.failed(delivery, now)

    def report(self, under_way: Iterable[Delivery]) -> PostReport:
        """The outcome; whatever is not settled by now was not reached."""
        rest = {delivery.connection_id for delivery in (*self.ready, *under_way)}
        rest.update(delivery.connection_id for _, _, delivery in self._waiting)
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
