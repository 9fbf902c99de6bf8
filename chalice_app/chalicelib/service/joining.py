"""Joining and leaving rooms."""

import random
from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain.access import Act, Facts, check
from chalicelib.domain.commands import Join, Leave
from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.events import Joined
from chalicelib.domain.presence import Presence
from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Forbidden, NotFound, Unavailable
from chalicelib.service.attendance import Attendance
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.noise import noise
from chalicelib.service.opening import Opening
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock, Connections, Rooms
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.reading import Reading
from chalicelib.service.room_ports import Audiences, RoomRegister

# Subscriptions in one delivery shard: what one broadcaster serves in a fraction of a second.
SHARD_SIZE = 1_000
COUNTS_PER_SHARD = 50  # how often a shard is counted while it fills
PAGE_SIZE = 50
MAX_ATTEMPTS = 10


class Welcome(NamedTuple):
    """The answer to a join, and what was read for it of the room, for what follows the answer."""

    joined: Joined
    state: RoomState
    news: Presence | None


class Joining:
    """The use cases of `join` and `leave`."""

    def __init__(
        self,
        connections: Connections,
        audiences: Audiences,
        attendance: Attendance,
        rooms: Rooms,
        reading: Reading,
        presence: PresenceTracking,
        broadcasting: Broadcasting,
        opening: Opening,
        register: RoomRegister,
        clock: Clock,
        shard_size: int = SHARD_SIZE,
    ) -> None:
        self._connections = connections
        self._audiences = audiences
        self._attendance = attendance
        self._rooms = rooms
        self._reading = reading
        self._presence = presence
        self._broadcasting = broadcasting
        self._opening = opening
        self._register = register
        self._clock = clock
        self._shard_size = shard_size

    def join(self, connection: Connection, command: Join) -> Welcome | None:
        """Subscribe the connection and return what it needs to begin; None if the connection is gone.

        The subscription is written before the page is read: whatever is stored in between is in the page,
        is delivered, or both.
        """
        room = command.room
        try:
            facts = self._may(connection, room)
        except (Forbidden, NotFound):
            # It is here all the same, if the function died that subscribed it while the room was closed.
            self._connections.unsubscribe(connection, room)
            raise
        wanted = self._shard(connection, facts)
        # Without their membership they may not come. So it is a condition of the subscription, which then
        # cannot outlive a function that dies before it has looked again.
        members_only = facts.access != "open" or connection.role == "guest"
        try:
            shard = self._connections.subscribe(connection, room, wanted, members_only=members_only)
        except WriteConflict as error:
            self._may(connection, room)
            raise Unavailable("The room is being changed by others; try again.", retry_after=1) from error
        if shard is None:
            return None
        there = replace(connection, rooms={room: shard})
        try:
            state, facts = self._settle(there, facts, certain=members_only)
            if state.head == 0 and facts.about is None:
                self._opening.allow(connection.role, room)
                self._opening.check(connection.user, room)
        except (Forbidden, NotFound, Unavailable):
            self._connections.unsubscribe(there, room)
            raise
        head = self._reading.readable_head(state)
        page = self._reading.page_up_to(head, room, None, command.after, PAGE_SIZE)
        if state.rules and not self._attendance.is_in(there, room):
            # Taken out while the page was read, or left by a frame at the same time.
            self._may(connection, room)
        arrival = self._presence.arrived(connection, state)
        joined = Joined(room, head, page, arrival.online, viewer=connection.user.id)
        return Welcome(joined, state, arrival.news)

    def after_join(self, welcome: Welcome) -> None:
        """Once the joiner has its answer, deliver what is undelivered and tell the others who came."""
        self._broadcasting.take_over(welcome.state, 0)
        if welcome.news is not None:
            self._presence.announce(welcome.state.room, welcome.news)

    def leave(self, connection: Connection, command: Leave) -> None:
        """Unsubscribe the connection; leaving a room that was not joined changes nothing."""
        if command.room in connection.rooms:
            self._connections.unsubscribe(connection, command.room)
            self._presence.left(connection, command.room)

    def _may(self, connection: Connection, room: str) -> Facts:
        """Return what is known of the room, or raise `NotFound`."""
        facts = self._register.facts(room, connection.user.id)
        with noise(self._clock):
            check(Act.JOIN, connection.role, facts, self._clock.now())
        return facts

    def _settle(self, connection: Connection, facts: Facts, *, certain: bool) -> tuple[RoomState, Facts]:
        """Return the state of a room and facts that are as new.

        If somebody has changed since who may be here or write, they have looked for subscriptions before this
        one was there, or will find it. It is `certain` if nothing but a member's could have been written;
        otherwise one in a room that was closed meanwhile is noted as a member's now.
        """
        room, muted = facts.room, connection.muted.get(facts.room, 0)
        for _ in range(MAX_ATTEMPTS):
            wanted = facts.membership.muted_until
            if wanted != muted and max(wanted, muted) > self._clock.now():
                self._connections.mute(connection.id, room, wanted)
                muted = wanted
            if facts.access != "open" and not certain:
                self._confirm(connection, room)
                certain = True
            state = self._rooms.state(room)
            if state.rules == facts.version:
                return state, facts
            facts = self._may(connection, room)
        raise Unavailable("The room is being changed by others; try again.", retry_after=1)

    def _confirm(self, connection: Connection, room: str) -> None:
        """Note with the subscription that it is a member's, or raise an error if it was taken away."""
        subscription = Subscription(connection.id, connection.user)
        if not self._audiences.confirm(room, connection.rooms[room], subscription):
            self._may(connection, room)
            raise Unavailable("The room is being changed by others; try again.", retry_after=1)

    def _shard(self, connection: Connection, facts: Facts) -> int:
        """Return the connection's shard: the one it is in already, or a random one so that all fill alike.

        It was there when the facts were true: whoever closes the room afterwards knows it.
        """
        room = facts.room
        if room in connection.rooms:
            return connection.rooms[room]
        shard = random.randrange(facts.shards)
        # Counting reads the whole shard, so only some joiners do it; the shard is exceeded by a few at most.
        if random.random() < COUNTS_PER_SHARD / self._shard_size and self._is_full(room, shard):
            self._rooms.add_shard(room, facts.shards)
        return shard

    def _is_full(self, room: str, shard: int) -> bool:
        return len(self._connections.subscribers(room, shard)) >= self._shard_size
