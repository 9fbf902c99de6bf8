"""Taking people out of a room while they are connected to it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from chalicelib.domain.connections import Subscription
from chalicelib.domain.sessions import OpenConnection
from chalicelib.service.attendance import Attendance
from chalicelib.service.identity_ports import People
from chalicelib.service.news import News
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Connections, Rooms
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.room_ports import Audiences, Choices, RoomRegister


class Eviction:
    """Ends subscriptions, so that the next broadcast does not reach those who must not read it.

    It follows the write that takes the right away: whoever subscribes at the same time reads the facts once
    more after subscribing, and finds that they may not. Until then they are sent nothing, since they are no
    members for certain, and the room bears the mark that it was closed.
    """

    def __init__(
        self,
        connections: Connections,
        audiences: Audiences,
        attendance: Attendance,
        rooms: Rooms,
        people: People,
        register: RoomRegister,
        choices: Choices,
        presence: PresenceTracking,
        news: News,
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._people = people
        self._register = register
        self._choices = choices
        self._audiences = audiences
        self._attendance = attendance
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
        if user_id in self._choices.watchers(room):
            self._unwatch(room, [user_id])

    def strangers(self, room: str, version: int) -> None:
        """Take everybody out who does not belong to a room, and tell their connections there.

        The room is closed since `version` of its rules, or since an earlier one.
        """
        # Read after the room was closed: who joins by facts of before uses no shard that was added since.
        shards = range(len(self._rooms.state(room).lease_ends))
        # Members are known as such before the mark is there, so that they miss nothing.
        self._sort_out(room, shards)
        for shard in shards:
            self._audiences.close(room, shard, version)
        # Who is not found now is not certain to be a member, and is sent nothing.
        taken = self._take_out(room, self._sort_out(room, shards))
        if taken:
            self._news.removed(room, taken)
        self._unwatch(room, self._choices.watchers(room))

    def _unwatch(self, room: str, watchers: Iterable[str]) -> None:
        """Let those watch a room no longer who do not belong to it; what remains is not pushed to them."""
        for user_id in watchers:
            if self._register.facts(room, user_id).membership.role is None:
                with suppress(WriteConflict):  # they choose at this moment, which asks what they may
                    self._choices.set_notices(user_id, room, None, 0)

    def everybody(self, room: str, version: int, shards: int, endpoint: str) -> None:
        """Take everybody out of a room that was deleted with `version` of its rules, and tell them.

        ``shards`` are those of the room at that time, and ``endpoint`` is where its people are reached.
        """
        for shard in range(shards):
            self._audiences.close(room, shard, version)
        taken = []
        for shard in range(shards):
            for subscription in self._connections.subscribers(room, shard):
                connection = self._connections.get(subscription.connection_id)
                if connection is not None:
                    self._connections.unsubscribe(connection, room)
                    taken.append(OpenConnection(connection.id, connection.session, endpoint))
        if taken:
            self._news.deleted(room, taken)

    def _sort_out(self, room: str, shards: Iterable[int]) -> list[Subscription]:
        """Note which subscriptions are members', and return the others."""
        found = [(shard, s) for shard in shards for s in self._connections.subscribers(room, shard)]
        if not found:
            return []
        # Read afterwards: whoever is made a member and joins meanwhile is not among the subscriptions.
        members = {m.user.id for m in self._register.members(room) if m.membership.role is not None}
        for shard, subscription in found:
            if subscription.user.id in members and not subscription.member:
                self._audiences.confirm(room, shard, subscription)
        return [subscription for _, subscription in found if subscription.user.id not in members]

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
