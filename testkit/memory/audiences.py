"""Who may be sent what is stored in a room, in memory."""

from dataclasses import replace

from chalicelib.domain.audience import Audience
from chalicelib.domain.connections import Subscription
from testkit.memory.connections import MemoryConnections


class MemoryAudiences:
    """The port `Audiences`, on what `MemoryConnections` keeps."""

    def __init__(self, connections: MemoryConnections) -> None:
        self._connections = connections
        self._closed: dict[tuple[str, int], int] = {}

    def of(self, room: str, shard: int, only: str | None = None) -> Audience:
        found = self._connections.subscribers(room, shard)
        wanted = (one for one in found if only is None or one.connection_id == only)
        return Audience(tuple(wanted), self._closed.get((room, shard), 0))

    def glance(self, room: str, shard: int) -> Audience:
        return self.of(room, shard)

    def confirm(self, room: str, shard: int, subscription: Subscription) -> bool:
        kept = self._connections.subscriptions_in(room, shard)
        known = kept.get(subscription.connection_id)
        if known is None or not self._connections.belongs(subscription.user.id, room):
            return False
        kept[subscription.connection_id] = replace(known, member=True)
        return True

    def close(self, room: str, shard: int, version: int) -> None:
        self._closed[room, shard] = max(version, self._closed.get((room, shard), 0))
