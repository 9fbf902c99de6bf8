"""What the poster reports to the delivery engine."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[], bool]
"""Called about every half second of work; False ends the batch."""


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
        until the deadline, or left out because they were silent lately): their clients recover from the
        log. Never overlaps with ``gone``.
    requests
        Requests sent, including refused and repeated ones: what the account's quota counts.
    throttled
        Requests that were answered with 429; one delivery may count several times.
    errors
        Requests that failed in any other way: 5xx, other 4xx than 410 and 429, timeouts, broken sockets.
    """

    delivered: int
    gone: frozenset[str]
    unreached: frozenset[str]
    requests: int
    throttled: int
    errors: int
