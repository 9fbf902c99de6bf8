"""Deleting what somebody wrote: each message as its own deletion in the log, like any other."""

from collections.abc import Callable, Sequence

from chalicelib.domain.access import Act, check
from chalicelib.domain.messages import Message
from chalicelib.domain.purges import Purge
from chalicelib.domain.rooms import RoomState
from chalicelib.domain.sessions import Session
from chalicelib.domain.times import timestamp
from chalicelib.errors import Forbidden, NotFound
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.changing import Changing
from chalicelib.service.deeds import Deeds
from chalicelib.service.identity_ports import People
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.outcomes import Archived
from chalicelib.service.people import known_person
from chalicelib.service.ports import Clock, RoomLog, Rooms
from chalicelib.service.purging import Purging
from chalicelib.service.room_ports import RoomRegister

PAGE_SIZE = 200
# Each second so many of one request, told together: a room stays usable while hundreds are deleted.
AT_ONCE = 10
PACE_SECONDS = 1.0


class MessagesOfSomebody:
    """Deletes the messages of somebody, the newest first, in each room where whoever asked may."""

    def __init__(
        self,
        log: RoomLog,
        rooms: Rooms,
        register: RoomRegister,
        people: People,
        changing: Changing,
        broadcasting: Broadcasting,
        clock: Clock,
    ) -> None:
        self._log = log
        self._rooms = rooms
        self._register = register
        self._people = people
        self._changing = changing
        self._broadcasting = broadcasting
        self._clock = clock

    def go_on(self, purge: Purge, keep: Callable[[Purge], None], until: float) -> Purge:
        """Delete what the person `target` wrote before it was asked for, in one room after the other."""
        rooms = [purge.only] if purge.only else self._rooms_of(purge.by.id)
        for room in rooms:
            if room < purge.room:
                continue
            if room > purge.room:
                purge = purge._replace(room=room, before=self._rooms.state(room).head + 1)
            while purge.before > 1 and self._may(purge):
                if self._clock.monotonic() >= until:
                    return purge
                purge = self._one_page(purge)
                keep(purge)
        return purge._replace(done=True)

    def _one_page(self, purge: Purge) -> Purge:
        """Delete the newest of the messages that are left in the room, a few at most."""
        page = self._log.newest(purge.room, purge.before, PAGE_SIZE)
        found = [entry for entry in page.entries if isinstance(entry, Message)]
        asked = timestamp(purge.asked)
        mine = [
            one for one in found if one.user.id == purge.target and not one.deleted and one.sent_at <= asked
        ]
        if not mine:
            return purge._replace(before=found[0].seq if page.more else 0)
        now = mine[-AT_ONCE:]
        state: RoomState | None = None
        deleted = 0
        for message in reversed(now):
            try:
                stored = self._changing.delete_for(purge.by, purge.room, message.seq)
            except Archived:
                return purge._replace(before=0, archived=purge.archived + 1)
            deleted += stored is not None
            state = stored or state
        if state is not None:
            self._broadcasting.have_delivered(state)
        self._clock.sleep(PACE_SECONDS)
        return purge._replace(before=now[0].seq, deleted=purge.deleted + deleted)

    def _may(self, purge: Purge) -> bool:
        """Return whether whoever asked may delete what others wrote there, at this moment."""
        by = self._people.person(purge.by.id)
        facts = self._register.facts(purge.room, purge.by.id, existence=True)
        try:
            check(Act.DELETE_ANY, "member" if by is None else by.role, facts, self._clock.now())
        except (Forbidden, NotFound):
            return False
        return True

    def _rooms_of(self, user_id: str) -> Sequence[str]:
        """Return the rooms that somebody can know: the open ones, and those to which they belong."""
        known = self._register.belongings(user_id)
        own = {room for room, its in known.items() if its.role is not None}
        return sorted({*own, *(listed.room for listed in self._rooms.listed())})


class Erasing:
    """The use case of asking for it."""

    def __init__(self, keeping: RoomKeeping, people: People, purging: Purging, deeds: Deeds) -> None:
        self._keeping = keeping
        self._people = people
        self._purging = purging
        self._deeds = deeds

    def ask(self, session: Session, user_id: str, room: str | None) -> Purge:
        """Have the messages of somebody deleted: in a room, or for admins in all that they know."""
        if room is not None:
            self._keeping.facts(session, room, Act.DELETE_ANY)
        elif session.role != "admin":
            raise Forbidden("Only admins may delete what somebody wrote in every room: name one with room=.")
        user = known_person(self._people, user_id).user
        purge = self._purging.begin("messages", user.id, session.user, room or "")
        self._deeds.note(session.user, "erase", user.id, room)
        return purge
