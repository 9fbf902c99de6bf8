"""News that no log holds, told to people who did not ask: a room changed, they were added, or removed.

The delivery function tells them, since only it reaches every connection whoever made the news.
"""

from collections.abc import Callable, Sequence

from chalicelib.domain.access import About, may_join
from chalicelib.domain.events import MoodTurned, RemovedFrom, RoomChanged
from chalicelib.domain.news import Kind
from chalicelib.domain.pulse import HOUR_MS, hour_of
from chalicelib.service.attendance import Attendance
from chalicelib.service.identity_ports import People
from chalicelib.service.ports import Clock, Closer, Connections, Rooms
from chalicelib.service.posting import Posting
from chalicelib.service.pulse_ports import Heralds, Pulses
from chalicelib.service.room_ports import RoomRegister

# Each gets a frame; the others find a new room when their page next reads the list.
MOST_TOLD = 1_000
NOBODY = "nobody"


class Telling:
    """Tells news to connections."""

    def __init__(
        self,
        connections: Connections,
        attendance: Attendance,
        rooms: Rooms,
        register: RoomRegister,
        people: People,
        pulses: Pulses,
        posting: Posting,
        closer: Closer,
        heralds: Callable[[], Heralds],
        clock: Clock,
    ) -> None:
        self._connections = connections
        self._attendance = attendance
        self._rooms = rooms
        self._register = register
        self._people = people
        self._pulses = pulses
        self._posting = posting
        self._closer = closer
        self._heralds = heralds
        self._clock = clock

    def tell(self, kind: Kind, room: str, connection_ids: Sequence[str]) -> None:
        """Tell the connections, or everybody in a room that changed, or whoever may come to a new one."""
        match kind:
            case "closed":
                for connection_id in connection_ids:
                    self._closer.close(connection_id)
            case "removed":
                self._posting.tell(connection_ids, RemovedFrom(room))
            case "deleted":
                self._posting.tell(connection_ids, RemovedFrom(room, deleted=True))
            case "added":
                members = [one for one in connection_ids if self._may_hear(one, room)]
                self._posting.tell(members, RoomChanged(room, self._about(room)))
            case "changed":
                self._posting.tell(self._everybody(room), RoomChanged(room, self._about(room)))
            case "opened":
                self._posting.tell(self._whoever_may_come(room), RoomChanged(room, self._about(room)))
            case "turned":
                self._tell_turn(room)

    def _tell_turn(self, room: str) -> None:
        """Tell a room's owners of the turn that was kept last, or everybody in a room without an owner.

        Of an open room also whoever is told outside. These may be people who are in no private room, so of
        those they hear nothing.
        """
        now = self._clock.now()
        for hour in self._pulses.hours(room, hour_of(now) - HOUR_MS, now + 1)[::-1]:
            mean, usual, turn = hour.mean, hour.usual, hour.turn
            if mean is not None and usual is not None and turn is not None:
                break
        else:
            return
        owners = {m.user.id for m in self._register.members(room) if m.membership.role == "owner"}
        readers = self._attendance.all_readers(self._rooms.state(room))
        told = [reader.connection_id for reader in readers if not owners or reader.user.id in owners]
        news = MoodTurned(room, mean, usual.mean, hour.begin, turn.direction)
        self._posting.tell(told, news)
        about = self._about(room)
        if about.access == "open":
            self._heralds().tell(news, about.title)

    def _about(self, room: str) -> About:
        return self._register.abouts([room]).get(room) or About(room)

    def _may_hear(self, connection_id: str, room: str) -> bool:
        """Return whether a connection's user belongs to a room still: this may come late."""
        connection = self._connections.get(connection_id)
        return connection is not None and may_join(
            connection.role, self._register.facts(room, connection.user.id)
        )

    def _whoever_may_come(self, room: str) -> list[str]:
        """Return the connections of everybody who may join an open room, a thousand at most."""
        facts, now = self._register.facts(room, NOBODY), self._clock.now()
        if facts.access != "open":
            return []  # it was closed again meanwhile
        reachable = self._people.reachable(MOST_TOLD)
        welcome = {
            person.user.id
            for person in self._people.known(sorted({one.user_id for one in reachable}))
            if may_join(person.role, facts) and not (person.ban and person.ban.holds(now))
        }
        return [one.id for one in reachable if one.user_id in welcome]

    def _everybody(self, room: str) -> list[str]:
        return [reader.connection_id for reader in self._attendance.all_readers(self._rooms.state(room))]
