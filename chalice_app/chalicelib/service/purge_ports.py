"""What the use cases of taking away for good need from the world."""

from typing import NamedTuple, Protocol

from chalicelib.domain.purges import Purge


class Purges(Protocol):
    """What is to be taken away, and how far that is."""

    def keep(self, purge: Purge) -> None:
        """Write down how far it is; one that is done is forgotten after a week."""

    def find(self, purge_id: str) -> Purge | None:
        """Return it as it was last written down, read consistently."""

    def unfinished(self) -> list[Purge]:
        """Return those that are not done, by id; may be some moments old."""


class Remains(Protocol):
    """What is stored of a room that was deleted."""

    def take(self, room: str, most: int) -> int:
        """Delete up to about so many things that are left of a room; return how many were, 0 if none is left.

        What leads to other things is deleted after them, so that it can be interrupted anywhere. Of the room
        stays that its name is used up.
        """


class PurgePorts(NamedTuple):
    """The two that belong together."""

    purges: Purges
    remains: Remains
