"""Rooms of one's own: made, described, and who belongs to them."""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from chalicelib.domain.access import (
    DIRECT_PREFIX,
    About,
    Access,
    Act,
    Facts,
    Member,
    Membership,
    RoomRole,
    check,
    is_direct_name,
    may_join,
    no_room,
)
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session
from chalicelib.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.service.announcing import Announcing
from chalicelib.service.deeds import Deeds
from chalicelib.service.eviction import Eviction
from chalicelib.service.identity_ports import People
from chalicelib.service.news import News
from chalicelib.service.noise import noise
from chalicelib.service.opening import Opening
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.people import known_person
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.room_ports import RoomRegister
from chalicelib.service.settling import settled

DIRECT_PEOPLE = range(2, 9)
NO_DIRECT_ROOM = "Guests belong to the room that they were invited to, and to no direct room."

T = TypeVar("T")


class Description(NamedTuple):
    """What is to change of a room; None stays as it is."""

    title: str | None = None
    topic: str | None = None
    access: Access | None = None
    archived: bool | None = None
    mood: bool | None = None

    def of(self, about: About) -> About:
        """Return what the room is then."""
        given = {name: value for name, value in self._asdict().items() if value is not None}
        return about._replace(**given)


class RoomKeeping:
    """The use cases of making rooms and of who belongs to them. Each decides by `domain.access.check`."""

    def __init__(
        self,
        register: RoomRegister,
        rooms: Rooms,
        people: People,
        eviction: Eviction,
        news: News,
        deeds: Deeds,
        opening: Opening,
        announcing: Announcing,
        clock: Clock,
    ) -> None:
        self._register = register
        self._rooms = rooms
        self._people = people
        self._eviction = eviction
        self._news = news
        self._deeds = deeds
        self._opening = opening
        self._announcing = announcing
        self._clock = clock

    def facts(self, session: Session, room: str, act: Act) -> Facts:
        """Return what is known of a room, if whoever asks may do this there."""
        facts = self._register.facts(room, session.user.id, existence=True)
        with noise(self._clock):
            check(act, session.role, facts, self._clock.now())
        return facts

    def facts_of(self, session: Session, room: str, act: Act, user_id: str) -> Facts:
        """Return what is known of somebody in a room, if whoever asks may do this to them there.

        Raises
        ------
        WriteConflict
            What is known of the two is not of one moment. What is written on the condition that the facts are
            still true is then written by somebody who has the right at that moment.
        """
        mine = self.facts(session, room, act)
        theirs = self._register.facts(room, user_id, existence=True)
        if mine.version != theirs.version:
            raise WriteConflict
        return theirs

    def read(self, session: Session, room: str, reading: Callable[[], T]) -> T:
        """Return what `reading` finds in a room, if the asker may still read it once it was found."""
        before = self.facts(session, room, Act.READ)
        found = reading()
        if self._rooms.state(room).rules != before.version:
            self.facts(session, room, Act.READ)
        return found

    def create(self, session: Session, room: str, description: Description) -> Facts:
        """Make a room that the asker owns, or raise `Conflict` if the name is taken."""
        if session.role == "guest":
            raise Forbidden("Guests belong to the room that they were invited to: ask a member to make one.")
        if is_direct_name(room):
            raise Invalid(f"room begins with {DIRECT_PREFIX} and 32 hex digits: such names are direct rooms'")
        self._opening.allow(session.role, room)
        self._opening.count(session.user, room)
        about = description.of(About(room))
        if not self._register.create(room, about, {session.user: "owner"}):
            raise Conflict(f"There is a room {room} already, or its name is taken: choose another.")
        made = Facts(room, about, Membership("owner"), exists=True, version=1)
        if about.access != "open":
            # Whoever came to the name at the same moment came to an open room that nobody had made.
            self._eviction.strangers(room, made.version)
        self._tell_newcomer(room, session.user)
        if about.access == "open":
            self._announcing.opened(room, session.user)
        return made

    def direct(self, session: Session, others: Sequence[str]) -> tuple[Facts, bool]:
        """Return the direct room of the asker and others, and whether it was made now."""
        if session.role == "guest":
            raise Forbidden(NO_DIRECT_ROOM)
        ids = sorted({session.user.id, *others})
        if len(ids) not in DIRECT_PEOPLE:
            raise Invalid(f"direct names {len(ids) - 1} others: it must name 1 to {DIRECT_PEOPLE[-1] - 1}")
        room, about = self._direct_room(session.user.id, ids)
        if about is not None:
            return self.facts(session, room, Act.JOIN), False
        people = [known_person(self._people, user_id) for user_id in ids]
        if any(person.role == "guest" for person in people):
            raise Forbidden(NO_DIRECT_ROOM)
        users = [person.user for person in people]
        self._opening.count(session.user, room)
        about = About("", access="direct", people=tuple(users))
        made = self._register.create(room, about, dict.fromkeys(users, "member"))
        if made:
            for user in users:
                self._tell_newcomer(room, user)
            return Facts(room, about, Membership("member"), exists=True, version=1), True
        return self.facts(session, room, Act.JOIN), False

    def _direct_room(self, user_id: str, ids: Sequence[str]) -> tuple[str, About | None]:
        """Return the name of the direct room of people, and what it is if there is one.

        The name follows from who they are and from how many they have deleted before: a name is used once.
        """
        people = "\n".join(ids)
        deleted = 0
        while True:
            told_apart = f"{people}\n\n{deleted}" if deleted else people
            room = DIRECT_PREFIX + hashlib.sha256(told_apart.encode()).hexdigest()[:32]
            about = self._register.facts(room, user_id).about
            if about is None or not about.deleted:
                return room, about
            deleted += 1

    def describe(self, session: Session, room: str, description: Description) -> Facts:
        """Change what a room is, and tell who is in it."""

        def attempt() -> tuple[Facts, Facts]:
            facts = self.facts(session, room, Act.CHANGE_ROOM)
            about = description.of(facts.about or About(room))
            if about.access == "private" and not self._register.owners(room):
                # Nobody could ever enter it again, whoever closes it included.
                self._register.put_member(facts, session.user, facts.membership._replace(role="owner"))
                self._deeds.note(session.user, "role", session.user.id, room, "owner")
                raise WriteConflict
            if about == facts.about:
                return facts, facts
            self._register.describe(facts, about)
            return facts, facts._replace(about=about, version=facts.version + 1)

        before, after = settled(self._clock, attempt)
        if before.access != after.access:
            self._deeds.note(session.user, "access", room, room, after.access)
        if description.access == "private":
            # Also if it was private before: a change that died on the way here is completed.
            self._eviction.strangers(room, after.version)
        if before.about != after.about:
            self._news.room_changed(room, self._rooms.endpoint(room, hidden=after.access != "open"))
        if after.access == "open" != before.access:
            self._announcing.opened(room, session.user)
        return after

    def members(self, session: Session, room: str, after: str | None, limit: int) -> list[Member]:
        """Return who belongs to a room, one more than `limit` if there are more."""
        self.facts(session, room, Act.SEE_MEMBERS)
        return self._register.members(room, after, limit + 1)

    def put_member(self, session: Session, room: str, user_id: str, role: RoomRole) -> Member:
        """Make somebody a member or owner of a room."""
        self.facts(session, room, Act.CHANGE_MEMBERS)
        person = known_person(self._people, user_id)
        user = person.user
        if role == "owner" and person.role == "guest":
            raise Forbidden("Guests cannot own a room: let them sign in as members first.")

        def attempt() -> Membership:
            facts = self.facts_of(session, room, Act.CHANGE_MEMBERS, user_id)
            self._keep_an_owner(facts, role)
            membership = facts.membership._replace(role=role, removed_at=0)
            if membership != facts.membership:
                self._register.put_member(facts, user, membership)
            return facts.membership

        before = settled(self._clock, attempt)
        if before.role != role:
            self._deeds.note(session.user, "role", user_id, room, role)
        if before.role is None:
            self._tell_newcomer(room, user)
        return Member(user, before._replace(role=role))

    def drop_member(self, session: Session, room: str, user_id: str) -> None:
        """Remove somebody from a room, or oneself; from its next broadcast on they get nothing of it."""
        act = Act.LEAVE_FOR_GOOD if user_id == session.user.id else Act.CHANGE_MEMBERS

        def attempt() -> Facts:
            facts = self.facts_of(session, room, act, user_id)
            self._keep_an_owner(facts, None)
            if facts.membership.role is not None:
                removed_at = 0 if act is Act.LEAVE_FOR_GOOD else self._clock.now()
                self._register.drop_member(facts, user_id, removed_at)
            return facts

        before = settled(self._clock, attempt)
        was_member = before.membership.role is not None
        person = self._people.person(user_id)
        role = "member" if person is None else person.role
        # Also if they were no member any more: a removal that died on the way here is completed.
        if not may_join(role, before._replace(membership=Membership())):
            self._eviction.person(room, user_id, was_member=was_member)
        if not was_member:
            raise NotFound(f"They do not belong to {room}.")
        if act is Act.CHANGE_MEMBERS and person is not None:
            self._deeds.note(session.user, "remove", user_id, room)

    def admit(self, room: str, user: User) -> None:
        """Make somebody a member who was invited."""

        def attempt() -> bool:
            facts = self._register.facts(room, user.id, existence=True)
            if facts.about is not None and facts.about.deleted:
                raise NotFound(no_room(room))  # since the invite was looked at
            if facts.membership.role is not None:
                return False
            self._register.put_member(facts, user, facts.membership._replace(role="member", removed_at=0))
            return True

        if settled(self._clock, attempt):
            self._tell_newcomer(room, user)

    def _keep_an_owner(self, facts: Facts, role: RoomRole | None) -> None:
        was_owner = facts.membership.role == "owner"
        if was_owner and role != "owner" and self._register.owners(facts.room) <= 1:
            raise Conflict(f"{facts.room} must keep an owner: make somebody else one first.")

    def _tell_newcomer(self, room: str, user: User) -> None:
        self._news.added(room, self._people.connections(user.id))
