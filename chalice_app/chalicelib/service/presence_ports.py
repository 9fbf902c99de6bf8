"""What presence needs from the world."""

from typing import Protocol

from chalicelib.domain.presence import Move, Presence


class Presences(Protocol):
    """Who came and went in each room since the others were told."""

    def get(self, room: str) -> Presence:
        """Return what is kept of a room's presence."""

    def glance(self, room: str) -> Presence:
        """Return what was kept of a room's presence a moment ago, at half the price."""

    def note(self, room: str, move: Move, *, back_soon: bool = False) -> Presence:
        """Note that somebody came or went, and perhaps comes back soon; return what is kept then.

        Moves are kept while they are few and the room is not large; beyond that only that there were more.
        """

    def claim(self, room: str, until: int) -> bool:
        """Take the turn to announce for the delivery function; False if somebody else has it.

        ``until`` is when others may take the turn over, in milliseconds since the epoch.
        """

    def begin(self, room: str, until: int, *, claimed: bool = False) -> Presence | None:
        """Take the turn to announce, with all moves noted so far; None if somebody else has it.

        ``claimed`` says that the turn was claimed for the caller already.
        """

    def finish(self, room: str, online: int, paid_until: int) -> Presence:
        """End the turn; return what is kept then, including the moves noted meanwhile."""
