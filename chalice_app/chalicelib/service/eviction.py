"""Taking people out of a room while they are connected to it."""

from collections.abc import Sequence

from chalicelib.domain.connections import Subscription
from chalicelib.domain.sessions import OpenConnection
from chalicelib.service.attendance import Attendance
from chalicelib.service.identity_ports import People
from chalicelib.service.news import News
from chalicelib.service.ports import Connections, Rooms
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.room_ports import RoomRegister


class Eviction:
    """Ends subscriptions, so that the next broadcast does not reach those who must not read it.

    It follows the write that takes the right away: whoever subscribes at the same time reads the facts once
    more after subscribing, and finds that they may not.
    """

    def __init__(
        self,
        connections: Connections,
        rooms: Rooms,
        people: People,
        register: RoomRegister,
        presence: PresenceTracking,
        news: News,
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._people = people
        self._register = register
        self._attendance = Attendance(connections, rooms)
        self._presence = presence
        self._news = news

    def person(self, room: str, user_id: str, *, was_member: bool) -> None:
        """Take somebody out, and tell all of their connections that the room is gone for them.

        Whoever was no member and is not there is told nothing: they must not hear of the room.
        """
        taken = self._take_out(room, self._attendance.of(room, user_id))
        if taken or was_member:
            known = self._people.connections(user_id)
            ids = {one.id for one in known}
            self._news.removed(room, [*known, *(one for one in taken if one.id not in ids)])

    def strangers(self, room: str) -> None:
        """Take everybody out who does not belong to a room, and tell their connections there."""
        subscriptions = self._attendance.subscriptions(room)
        # Read afterwards: whoever is made a member and joins meanwhile is not among the subscriptions.
        members = {m.user.id for m in self._register.members(room) if m.membership.role is not None}
        taken = self._take_out(room, [s for s in subscriptions if s.user.id not in members])
        if taken:
            self._news.removed(room, taken)

    def _take_out(self, room: str, subscriptions: Sequence[Subscription]) -> list[OpenConnection]:
        """Return the connections that were taken out, and where they are reached."""
        if not subscriptions:
            return []
        endpoint = self._rooms.endpoint(room, hidden=self._rooms.state(room).hidden)
        taken = []
        for subscription in subscriptions:
            connection = self._connections.get(subscription.connection_id)
            if connection is not None and room in connection.rooms:
                self._connections.unsubscribe(connection, room)
                self._presence.taken_out(connection.user, room, endpoint)
                taken.append(OpenConnection(connection.id, connection.session, endpoint))
        return taken
