"""Who comes into a room and goes: told to the others, and not stored in its log."""

import logging

from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.events import PresenceChanged
from chalicelib.domain.messages import User
from chalicelib.domain.presence import MAX_NAMED_PEOPLE, Move, Presence, summary
from chalicelib.errors import Unavailable
from chalicelib.service.ports import Clock, Connections, Presences, Rooms
from chalicelib.service.posting import Posting

logger = logging.getLogger(__name__)

TURN_MS = 8_000
# Whoever announces waits no longer than this for the next announcement to be due.
MAX_WAIT_SECONDS = 1.0


class PresenceTracking:
    """Tells the people in a room who comes and goes.

    Whoever comes or goes notes it and takes the turn to announce, unless somebody has it already: then
    that one announces both. Large rooms hear a count only, and less often.
    """

    def __init__(
        self,
        connections: Connections,
        rooms: Rooms,
        presences: Presences,
        posting: Posting,
        clock: Clock,
    ) -> None:
        self._connections = connections
        self._rooms = rooms
        self._presences = presences
        self._posting = posting
        self._clock = clock

    def online(self, room: str) -> int:
        """Return how many different people are in a room; for a large room, how many there were recently."""
        known = self._presences.get(room)
        if known.online > MAX_NAMED_PEOPLE and self._clock.now() < known.next_probe():
            return known.online
        return len(_people(self._subscriptions(room)))

    def arrived(self, connection: Connection, room: str) -> int:
        """Note that a connection is in a room now, and return how many people are online there."""
        known = self._presences.get(room)
        move = Move(connection.user, came=True)
        if known.online > MAX_NAMED_PEOPLE:
            self._presences.note(room, move)
            return known.online
        subscriptions = self._subscriptions(room)
        if not any(s.user.id == move.user.id and s.connection_id != connection.id for s in subscriptions):
            self._presences.note(room, move)
        return len(_people(subscriptions))

    def left(self, connection: Connection, room: str) -> None:
        """Note that a connection has left a room."""
        self._presences.note(room, Move(connection.user, came=False))

    def announce(self, room: str, *, informed: str = "") -> None:
        """Tell the people of a room what was noted; now and then find those who left without `$disconnect`.

        `informed` is the connection that need not hear of its own move: it has the answer to its join.
        """
        try:
            known = self._presences.get(room)
            while self._is_due(known):
                begun = self._presences.begin(room, self._clock.now() + TURN_MS)
                if begun is None:
                    return  # whoever has the turn sees what was noted when the turn ends
                # Only the holder of the turn waits, so a crowd that comes at once occupies a single worker.
                self._clock.sleep(max(0.0, self._wait(known)))
                known = self._announce(room, begun, informed)
                if not known.moves:
                    return
        except Unavailable:
            logger.warning("presence was not announced", extra={"room": room}, exc_info=True)

    def check(self, room: str) -> None:
        """Announce if an announcement is due that nobody else has made.

        Cheap while there is nothing to do: it reads what was known a moment ago.
        """
        try:
            due = self._is_due(self._presences.glance(room))
        except Unavailable:
            logger.warning("presence was not checked", extra={"room": room}, exc_info=True)
            return
        if due:
            self.announce(room)

    def _is_due(self, known: Presence) -> bool:
        """Return whether to announce now or after a short wait for others to come or go as well."""
        if not known.moves:
            return self._clock.now() >= known.next_probe()
        return self._wait(known) <= MAX_WAIT_SECONDS

    def _wait(self, known: Presence) -> float:
        return (known.next_announcement() - self._clock.now()) / 1000 if known.moves else 0.0

    def _announce(self, room: str, begun: Presence, informed: str) -> Presence:
        # People are read after the moves were taken: who comes in between is in both and named once more.
        subscriptions = self._subscriptions(room)
        people = _people(subscriptions)
        movers = {move.user.id for move in begun.moves}
        recipients = [
            s.connection_id for s in subscriptions if s.connection_id != informed or movers != {s.user.id}
        ]
        joined, left = summary(begun.moves, people) if len(people) <= MAX_NAMED_PEOPLE else ((), ())
        self._posting.tell(recipients, PresenceChanged(room, len(people), joined, left))
        return self._presences.finish(room, len(people))

    def _subscriptions(self, room: str) -> list[Subscription]:
        shards = len(self._rooms.state(room).lease_ends)
        return [s for shard in range(shards) for s in self._connections.subscribers(room, shard)]


def _people(subscriptions: list[Subscription]) -> list[User]:
    return list({s.user.id: s.user for s in subscriptions}.values())
