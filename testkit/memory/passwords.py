"""Hashes of passwords in memory."""

from chalicelib.domain.passwords import StoredPassword
from chalicelib.service.password_ports import PasswordPorts

# As a hash is made in the deployment, but for 16 rounds: tests make hundreds of them.
LOG_COST = 4


class MemoryPasswords:
    """The port `StoredPasswords`."""

    def __init__(self) -> None:
        self.stored: dict[str, StoredPassword] = {}

    def of(self, user_id: str) -> StoredPassword | None:
        return self.stored.get(user_id)

    def put(self, user_id: str, password: StoredPassword) -> None:
        self.stored[user_id] = password

    def drop(self, user_id: str) -> None:
        self.stored.pop(user_id, None)


def password_ports() -> PasswordPorts:
    """Return the ports of passwords in memory, whose hashes cost next to nothing."""
    return PasswordPorts(MemoryPasswords(), LOG_COST)
