"""The system's clock, which a test moves."""

import time


class MovedClock:
    """The port `Clock`; ``ahead`` is by how many seconds it is ahead of the provider's."""

    def __init__(self) -> None:
        self.ahead = 0

    def now(self) -> int:
        return int((time.time() + self.ahead) * 1000)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.ahead += int(seconds)
