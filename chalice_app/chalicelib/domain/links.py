"""Secrets in links that the chat makes: of them only a hash is stored."""

import hashlib
import secrets

_SECRET_BYTES = 24


def new_secret() -> str:
    """Return a secret that nobody guesses, which needs no escaping in an address."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def stored(secret: str) -> str:
    """Return what is stored of a secret: 64 hex digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
