"""What the use cases need to know and to limit who somebody is."""

from enum import Enum, auto
from typing import Protocol

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import TokenKeys


class Names(Protocol):
    """Who holds which name."""

    def hold(self, key: str, user: User, until: int) -> bool:
        """Hold a name until a time (seconds since the epoch); False if somebody else does."""


class Secrets(Protocol):
    """The keys that sign tokens."""

    def token_keys(self) -> TokenKeys:
        """Return the deployment's keys, the first made on first use; changes are known within minutes."""


class Attempt(Enum):
    """Whether an attempt at the access code may be compared with it."""

    BEGUN = auto()
    BUSY = auto()
    """So many are under way that one has to wait until they are right or wrong."""
    REFUSED = auto()
    """Too many were wrong."""


class Attempts(Protocol):
    """Counts attempts at the access code, by source and window of time."""

    def begin(self, source: str, window: int, most: int, expires: int) -> Attempt:
        """Count an attempt; if `most` are counted already, say why not and count nothing.

        The count is forgotten at ``expires`` (seconds since the epoch).
        """

    def succeeded(self, source: str, window: int) -> None:
        """Take back an attempt that was right."""

    def failed(self, source: str, window: int) -> None:
        """Note that an attempt was wrong; it stays counted."""


class NewRooms(Protocol):
    """Counts the rooms that each user was the first to come to, by day."""

    def open(self, user: User, room: str, day: int, most: int) -> bool:
        """Count a room once; if `most` others are counted for that day already, return False.

        ``day`` is counted since the epoch.
        """
