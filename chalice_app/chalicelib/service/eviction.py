"""Taking people out of a room while they are connected to it."""

from collections.abc import Container

from chalicelib.service.identity_ports import People
from chalicelib.service.news import News
from chalicelib.service.ports import Connections, Rooms
from chalicelib.service.presence import PresenceTracking


class Eviction:
    """Ends subscriptions, so that the next broadcast does not reach those who must not read it.

    It follows the write that takes the right away: whoever subscribes at the same time reads the facts once
    more after subscribing, and finds that they may not.
    """

    def __init__(
        self, connections: Connections, rooms: Rooms, people: People, presence: PresenceTracking, news: News
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._people = people
        self._presence = presence
        self._news = news

    def person(self, room: str, user_id: str) -> None:
        """Take somebody out, and tell all of their connections that the room is gone for them."""
        theirs = self._people.connections(user_id)
        for known in theirs:
            self._unsubscribe(known.id, room, known.endpoint)
        self._news.removed(room, theirs)

    def strangers(self, room: str, members: Container[str]) -> None:
        """Take everybody out who is none of the members."""
        shards = range(len(self._rooms.state(room).lease_ends))
        subscriptions = [s for shard in shards for s in self._connections.subscribers(room, shard)]
        for user_id in {s.user.id for s in subscriptions if s.user.id not in members}:
            self.person(room, user_id)

    def _unsubscribe(self, connection_id: str, room: str, endpoint: str) -> None:
        connection = self._connections.get(connection_id)
        if connection is not None and room in connection.rooms:
            self._connections.unsubscribe(connection, room)
            self._presence.taken_out(connection.user, room, endpoint)
