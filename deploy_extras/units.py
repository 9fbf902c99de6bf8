"""Billable units of a message and of a ping for rooms of any size, from `python -m bench cost`."""

from bisect import bisect_left
from dataclasses import dataclass

Counted = dict[int, tuple[float, float, float, float]]

# By connections in the room: WebSocket messages, GB-seconds, and DynamoDB read and write units of a message
# that shares its broadcast with no other. `docs/cost.md` has the same tables; a test compares them.
COUNTED: dict[str, Counted] = {
    "ours": {10: (11, 0.072, 1.0, 8.0), 100: (101, 0.081, 3.0, 8.0), 1000: (1001, 0.158, 26.0, 8.0)},
    "simple": {10: (11, 0.230, 0.5, 1.0), 100: (101, 2.187, 0.5, 1.0), 1000: (1001, 20.9, 4.0, 1.0)},
}

# The same for a usual ping, and for one that also probes for lost connections.
PINGS: dict[str, Counted] = {
    "usual": {10: (2, 0.044, 1.5, 1.0), 100: (2, 0.044, 1.5, 1.0), 1000: (2, 0.043, 1.5, 1.0)},
    "probing": {10: (12, 0.106, 4.5, 4.0), 100: (102, 0.113, 6.5, 4.0), 1000: (1002, 0.188, 29.5, 4.0)},
}


@dataclass(frozen=True, slots=True)
class Units:
    """Units of one message or ping."""

    websocket_messages: float
    gb_seconds: float
    read_units: float
    write_units: float


def of_message(design: str, connections: float) -> Units:
    """Return the units of a message in a room with this many connections."""
    return _interpolated(COUNTED[design], connections)


def of_ping(kind: str, connections: float) -> Units:
    """Return the units of a ping: `usual`, or `probing` for lost connections."""
    return _interpolated(PINGS[kind], connections)


def _interpolated(counted: Counted, connections: float) -> Units:
    """Interpolate linearly between the counted sizes, and extrapolate beyond them."""
    sizes = sorted(counted)
    above = min(max(bisect_left(sizes, connections), 1), len(sizes) - 1)
    low, high = sizes[above - 1], sizes[above]
    share = (connections - low) / (high - low)
    pairs = zip(counted[low], counted[high], strict=True)
    return Units(*(max(0.0, first + share * (second - first)) for first, second in pairs))
