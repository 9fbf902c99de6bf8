"""What the use cases of passwords need."""

from typing import NamedTuple, Protocol

from chalicelib.domain.passwords import StoredPassword


class StoredPasswords(Protocol):
    """The hashes of people's passwords, by the people's ids."""

    def of(self, user_id: str) -> StoredPassword | None:
        """Return what is stored of somebody's password, read consistently."""

    def put(self, user_id: str, password: StoredPassword) -> None:
        """Store a password's hash in place of the one before."""

    def drop(self, user_id: str) -> None:
        """Forget somebody's password."""


class PasswordPorts(NamedTuple):
    """Where passwords are stored, and the logarithm of what a new hash costs."""

    stored: StoredPasswords
    log_cost: int
