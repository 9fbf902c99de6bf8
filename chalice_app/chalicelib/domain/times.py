"""Times as the protocol writes them, and windows of time in which things are counted."""

from datetime import UTC, datetime
from typing import NamedTuple


def timestamp(milliseconds: int) -> str:
    """Return a time since the epoch in ISO 8601 with milliseconds."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(time: str) -> int:
    """Return a time of the protocol as milliseconds since the epoch."""
    return round(datetime.fromisoformat(time).timestamp() * 1000)


class Window(NamedTuple):
    """One of the windows of equal length that time is divided into, and the seconds that are left of it.

    ``end`` is in seconds since the epoch.
    """

    number: int
    end: int
    left: int

    @classmethod
    def at(cls, now: int, seconds: int) -> "Window":
        """Return the window of so many seconds that a time in milliseconds lies in."""
        number, passed = divmod(now // 1000, seconds)
        return cls(number, (number + 1) * seconds, seconds - passed)
