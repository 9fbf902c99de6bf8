"""Who comes into a room and goes: told to the others, and not stored in its log.

No function that serves a frame waits here. What is not due yet is left to the delivery function, or to the
next frame or ping of somebody in the room.
"""

import logging
from typing import NamedTuple

from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.events import PresenceChanged
from chalicelib.domain.messages import User
from chalicelib.domain.presence import MAX_NAMED_PEOPLE, UNSEEN_SECONDS, Move, Presence, summary
from chalicelib.domain.rooms import ListedRoom, RoomState
from chalicelib.errors import Unavailable
from chalicelib.service.attendance import Attendance
from chalicelib.service.ports import Clock, Connections, Invoker, Rooms
from chalicelib.service.posting import Posting
from chalicelib.service.presence_ports import Presences

logger = logging.getLogger(__name__)

TURN_MS = 8_000
# The delivery function waits no longer than this for the next announcement to be due. A longer pause is a
# large room's, in which somebody's next ping comes soon enough and costs less.
MAX_WAIT_SECONDS = 2.0
# From so many on, a joiner hears how many people there were a moment ago, because counting reads them all.
MANY_SUBSCRIPTIONS = 2 * MAX_NAMED_PEOPLE


class Arrival(NamedTuple):
    """What a joiner finds: how many people there are, and what the others have to hear, if anything."""

    online: int
    news: Presence | None


