"""Connections that failed lately and must not hold up the next batches of their room."""

from collections.abc import Iterable

FIRST_SECONDS = 1.0
MAX_SECONDS = 30.0
MAX_CONNECTIONS = 10_000
"""Connections remembered; those whose time ended first are forgotten first."""


class Quarantine:
    """Leave a connection out for a while, twice as long after each further failure.

    A client that misses a frame recovers from the log anyway, so one that is left out loses nothing more.
    Once its time is over it is on probation: it gets one attempt with a short timeout.
    """

    def __init__(self) -> None:
        self._until: dict[str, tuple[float, float]] = {}

    def holds(self, connection_id: str, now: float) -> bool:
        """Whether the connection is to be left out."""
        held = self._until.get(connection_id)
        return held is not None and now < held[0]

    def on_probation(self, connection_id: str) -> bool:
        """Whether it failed lately and has not been reached since."""
        return connection_id in self._until

    def failed(self, connection_ids: Iterable[str], now: float) -> None:
        """Leave out connections that were given up."""
        for connection_id in connection_ids:
            _, seconds = self._until.pop(connection_id, (0.0, FIRST_SECONDS / 2))
            longer = min(MAX_SECONDS, seconds * 2)
            self._until[connection_id] = (now + longer, longer)
        while len(self._until) > MAX_CONNECTIONS:
            del self._until[next(iter(self._until))]

    def settled(self, connection_id: str) -> None:
        """Forget a connection that was reached again, or is gone."""
        self._until.pop(connection_id, None)
