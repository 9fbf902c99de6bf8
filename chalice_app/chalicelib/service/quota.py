"""How often something may happen in a window of time."""

from chalicelib.domain.times import Window
from chalicelib.errors import RateLimited
from chalicelib.service.identity_ports import Attempt, Attempts
from chalicelib.service.ports import Clock


class Quota:
    """Counts what happens, by key, in windows of so many seconds; at most `most` in each."""

    def __init__(self, attempts: Attempts, clock: Clock, most: int, seconds: int) -> None:
        self._attempts = attempts
        self._clock = clock
        self._most = most
        self._seconds = seconds

    def count(self, key: str, refused: str) -> None:
        """Count something that happens now, or raise `RateLimited` with the sentence `refused`."""
        window = Window.at(self._clock.now(), self._seconds)
        if self._attempts.begin(key, window.number, self._most, window.end) is not Attempt.BEGUN:
            raise RateLimited(refused, retry_after=window.left)
