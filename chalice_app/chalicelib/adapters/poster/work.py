"""The work of a batch: deliveries that are ready, deliveries that wait for a retry, and the outcome."""

import heapq
import random
from collections import deque
from collections.abc import Iterable

from chalicelib.adapters.poster.quarantine import Quarantine
from chalicelib.adapters.poster.report import PostReport
from chalicelib.adapters.poster.signing import quoted

MAX_FAILURES = 5
"""Failures after which a delivery is given up for this batch."""
TIMEOUT_FAILURES = 3
"""A timeout counts as so many failures, because it takes that much longer."""
MAX_FREE_REPEATS = 3
"""Broken kept-alive connections that do not count as failures of the delivery."""
FIRST_BACKOFF_SECONDS = 0.05
MAX_BACKOFF_SECONDS = 1.0
STALL_SECONDS = 1.5
"""How long the last deliveries may make no progress once at least half of a batch is settled."""
PROBATION_TIMEOUT_SHARE = 0.25
"""Share of the request timeout for a connection that failed in an earlier batch."""


class Delivery:
    """The frames of one connection, in order."""

    __slots__ = ("connection_id", "failures", "frame", "path", "repeats", "throttles", "timeout_share")

    def __init__(self, connection_id: str, *, on_probation: bool = False) -> None:
        self.connection_id = connection_id
        self.path = quoted(connection_id)
        self.frame = 0
        self.failures = MAX_FAILURES - 1 if on_probation else 0
        self.timeout_share = PROBATION_TIMEOUT_SHARE if on_probation else 1.0
        self.repeats = 0
        self.throttles = 0


class Worklist:
    """The state of each delivery: ready, waiting, in flight (the caller keeps those), or settled."""

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
        # A single connection holds up nobody, and an answer goes to a client that was active just now.
        guarded = len(wanted) > 1
        for connection_id in wanted:
            if guarded and quarantine.holds(connection_id, now):
                self._unreached.add(connection_id)
            else:
                on_probation = guarded and quarantine.on_probation(connection_id)
                self.ready.append(Delivery(connection_id, on_probation=on_probation))
        self.open = self.size = len(self.ready)

    def wake(self, now: float) -> None:
        """Move deliveries that have waited long enough to the end of those that are ready."""
        while self._waiting and self._waiting[0][0] <= now:
            self.ready.append(heapq.heappop(self._waiting)[2])

    @property
    def next_due(self) -> float | None:
        """When the first waiting delivery is due (``time.monotonic()``), or None if none waits."""
        return self._waiting[0][0] if self._waiting else None

    def stalled(self, now: float) -> bool:
        """Whether only stragglers are left, which would hold up the rest of the room."""
        return self.open * 2 <= self.size and now - self._moved_at > STALL_SECONDS

    def accepted(self, delivery: Delivery, now: float) -> None:
        """Go on to the delivery's next frame, after everybody else's turn."""
        self.delivered += 1
        self._moved_at = now
        delivery.frame += 1
        delivery.timeout_share = 1.0
        self._quarantine.settled(delivery.connection_id)
        if delivery.frame == self._frames:
            self.open -= 1
        else:
            delivery.failures = delivery.repeats = delivery.throttles = 0
            self.ready.append(delivery)

    def gone(self, delivery: Delivery, now: float) -> None:
        """Settle a connection that does not exist any more."""
        self._gone.add(delivery.connection_id)
        self._quarantine.settled(delivery.connection_id)
        self._moved_at = now
        self.open -= 1

    def refused(self, delivery: Delivery) -> None:
        """Settle a connection whose frame will never be accepted: its later frames are not sent."""
        self.errors += 1
        self._unreached.add(delivery.connection_id)
        self.open -= 1

    def throttle(self, delivery: Delivery, now: float) -> None:
        """Retry later after a 429; the pace solves that, so it does not count as a failure."""
        self.throttled += 1
        delivery.throttles += 1
        self._wait(delivery, now, delivery.throttles)

    def failed(self, delivery: Delivery, now: float, cost: int = 1) -> None:
        """Retry later, unless it failed too often."""
        self.errors += 1
        delivery.failures += cost
        if delivery.failures >= MAX_FAILURES:
            self._unreached.add(delivery.connection_id)
            self._given_up.append(delivery.connection_id)
            self.open -= 1
        else:
            self._wait(delivery, now, delivery.failures)

    def repeat(self, delivery: Delivery, now: float) -> None:
        """Repeat at once after a kept-alive connection broke; count a failure if that happens too often."""
        if delivery.repeats < MAX_FREE_REPEATS:
            delivery.repeats += 1
            self.ready.appendleft(delivery)
        else:
            self.failed(delivery, now)

    def report(self, in_flight: Iterable[Delivery], now: float) -> PostReport:
        """Return the outcome; deliveries that are not settled by now count as unreached."""
        rest = {delivery.connection_id for delivery in (*self.ready, *in_flight)}
        rest.update(delivery.connection_id for _, _, delivery in self._waiting)
        if self.stalled(now):
            self._given_up.extend(rest)
        # If most failed, the cause is the endpoint and not the connections.
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
        backoff_seconds = min(MAX_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** (times - 1))
        self._order += 1
        due_at = now + backoff_seconds * random.uniform(0.5, 1.0)
        heapq.heappush(self._waiting, (due_at, self._order, delivery))
