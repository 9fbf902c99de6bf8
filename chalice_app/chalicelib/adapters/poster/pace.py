"""How fast requests may go out: additive increase, multiplicative decrease."""

import math

DECREASE_FACTOR = 0.7
MIN_RATE = 20.0
"""Requests a second that still probe an endpoint that refuses everything."""
GROWTH_SHARE = 0.25
"""Share of the rate at the last cut that each second adds."""
MIN_GROWTH = 200.0
"""What each second adds at least: a quota is thousands a second, so a deep cut does not last."""
FORGET_SECONDS = 60.0
"""Seconds without a 429 after which the pace is free again."""
BURST_SECONDS = 0.02
WINDOW_SECONDS = 0.25


class Pace:
    """A rate limit that 429s lower and time raises; without any 429 there is none.

    It lives as long as the poster, so that a batch starts at the pace that the one before it learned.
    """

    def __init__(self) -> None:
        self.rate = math.inf
        self._growth = 0.0
        self._cut_at = -math.inf
        self._updated = 0.0
        self._tokens = 0.0
        self._window_start = -math.inf
        self._accepted = 0
        self._goodput = 0.0

    def begin(self, now: float) -> None:
        """Start to measure what the endpoint accepts, for a new batch."""
        self._window_start, self._accepted, self._goodput = now, 0, 0.0

    def allowance(self, now: float) -> float:
        """Return how many requests may go out at this moment."""
        if self.rate == math.inf:
            return math.inf
        if now - self._cut_at > FORGET_SECONDS:
            self.rate = math.inf
            return math.inf
        elapsed = max(0.0, now - self._updated)
        self._updated = now
        self.rate += self._growth * elapsed
        self._tokens = min(self._tokens + self.rate * elapsed, max(1.0, self.rate * BURST_SECONDS))
        return self._tokens

    def spend(self) -> None:
        """Note that a request went out."""
        self._tokens -= 1.0

    def delay(self) -> float:
        """Return the seconds until the next request may go out."""
        return max(0.0, (1.0 - self._tokens) / self.rate)

    def accepted(self, now: float) -> None:
        """Note that the endpoint took a request."""
        self._accepted += 1
        elapsed = now - self._window_start
        if elapsed >= WINDOW_SECONDS:
            self._goodput = self._accepted / elapsed
            self._window_start, self._accepted = now, 0

    def throttled(self, now: float, sent_at: float) -> None:
        """Lower the pace because of a 429 to a request that left at ``sent_at``."""
        if sent_at < self._cut_at:
            return  # it left before the pace was lowered and says nothing about the pace in force
        elapsed = max(now - self._window_start, 0.01)
        measured = max(self._goodput, self._accepted / elapsed)
        self.rate = max(MIN_RATE, DECREASE_FACTOR * min(self.rate, measured))
        self._growth = max(MIN_GROWTH, GROWTH_SHARE * self.rate)
        self._cut_at = self._updated = now
        self._tokens = 0.0
