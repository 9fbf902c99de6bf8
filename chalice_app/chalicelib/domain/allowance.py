"""How many frames a connection may send: the generic cell rate algorithm, a leaky bucket in one number.

The number is the time up to which the frames so far are paid for, at one step each. A frame is refused
if that time lies more than a whole burst ahead.
"""

import math
from dataclasses import dataclass

from chalicelib.domain.connections import MAX_ROOMS
from chalicelib.errors import RateLimited

# How soon others hear again that somebody types: sooner of a change than of the same.
TYPING_CHANGE_MS = 500
TYPING_REPEAT_MS = 2_000
JOIN_SHARE = 20
MAX_REFUSED = 100


@dataclass(frozen=True, slots=True)
class Allowance:
    """`per_second` frames in the long run, and `burst` of them at once."""

    per_second: float
    burst: int

    @property
    def step_ms(self) -> int:
        """Return what one frame costs."""
        return max(1, round(1000 / self.per_second))

    def of_joins(self) -> "Allowance":
        """Return the allowance of joins among these frames: a join costs others more than any other frame.

        The burst lets a client join all of its rooms twice in a row.
        """
        return Allowance(self.per_second / JOIN_SHARE, max(2 * MAX_ROOMS, self.burst // JOIN_SHARE))

    def of_refusals(self) -> "Allowance":
        """Return how many frames may be refused: as many as are served in the long run, and so many at once.

        Whoever waits as long as each refusal says stays below it.
        """
        return Allowance(self.per_second, MAX_REFUSED)

    def latest(self, now: int) -> int:
        """Return how far ahead of `now` the frames so far may be paid for if one more is to pass."""
        return now + (self.burst - 1) * self.step_ms

    def check(self, paid_until: int, now: int) -> None:
        """Raise `RateLimited` if the burst is used up; times are in milliseconds."""
        wait = paid_until - self.latest(now)
        if wait > 0:
            seconds = math.ceil(wait / 100) / 10  # never less than the wait, or the next try is refused too
            raise RateLimited(f"That was too fast: try again in {seconds:g} s.", retry_after=seconds)
