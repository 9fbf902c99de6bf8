"""Presence and typing: what passes through a room and is not stored in its log."""

import logging

from chalicelib.domain import events
from chalicelib.domain.commands import Typing
from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.events import Json
from chalicelib.domain.messages import User
from chalicelib.domain.presence import NAMED_PEOPLE, Move, Presence, summary
from chalicelib.errors import Unavailable
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.ports import Clock, Connections, Presences, Rooms

logger = logging.getLogger(__name__)

TURN_MS = 8_000
# Whoever announces waits no longer than this for the next announcement to be due.
PATIENCE_SECONDS = 1.0


class Presencing:
    """Tells the people in a room who comes, goes and types.

    Whoever comes or goes notes it and takes the turn to announce, unless somebody has it already: then
    that one announces both. Rooms with many people hear a count only, and that seldom.
    """

    def __init__(
        self,
        connections: Connections,
        rooms: Rooms,
        presences: Presences,
        broadcasting: Broadcasting,
        clock: Clock,
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._presences = presences
        self._broadcasting = broadcasting
        self._clock = clock

    def online(self, room: str) -> int:
        """Return how many different people are in a room; of a big room, how many there were lately."""
        known = self._presences.get(room)
        if known.online > NAMED_PEOPLE and self._clock.now() < known.next_probe():
            return known.online
        return len(_people(self._subscriptions(room)))

    def arrived(self, connection: Connection, room: str) -> int:
        """Note that a connection is in a room now, and return how many people are online there."""
        known = self._presences.get(room)
        move = Move(connection.user, came=True)
        if known.online > NAMED_PEOPLE:
            self._presences.note(room, move)
            return known.online
        subscriptions = self._subscriptions(room)
        if not any(s.user.id == move.user.id and s.connection_id != connection.id for s in subscriptions):
            self._presences.note(room, move)
        return len(_people(subscriptions))

    def left(self, connection: Connection, room: str) -> None:
        """Note that a connection has left a room."""
        self._presences.note(room, Move(connection.user, came=False))

    def announce(self, room: str, *, knowing: str = "") -> None:
        """Tell the people of a room what was noted, and look now and then for those who left without a word.

        `knowing` is the connection that need not hear of its own move, for it has the answer to its join.
        """
        try:
            known = self._presences.get(room)
            while self._is_due(known):
                begun = self._presences.begin(room, self._clock.now() + TURN_MS)
                if begun is None:
                    return  # whoever has the turn sees what was noted when it ends
                # Only who has the turn waits, so a crowd that comes at once keeps one worker and no more.
                self._clock.sleep(max(0.0, self._wait(known)))
                known = self._announce(room, begun, knowing)
                if not known.moves:
                    return
        except Unavailable:
            logger.warning("presence was not announced", extra={"room": room}, exc_info=True)

    def look_around(self, room: str) -> None:
        """Announce what nobody else has announced, and look for those who left without a word, if it is time.

        Cheap while there is nothing to do, and then it may go by what was known a moment ago.
        """
        try:
            due = self._is_due(self._presences.glance(room))
        except Unavailable:
            logger.warning("presence was not looked at", extra={"room": room}, exc_info=True)
            return
        if due:
            self.announce(room)

    def typing(self, connection: Connection, command: Typing) -> None:
        """Tell the others in a small room that somebody types or has stopped."""
        connection.shard_of(command.room)
        if not self._connections.may_type(connection.id, command.room, command.active):
            return
        subscriptions = self._connections.subscribers(command.room, 0)
        if len(subscriptions) > NAMED_PEOPLE:
            return
        event = {
            "event": "typing",
            "room": command.room,
            "user": events.user(connection.user),
            "active": command.active,
        }
        others = [s.connection_id for s in subscriptions if s.connection_id != connection.id]
        self._broadcasting.post(others, [events.encode(event)])

    def _is_due(self, known: Presence) -> bool:
        """Return whether to announce now or after a short wait for others to come or go as well."""
        if not known.moves:
            return self._clock.now() >= known.next_probe()
        return self._wait(known) <= PATIENCE_SECONDS

    def _wait(self, known: Presence) -> float:
        return (known.next_announcement() - self._clock.now()) / 1000 if known.moves else 0.0

    def _announce(self, room: str, begun: Presence, knowing: str) -> Presence:
        # People are read after the moves were taken: who comes in between is in both and named once more.
        subscriptions = self._subscriptions(room)
        people = _people(subscriptions)
        event: Json = {"event": "presence", "room": room, "online": len(people)}
        movers = {move.user.id for move in begun.moves}
        recipients = [
            s.connection_id for s in subscriptions if s.connection_id != knowing or movers != {s.user.id}
        ]
        frame = events.encode(event)
        if len(people) <= NAMED_PEOPLE:
            joined, left = summary(begun.moves, people)
            event |= {"joined": [events.user(u) for u in joined]} if joined else {}
            event |= {"left": [events.user(u) for u in left]} if left else {}
            named = events.encode(event)
            # Many long names may be more than a frame can hold; then the count alone has to do.
            frame = named if len(named) <= events.FRAME_BYTES else frame
        self._broadcasting.post(recipients, [frame])
        return self._presences.finish(room, len(people))

    def _subscriptions(self, room: str) -> list[Subscription]:
        shards = len(self._rooms.state(room).lease_ends)
        return [s for shard in range(shards) for s in self._connections.subscribers(room, shard)]


def _people(subscriptions: list[Subscription]) -> list[User]:
    return list({s.user.id: s.user for s in subscriptions}.values())
