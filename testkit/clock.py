"""Time that tests move."""

from chalicelib.adapters.clock import SystemClock


class CalmClock(SystemClock):
    """The real time of day, and a monotonic clock that only sleeping moves.

    However slowly the machine answers, no lease has to be renewed.
    """

    def __init__(self) -> None:
        self._slept = 0.0

    def monotonic(self) -> float:
        return self._slept

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self._slept += seconds


class FakeClock:
    """A clock that stands still unless somebody sleeps or moves it."""

    def __init__(self, now: int = 1_795_341_600_000) -> None:
        self._now = now
        self._monotonic = 0.0

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def sleep(self, seconds: float) -> None:
        self._now += round(seconds * 1000)
        self._monotonic += seconds
