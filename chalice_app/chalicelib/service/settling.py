"""Writes that are made anew while somebody else writes first."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.errors import Unavailable
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock

MAX_ATTEMPTS = 10
_PAUSE_SECONDS = 0.02  # longer by as much after every attempt

T = TypeVar("T")


def settled(clock: Clock, attempt: Callable[[], T]) -> T:
    """Return what an attempt returns that nobody came in the way of.

    Raises
    ------
    Unavailable
        Others wrote first, time after time.
    """
    for n in range(MAX_ATTEMPTS):
        try:
            return attempt()
        except WriteConflict:
            clock.sleep(_PAUSE_SECONDS * n)
    raise Unavailable("The room is being changed by others; try again.", retry_after=1)
