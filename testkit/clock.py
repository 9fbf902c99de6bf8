"""Time that tests move."""


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
