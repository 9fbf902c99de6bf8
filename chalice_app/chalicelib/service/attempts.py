"""How often a network may try to sign in."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.domain.times import Window
from chalicelib.errors import AccessDenied, RateLimited, Unavailable
from chalicelib.service.identity_ports import Attempt, Attempts
from chalicelib.service.ports import Clock

MAX_ATTEMPTS = 10
ATTEMPTS_WINDOW_SECONDS = 300
# How often, and after which pauses, somebody tries whose network has as many attempts under way.
MAX_TURNS = 100
TURN_SECONDS = 0.05


class AttemptLimit:
    """Lets a network be wrong a few times in a few minutes."""

    def __init__(self, attempts: Attempts, clock: Clock) -> None:
        self._attempts = attempts
        self._clock = clock

    @contextmanager
    def attempt(self, source: str, refused: str) -> Iterator[None]:
        """Attempt something that counts if it raises `AccessDenied`.

        Raises
        ------
        RateLimited
            With the sentence `refused`: too many attempts from there were wrong.
        """
        window = Window.at(self._clock.now(), ATTEMPTS_WINDOW_SECONDS)
        # Counted before it is tried, so that of hundreds at once only the allowed few are tried. A
        # crowd behind one address waits for its turn: it must not be taken for somebody who guesses.
        attempt = self._begin(source, window)
        if attempt is Attempt.REFUSED:
            raise RateLimited(refused, retry_after=window.left)
        if attempt is Attempt.BUSY:
            raise Unavailable("Too many people sign in from your network at once; try again.", retry_after=1)
        wrong = False
        try:
            yield
        except AccessDenied:
            wrong = True
            raise
        finally:
            if wrong:
                self._attempts.failed(source, window.number)
            else:
                self._attempts.succeeded(source, window.number)

    def _begin(self, source: str, window: Window) -> Attempt:
        for _ in range(MAX_TURNS):
            attempt = self._attempts.begin(source, window.number, MAX_ATTEMPTS, window.end)
            if attempt is not Attempt.BUSY:
                return attempt
            self._clock.sleep(random.uniform(0.5, 1.5) * TURN_SECONDS)
        return Attempt.BUSY
