"""What pings ask about, in memory."""

from collections.abc import Sequence

from chalicelib.service.ping_ports import Glance
from testkit.memory.connections import MemoryConnections
from testkit.memory.presences import MemoryPresences
from testkit.memory.rooms import MemoryRooms


class MemoryGlances:
    """The port `Glances`."""

    def __init__(
        self, connections: MemoryConnections, rooms: MemoryRooms, presences: MemoryPresences
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._presences = presences

    def of(self, connection_id: str, rooms: Sequence[str]) -> Glance:
        states = {state.room: len(state.lease_ends) for state in self._rooms.states(rooms)}
        return Glance(
            connection=self._connections.glance(connection_id),
            states={
                room: [self._rooms.state(room, shard) for shard in range(shards)]
                for room, shards in states.items()
            },
            presences={room: self._presences.glance(room) for room in rooms},
        )
