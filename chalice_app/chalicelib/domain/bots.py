"""Bots of people, and hooks through which other programs write to a room."""

from typing import NamedTuple

from chalicelib.domain.messages import User


class Bot(NamedTuple):
    """A bot of somebody, the session of its token, and when that expires (seconds since the epoch)."""

    user: User
    session: str
    expires: int


class Hook(NamedTuple):
    """A way into a room: whoever knows its secret writes there under its name."""

    id: str
    room: str
    name: str
    by: str

    @property
    def user(self) -> User:
        """Return as whom it writes."""
        return User(f"hook-{self.id}", self.name, bot=True)
