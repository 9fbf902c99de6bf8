"""Billable units of one message, as `python -m bench cost` counts them, for rooms of any size."""

from bisect import bisect_left
from dataclasses import dataclass

# Connections in the room: WebSocket messages, GB-seconds, DynamoDB read and write units of a lone message.
# `docs/cost.md` has the same table; a test holds both together.
COUNTED: dict[str, dict[int, tuple[float, float, float, float]]] = {
    "ours": {10: (11, 0.073, 1.0, 8.0), 100: (101, 0.090, 3.0, 8.0), 1000: (1001, 0.254, 26.0, 8.0)},
    "simple": {10: (11, 0.262, 0.5, 1.0), 100: (101, 2.326, 0.5, 1.0), 1000: (1001, 25.4, 4.0, 1.0)},
}


@dataclass(frozen=True, slots=True)
class Units:
    """Units of one message."""

    websocket_messages: float
    gb_seconds: float
    read_units: float
    write_units: float


def of_message(design: str, connections: float) -> Units:
    """Return the units of a message in a room with so many connections, between and beyond the counted sizes.

    All four grow with the room, so two neighbouring sizes make a line.
    """
    counted = COUNTED[design]
    sizes = sorted(counted)
    above = min(max(bisect_left(sizes, connections), 1), len(sizes) - 1)
    low, high = sizes[above - 1], sizes[above]
    share = (connections - low) / (high - low)
    pairs = zip(counted[low], counted[high], strict=True)
    return Units(*(max(0.0, first + share * (second - first)) for first, second in pairs))
