"""Connections that did not answer recently: they must not hold up the next batches of their room."""

from collections.abc import Iterable

FIRST_SECONDS = 1.0
MAX_SECONDS = 30.0
MAX_REMEMBERED = 10_000
"""Connections remembered; those whose time ends first are forgotten first."""


class Quarantine:
    """Leaves a connection out for a while, doubled with each further failure.

    A client that misses a frame recovers from the log anyway, so one that is left out loses nothing more.
    Once its time is over it is on probation: it is tried once more, with a short timeout.
    """

    def __init__(self) -> None:
        self._until: dict[str, tuple[float, float]] = {}

    def holds(self, connection_id: str, now: float) -> bool:
        """Return whether it is to be left out."""
        held = self._until.get(connection_id)
        return held is not None and now < held[0]

    def on_probation(self, connection_id: str) -> bool:
        """Return whether it failed and has not been reached since."""
        return connection_id in self._until

    def failed(self, connection_ids: Iterable[str], now: float) -> None:
        """Note that these were given up."""
        for connection_id in connection_ids:
            _, seconds = self._until.pop(connection_id, (0.0, FIRST_SECONDS / 2))
            longer = min(MAX_SECONDS, seconds * 2)
            self._until[connection_id] = (now + longer, longer)
        while len(self._until) > MAX_REMEMBERED:
            del self._until[next(iter(self._until))]

    def settled(self, connection_id: str) -> None:
        """Forget a connection that was reached again, or is gone."""
        self._until.pop(connection_id, None)
