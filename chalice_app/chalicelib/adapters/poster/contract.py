"""What the delivery engine asks of a poster, and what it is told afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

Progress = Callable[[], bool]
"""Called about every half second of work; False says that the work is no longer wanted."""


@dataclass(frozen=True, slots=True)
class PostReport:
    """What became of one batch.

    Attributes
    ----------
    delivered
        Frames that API Gateway accepted, over all connections.
    gone
        Connections that no longer exist (410): never post to them again.
    unreached
        Connections that exist as far as is known and did not get every frame (timeouts, 5xx, 413, 429
        until the deadline): their clients recover from the log. Never overlaps with ``gone``.
    requests
        Calls sent, the refused and repeated ones included: what the account's quota counts.
    throttled
        Answers with 429.
    errors
        Calls that failed in any other way: 5xx, other 4xx than 410 and 429, timeouts, broken sockets.
    """

    delivered: int
    gone: frozenset[str]
    unreached: frozenset[str]
    requests: int
    throttled: int
    errors: int


class FanOut(Protocol):
    """Posts every frame to every connection."""

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Progress | None = None,
    ) -> PostReport:
        """Post until all is done, ``deadline`` (``time.monotonic()``) passed or ``on_progress`` said stop.

        The frames of one connection go out strictly in order, the next only after the one before was
        accepted. A frame may arrive twice, never out of order. Delivery problems are reported, not raised.
        """
        ...
