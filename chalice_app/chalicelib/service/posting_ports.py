"""What sending events to connections needs from the world."""

from collections.abc import Callable, Sequence
from typing import Protocol

from chalicelib.domain.events import Event


class PostReport(Protocol):
    """What became of the frames of an event."""

    @property
    def gone(self) -> frozenset[str]:
        """Return the connections that do not exist any more."""

    @property
    def unreached(self) -> frozenset[str]:
        """Return the connections that exist and did not get every frame."""

    @property
    def throttled(self) -> int:
        """Return how many posts were refused because there were too many."""


class Clients(Protocol):
    """Sends events to connections."""

    def post(
        self,
        connection_ids: Sequence[str],
        event: Event,
        *,
        deadline: float,
        on_progress: Callable[[], bool] | None = None,
        ref: str | None = None,
    ) -> PostReport:
        """Send an event to every connection, its frames in order, until the deadline (monotonic seconds).

        Parameters
        ----------
        on_progress
            Called now and then; False ends the work.
        ref
            What the frame that is answered wants repeated.
        """