class PresenceTracking:
    """Tells the people in a room who comes and goes.

    Whoever comes or goes notes it. If an announcement is due, they take the turn and announce at once; if it
    is due soon, the delivery function gets the turn and announces all that was noted by then. Whoever finds
    the turn taken has nothing to do. Large rooms hear a count only, and less often.
    """

    def __init__(
        self,
        connections: Connections,
        attendance: Attendance,
        rooms: Rooms,
        presences: Presences,
        posting: Posting,
        invoker: Invoker,
        clock: Clock,
    ) -> None:
        self._connections = connections
        self._attendance = attendance
        self._rooms = rooms
        self._presences = presences
        self._posting = posting
        self._invoker = invoker
        self._clock = clock

    def arrived(self, connection: Connection, state: RoomState) -> Arrival:
        """Note that a connection is in a room now; `state` is the room's."""
        move = Move(connection.user, came=True)
        subscriptions = self._few_subscriptions(state)
        if subscriptions is None:
            known = self._presences.note(state.room, move)
            counted = known.online > MAX_NAMED_PEOPLE
            return Arrival(
                known.online if counted else len(_people(self._attendance.all_readers(state))), known
            )
        online = len(_people(subscriptions))
        if any(s.user.id == move.user.id and s.connection_id != connection.id for s in subscriptions):
            return Arrival(online, None)
        known = self._presences.note(state.room, move)
        if known.has_news or known.online != online:
            # Before the answer, so that whoever is in a room finds it and themselves in the list of rooms.
            self._rooms.counted(state, online)
        return Arrival(online, known)

    def left(self, connection: Connection, room: str) -> None:
        """Note that a connection has left a room, and tell the others."""
        self.announce(room, self._presences.note(room, Move(connection.user, came=False)))

    def taken_out(self, user: User, room: str, endpoint: str) -> None:
        """Note that somebody was taken out of a room, whose people are reached at an endpoint."""
        self._presences.note(room, Move(user, came=False))
        self.announce_at(room, endpoint)

    def announce_at(self, room: str, endpoint: str) -> None:
        """Let the delivery function tell a room's people at an endpoint what was noted."""
        if self._presences.claim(room, self._turn_end()):
            self._invoker.announce(room, endpoint)

    def announce(self, room: str, known: Presence | None = None) -> None:
        """Tell the people of a room what was noted, now or a little later; `known` is that if just read."""
        try:
            known = known or self._presences.get(room)
            if known.turn_ends >= self._clock.now():
                return  # whoever has the turn sees what was noted when the turn ends
            if self._wait(known) <= 0:
                begun = self._presences.begin(room, self._turn_end())
                if begun is None:
                    return
                known = self._announce(room, begun)
            self._announce_later(room, known)
        except Unavailable:
            logger.warning("presence was not announced", extra={"room": room}, exc_info=True)

    def announce_in_turn(self, room: str, seconds: float) -> None:
        """Announce with the turn that was claimed for the delivery function, and again while there is news.

        After `seconds` at most, what is left is told with the next frame or ping.
        """
        ends = self._clock.monotonic() + seconds
        try:
            known = self._presences.get(room)
            while True:
                self._clock.sleep(min(max(0.0, self._wait(known)), MAX_WAIT_SECONDS))
                begun = self._presences.begin(room, self._turn_end(), claimed=True)
                if begun is None:
                    return
                known = self._announce(room, begun)
                wait = self._wait(known)
                if not known.has_news or wait > MAX_WAIT_SECONDS or self._clock.monotonic() + wait > ends:
                    return
                if not self._presences.claim(room, self._turn_end(wait)):
                    return
        except Unavailable:
            logger.warning("presence was not announced", extra={"room": room}, exc_info=True)

    def check(self, room: str, known: Presence | None = None) -> None:
        """Announce if an announcement is due that nobody else has made, or look for lost connections.

        Cheap while there is nothing to do: it reads what was known a moment ago; `known` is that.
        """
        try:
            known = known or self._presences.glance(room)
        except Unavailable:
            logger.warning("presence was not checked", extra={"room": room}, exc_info=True)
            return
        if self._wait(known) <= MAX_WAIT_SECONDS:
            self.announce(room)

    def count_later(self, known: ListedRoom) -> None:
        """Let the delivery function find out who is still in a room, unless somebody has the turn to."""
        if self._presences.claim(known.room, self._turn_end()):
            self._invoker.announce(known.room, known.endpoint)

    def _announce_later(self, room: str, known: Presence) -> None:
        """Let the delivery function announce what was noted, unless somebody else has the turn."""
        wait = self._wait(known)
        if known.has_news and wait <= MAX_WAIT_SECONDS and self._presences.claim(room, self._turn_end(wait)):
            self._invoker.announce(room)

    def _wait(self, known: Presence) -> float:
        """Return the seconds until the next announcement, or until the room is probed if there is no news."""
        due = known.next_announcement() if known.has_news else known.next_probe()
        return (due - self._clock.now()) / 1000

    def _turn_end(self, wait: float = 0.0) -> int:
        return self._clock.now() + int(max(0.0, wait) * 1000) + TURN_MS

    def _announce(self, room: str, begun: Presence) -> Presence:
        """Tell everybody what is news; if nothing is, post to those only who may be lost."""
        # People are read after the moves were taken: who comes in between is in both and named once more.
        state = self._rooms.state(room)
        subscriptions = self._attendance.all_readers(state)
        people = _people(subscriptions)
        online, paid_until = len(people), begun.paid_until
        named = online <= MAX_NAMED_PEOPLE and not begun.more
        joined, left = summary(begun.moves, people) if named else ((), ())
        if joined or left or online != begun.online:
            paid_until = begun.paid(self._clock.now(), online)
            movers = {move.user.id for move in begun.moves}
            # Somebody who alone has moved knows it from the answer to the join.
            recipients = [s.connection_id for s in subscriptions if movers != {s.user.id}]
        else:
            recipients = self._unseen(subscriptions)
        self._posting.tell(recipients, PresenceChanged(room, online, joined, left))
        self._rooms.counted(state, online)
        return self._presences.finish(room, online, paid_until)

    def _unseen(self, subscriptions: list[Subscription]) -> list[str]:
        """Return the connections that have not pinged for so long that they may be lost."""
        ids = [s.connection_id for s in subscriptions]
        seen, since = self._connections.last_frames(ids), self._clock.now() - UNSEEN_SECONDS * 1000
        return [one for one in ids if seen.get(one, 0) <= since]

    def _few_subscriptions(self, state: RoomState) -> list[Subscription] | None:
        """Return everyone who is subscribed, or None if they are many."""
        if len(state.lease_ends) > 1:
            return None
        found = self._connections.subscribers(state.room, 0, limit=MANY_SUBSCRIPTIONS)
        return None if len(found) >= MANY_SUBSCRIPTIONS else found


def _people(subscriptions: list[Subscription]) -> list[User]:
    return list({s.user.id: s.user for s in subscriptions}.values())
