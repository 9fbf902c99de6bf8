"""How fast requests may be sent: additive increase, multiplicative decrease."""

import math

CUT = 0.7
MIN_RATE = 20.0
"""Requests a second that still probe an endpoint that refuses everything."""
GROWTH = 0.25
"""Each second adds this share of the rate at the last cut."""
MIN_GROWTH = 200.0
"""Requests a second that each second adds at least: quotas are thousands, so a deep cut is temporary."""
THROTTLE_MEMORY_SECONDS = 60.0
"""After so long without a 429 there is no limit again."""
BURST_SECONDS = 0.02
WINDOW_SECONDS = 0.25


class Pace:
    """A rate limit that each 429 lowers and time raises; without any 429 there is none.

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
        """Measure what the endpoint accepts from now on: a batch starts."""
        self._window_start, self._accepted, self._goodput = now, 0, 0.0

    def allowance(self, now: float) -> float:
        """Return how many requests may be sent now."""
        if self.rate == math.inf:
            return math.inf
        if now - self._cut_at > THROTTLE_MEMORY_SECONDS:
            self.rate = math.inf
            return math.inf
        elapsed = max(0.0, now - self._updated)
        self._updated = now
        self.rate += self._growth * elapsed
        self._tokens = min(self._tokens + self.rate * elapsed, max(1.0, self.rate * BURST_SECONDS))
        return self._tokens

    def spend(self) -> None:
        """Count a request that was sent."""
        self._tokens -= 1.0

    def delay_seconds(self) -> float:
        """Return the seconds until the next request may be sent."""
        return max(0.0, (1.0 - self._tokens) / self.rate)

    def accepted(self, now: float) -> None:
        """Count a request that the endpoint accepted."""
        self._accepted += 1
        elapsed = now - self._window_start
        if elapsed >= WINDOW_SECONDS:
            self._goodput = self._accepted / elapsed
            self._window_start, self._accepted = now, 0

    def throttled(self, now: float, sent_at: float) -> None:
        """Lower the rate after a 429 to a request that was sent at ``sent_at``."""
        if sent_at < self._cut_at:
            return  # it was sent before the rate was lowered and says nothing about the current rate
        elapsed = max(now - self._window_start, 0.01)
        measured = max(self._goodput, self._accepted / elapsed)
        self.rate = max(MIN_RATE, CUT * min(self.rate, measured))
        self._growth = max(MIN_GROWTH, GROWTH * self.rate)
        self._cut_at = self._updated = now
        self._tokens = 0.0
