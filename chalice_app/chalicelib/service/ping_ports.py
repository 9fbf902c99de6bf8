"""What a ping needs from the world: all that it asks about, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.connections import Connection
from chalicelib.domain.presence import Presence
from chalicelib.domain.rooms import RoomState


@dataclass(frozen=True, slots=True)
class Glance:
    """A connection and some rooms as they were a moment ago.

    ``states`` holds the state of each room that has messages, as each of its shards sees it.
    """

    connection: Connection | None
    states: Mapping[str, Sequence[RoomState]]
    presences: Mapping[str, Presence]


class Glances(Protocol):
    """Reads for pings, which are many: one request each, at half the price of consistent reads."""

    def of(self, connection_id: str, rooms: Sequence[str]) -> Glance:
        """Return what was known a moment ago; every room has a presence, an empty one if nothing is kept."""
