"""What the pulse of rooms needs from the world."""

from typing import Protocol

from chalicelib.domain.events import MoodTurned
from chalicelib.domain.pulse import Hour, Turn, Usual


class Pulses(Protocol):
    """What is kept of each hour of a room, for a little longer than anybody can ask for."""

    def add(self, room: str, summed: Hour) -> Hour:
        """Add what was said to an hour, and return all of it as it is now."""

    def begin(self, room: str, begin: int, usual: Usual | None, turn: Turn | None) -> Hour:
        """Keep with an hour what is usual, and the turn that goes on from before; return all of it."""

    def turn(self, room: str, begin: int, turn: Turn, was: Turn | None) -> bool:
        """Keep a turn that people are to be told of; False if somebody else has kept one meanwhile."""

    def hours(self, room: str, first: int, end: int) -> list[Hour]:
        """Return the hours that begin from `first` on and before `end`; they may be some moments old."""


class Heralds(Protocol):
    """Who outside the chat is told when the mood of an open room turns."""

    def tell(self, turn: MoodTurned, title: str) -> None:
        """Tell them once, without a second try; a failure is logged and counted, not raised."""
