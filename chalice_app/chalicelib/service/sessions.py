"""Signing in: a name becomes a user with a signed token."""

import random
import secrets
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from chalicelib.domain.access_code import AccessCode
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session
from chalicelib.domain.text import check_name, name_key
from chalicelib.errors import AccessDenied, NameTaken, RateLimited, Unauthorized, Unavailable
from chalicelib.service.identity_ports import Attempt, Attempts, Names, Secrets
from chalicelib.service.ports import Clock

NAME_HELD_SECONDS = 24 * 3600  # after the last token for it expired
MAX_ATTEMPTS = 10
ATTEMPTS_WINDOW_SECONDS = 300
# How often, and after which pauses, somebody tries whose network has as many attempts under way.
MAX_TURNS = 100
TURN_SECONDS = 0.05

FORGED = "The token is missing or was not made by this chat: sign in."


class Sessions:
    """Issues tokens, renews them and tells whom one names."""

    def __init__(
        self,
        names: Names,
        secret: Secrets,
        attempts: Attempts,
        clock: Clock,
        access_code: AccessCode | None,
        hours: int,
    ) -> None:
        self._names = names
        self._secret = secret
        self._attempts = attempts
        self._clock = clock
        self._access_code = access_code
        self._seconds = hours * 3600

    def create(self, name: object, access_code: object, source: str) -> Session:
        """Sign somebody in under a name that nobody else holds; `source` is their network address."""
        self._check_access(access_code, source)
        return self._issue(User(secrets.token_hex(8), check_name(name)))

    def renew(self, token: str) -> Session:
        """Return a fresh token for the holder of a valid one, who keeps id and name."""
        return self._issue(self.user(token))

    def user(self, token: str) -> User:
        """Return whom a token names, or raise `Unauthorized`."""
        return self.of(token).user

    def of(self, token: str) -> Session:
        """Return the session of a token, or raise `Unauthorized`."""
        claims = self._claims(token)
        if claims["exp"] <= self._clock.now() // 1000:
            raise Unauthorized("The token has expired: sign in again.")
        return Session(token, User(claims["sub"], claims["name"]), int(claims["exp"]))

    def _claims(self, token: str) -> dict[str, Any]:
        for key in self._secret.token_keys().valid:
            signer = _signer(key)
            try:
                claims: dict[str, Any] = signer.loads(token)
            except BadData:
                continue
            # Base64 has several spellings of the same bytes; a token has one.
            if signer.dumps(claims) == token:
                return claims
        raise Unauthorized(FORGED)

    def _issue(self, user: User) -> Session:
        now = self._clock.now() // 1000
        expires = now + self._seconds
        if not self._names.hold(name_key(user.name), user, expires + NAME_HELD_SECONDS):
            raise NameTaken(f"Somebody else is called {user.name}: choose another name.")
        signer = _signer(self._secret.token_keys().signing(now))
        token = signer.dumps({"sub": user.id, "name": user.name, "exp": expires})
        return Session(str(token), user, expires)

    def _check_access(self, given: object, source: str) -> None:
        if self._access_code is None:
            return
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
        if not isinstance(given, str) or not self._access_code.admits(given):
            self._attempts.failed(source, window)
            raise AccessDenied("The access code is missing or wrong: ask whoever runs this chat for it.")
        self._attempts.succeeded(source, window)

    def _begin(self, source: str, window: int, end: int) -> Attempt:
        for _ in range(MAX_TURNS):
            attempt = self._attempts.begin(source, window, MAX_ATTEMPTS, end)
            if attempt is not Attempt.BUSY:
                return attempt
            self._clock.sleep(random.uniform(0.5, 1.5) * TURN_SECONDS)
        return Attempt.BUSY


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        key,
        salt="undertone-session",
        signer_kwargs={"key_derivation": "hmac", "digest_method": "sha256"},
    )
