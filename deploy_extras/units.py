"""Billable units of a message and of being there, for rooms of any size, from `python -m bench cost`."""

from bisect import bisect_left
from dataclasses import dataclass

Counted = dict[int, tuple[float, float, float, float]]

# By connections in the room: WebSocket messages, GB-seconds, and DynamoDB read and write units of a message
# that shares its broadcast with no other. `docs/cost.md` has the same tables; a test compares them.
COUNTED: dict[str, Counted] = {
    "ours": {10: (11, 0.074, 1.1, 8.1), 100: (101, 0.083, 3.1, 8.1), 1000: (1001, 0.160, 26.1, 8.1)},
    "simple": {10: (11, 0.230, 0.5, 1.0), 100: (101, 2.187, 0.5, 1.0), 1000: (1001, 20.9, 4.0, 1.0)},
}

# The same by rooms of a connection: a ping that writes nothing, one that is charged, a visit, and a report of
# what was read.
BY_ROOMS: dict[str, Counted] = {
    "usual": {1: (2, 0.027, 1.5, 0.0), 5: (2, 0.028, 5.5, 0.0), 20: (2, 0.028, 20.5, 0.0)},
    "charged": {1: (2, 0.035, 1.5, 1.0), 5: (2, 0.035, 5.5, 1.0), 20: (2, 0.037, 20.5, 1.0)},
    "read": {1: (1, 0.033, 2.0, 2.0), 5: (1, 0.033, 2.0, 2.0), 20: (1, 0.035, 2.0, 2.0)},
    "visit": {1: (2, 0.102, 3.0, 19.0), 5: (10, 0.415, 11.0, 55.0), 20: (40, 1.557, 42.0, 190.0)},
}

# The same by connections in the room: an announcement of who came or went, and a probe for lost connections.
PRESENCE: dict[str, Counted] = {
    "announcement": {10: (10, 0.074, 3.0, 3.0), 100: (100, 0.113, 5.0, 3.0), 1000: (1000, 0.25, 28.0, 3.0)},
    "probe": {10: (0, 0.057, 8.0, 3.0), 100: (0, 0.083, 55.0, 3.0), 1000: (0, 0.182, 528.0, 3.0)},
}


@dataclass(frozen=True, slots=True)
class Units:
    """Units of one message, ping, visit, report, announcement or probe."""

    websocket_messages: float
    gb_seconds: float
    read_units: float
    write_units: float


def of_message(design: str, connections: float) -> Units:
    """Return the units of a message in a room with this many connections."""
    return _interpolated(COUNTED[design], connections)


def of_being_there(kind: str, rooms: float) -> Units:
    """Return the units of a ping (`usual`, `charged`), a `visit` or a `read`, by rooms of the connection."""
    return _interpolated(BY_ROOMS[kind], rooms)


def of_presence(kind: str, connections: float) -> Units:
    """Return the units of an `announcement` or a `probe` in a room with this many connections."""
    return _interpolated(PRESENCE[kind], connections)


def _interpolated(counted: Counted, connections: float) -> Units:
    """Interpolate linearly between the counted sizes, and extrapolate beyond them."""
    sizes = sorted(counted)
    above = min(max(bisect_left(sizes, connections), 1), len(sizes) - 1)
    low, high = sizes[above - 1], sizes[above]
    share = (connections - low) / (high - low)
    pairs = zip(counted[low], counted[high], strict=True)
    return Units(*(max(0.0, first + share * (second - first)) for first, second in pairs))
