"""What pings ask about, from both tables in one request."""

from collections.abc import Sequence

from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.connections import to_connection
from chalicelib.adapters.dynamodb.presences import to_presence
from chalicelib.adapters.dynamodb.table import Table, get_from_both
from chalicelib.service.ping_ports import Glance


class DynamoGlances:
    """The port `Glances` on DynamoDB."""

    def __init__(self, connections: Table, messages: Table) -> None:
        self._connections = connections
        self._messages = messages

    def of(self, connection_id: str, rooms: Sequence[str]) -> Glance:
        whose = keys.connection(connection_id)
        ours, theirs = get_from_both(
            (self._connections, [whose, *(keys.presence(room) for room in rooms)]),
            (self._messages, [keys.room_state(room) for room in rooms]),
        )
        kept = {item["pk"]: item for item in (*ours, *theirs)}
        connection = kept.get(keys.partition(whose))
        states = {room: kept.get(keys.partition(keys.room_state(room))) for room in rooms}
        return Glance(
            connection=None if connection is None else to_connection(connection_id, connection),
            states={room: items.to_states(room, item) for room, item in states.items() if item is not None},
            presences={
                room: to_presence(kept.get(keys.partition(keys.presence(room)), {})) for room in rooms
            },
        )
