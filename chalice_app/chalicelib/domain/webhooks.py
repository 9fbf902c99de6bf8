"""Addresses at which bots are called, and what becomes of it."""

import base64
import hmac
import secrets
from typing import Literal, NamedTuple

from chalicelib.domain.access import About
from chalicelib.domain.messages import Message, User

MAX_FAILURES = 20
"""After so many calls in a row that failed, a bot is not called until its owner has tried it."""

_SECRET_BYTES = 24
_PREFIX = "whsec_"

Reason = Literal["mention", "direct", "press", "test"]
"""Why a bot is called."""


class Press(NamedTuple):
    """Somebody's press of a button below a message of a bot; ``id`` is its own."""

    id: str
    value: str
    user: User


class Call(NamedTuple):
    """What a bot is told: a message and what its room is, and the press if a button was pressed.

    ``id`` is the same one however often the call is repeated. A test has no message, and a room that nobody
    has described no ``about``.
    """

    id: str
    reason: Reason
    bot: User
    about: About | None = None
    message: Message | None = None
    press: Press | None = None


class Webhook(NamedTuple):
    """Where a bot is called, and the secret with which calls are signed.

    ``failures`` are the calls in a row that failed, up to the last one; ``failed`` is when a call last did
    (ms since the epoch, 0 for never), and ``problem`` says why, for the bot's owner.
    """

    url: str
    secret: str
    failures: int = 0
    failed: int = 0
    problem: str = ""

    @property
    def is_off(self) -> bool:
        """Return whether the bot is not called any more."""
        return self.failures >= MAX_FAILURES


def new_secret() -> str:
    """Return a secret as Standard Webhooks writes it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed(secret: str, identifier: str, seconds: int, body: bytes) -> dict[str, str]:
    """Return the headers that prove who calls, and when (seconds since the epoch): Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    made = hmac.digest(key, f"{identifier}.{seconds}.".encode() + body, "sha256")
    return {
        "Webhook-Id": identifier,
        "Webhook-Timestamp": str(seconds),
        "Webhook-Signature": f"v1,{base64.b64encode(made).decode()}",
    }
