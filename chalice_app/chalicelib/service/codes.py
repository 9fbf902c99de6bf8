"""The codes that people must know: one to enter, one to be an admin."""

import random

from chalicelib.domain.codes import HashedCode
from chalicelib.errors import AccessDenied, RateLimited, Unavailable
from chalicelib.service.identity_ports import Attempt, Attempts
from chalicelib.service.ports import Clock

MAX_ATTEMPTS = 10
ATTEMPTS_WINDOW_SECONDS = 300
# How often, and after which pauses, somebody tries whose network has as many attempts under way.
MAX_TURNS = 100
TURN_SECONDS = 0.05


class Codes:
    """Compares codes, as often as a network may try. No access code asks nobody; no admin code, no admin."""

    def __init__(
        self,
        attempts: Attempts,
        clock: Clock,
        access_code: HashedCode | None,
        admin_code: HashedCode | None = None,
    ) -> None:
        self._attempts = attempts
        self._clock = clock
        self._access_code = access_code
        self._admin_code = admin_code

    def check_access(self, given: object, source: str) -> None:
        """Return if somebody may enter, or raise `AccessDenied`; `source` is their network address."""
        if self._access_code:
            missing = "The access code is missing or wrong: ask whoever runs this chat for it."
            self._compare(given, self._access_code, source, missing)

    def check_admin(self, given: object, source: str) -> None:
        """Return if somebody may be an admin, or raise `AccessDenied`."""
        if not self._admin_code:
            raise AccessDenied("This chat has no admin code: sign in without one.")
        self._compare(given, self._admin_code, source, "The admin code is wrong: sign in without it, or ask.")

    def _compare(self, given: object, code: HashedCode, source: str, wrong: str) -> None:
        seconds = self._clock.now() // 1000
        window = seconds // ATTEMPTS_WINDOW_SECONDS
        end = (window + 1) * ATTEMPTS_WINDOW_SECONDS
        # Counted before it is compared, so that of hundreds at once only the allowed few are compared. A
        # crowd behind one address waits for its turn: it must not be taken for somebody who guesses.
        attempt = self._begin(source, window, end)
        if attempt is Attempt.REFUSED:
            raise RateLimited("Too many wrong access codes: wait a few minutes.", retry_after=end - seconds)
        if attempt is Attempt.BUSY:
            raise Unavailable("Too many people sign in from your network at once; try again.", retry_after=1)
        if not isinstance(given, str) or not code.admits(given):
            self._attempts.failed(source, window)
            raise AccessDenied(wrong)
        self._attempts.succeeded(source, window)

    def _begin(self, source: str, window: int, end: int) -> Attempt:
        for _ in range(MAX_TURNS):
            attempt = self._attempts.begin(source, window, MAX_ATTEMPTS, end)
            if attempt is not Attempt.BUSY:
                return attempt
            self._clock.sleep(random.uniform(0.5, 1.5) * TURN_SECONDS)
        return Attempt.BUSY
