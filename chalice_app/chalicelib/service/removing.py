"""Taking a person out of the chat: out of every room, and what writes or listens for them ends."""

from collections.abc import Callable

from chalicelib.domain.access import Member
from chalicelib.domain.messages import User
from chalicelib.domain.purges import Purge
from chalicelib.service.eviction import Eviction
from chalicelib.service.identity_ports import People
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.room_ports import Hooks, RoomRegister
from chalicelib.service.settling import settled


class RoomsOfSomebody:
    """Takes somebody out of every room who was removed from the chat, as long as they are.

    A room has an owner afterwards if it had one and somebody is left to be it: another member, and not the
    admin, who may be nobody in a private room. A direct room and a private one in which nobody else is stay
    as they are: they are the others' as well, or nobody's.
    """

    def __init__(
        self,
        register: RoomRegister,
        rooms: Rooms,
        hooks: Hooks,
        people: People,
        eviction: Eviction,
        clock: Clock,
    ) -> None:
        self._register = register
        self._rooms = rooms
        self._hooks = hooks
        self._people = people
        self._eviction = eviction
        self._clock = clock

    def go_on(self, purge: Purge, keep: Callable[[Purge], None], until: float) -> Purge:
        """Take the person `target` out of one room after the other."""
        belongings = self._register.belongings(purge.target)
        # Whoever may come to an open room may have made a hook there.
        rooms = {*belongings, *(known.room for known in self._rooms.listed())}
        for room in sorted(room for room in rooms if room > purge.room):
            person = self._people.person(purge.target)
            if person is None or person.ban is None or not person.ban.removed:
                break  # it was lifted meanwhile
            for hook in self._hooks.of(room):
                if hook.by == purge.target:
                    self._hooks.remove(room, hook.id)
            if room in belongings and belongings[room].role is not None:
                self._take_out(room, person.user)
                keep(purge := purge._replace(room=room))
            if self._clock.monotonic() >= until:
                return purge._replace(room=room)
        return purge._replace(done=True)

    def _take_out(self, room: str, user: User) -> None:
        def attempt() -> bool:
            facts = self._register.facts(room, user.id, existence=True)
            if facts.membership.role is None or facts.access == "direct":
                return False
            if facts.membership.role == "owner" and self._register.owners(room) == 1:
                heir = self._heir(room, user.id)
                if heir is not None:
                    theirs = self._register.facts(room, heir.user.id, existence=True)
                    if theirs.membership.role is None:
                        raise WriteConflict  # they left at this moment
                    self._register.put_member(theirs, heir.user, theirs.membership._replace(role="owner"))
                    facts = self._register.facts(room, user.id, existence=True)
                elif facts.access != "open":
                    return False
            self._register.drop_member(facts, user.id, self._clock.now())
            return True

        if settled(self._clock, attempt):
            self._eviction.person(room, user.id, was_member=True)

    def _heir(self, room: str, user_id: str) -> Member | None:
        """Return the member who becomes the owner: no bot, no guest, nobody who is banned."""
        others = {
            member.user.id: member
            for member in self._register.members(room)
            if member.user.id != user_id and member.membership.role is not None and not member.user.bot
        }
        now = self._clock.now()
        for person in self._people.known(list(others)):
            if person.role != "guest" and not (person.ban and person.ban.holds(now)):
                return others[person.user.id]
        return None
