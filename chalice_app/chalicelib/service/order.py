"""Order in the house: mutes, bans, reports, and the record of what was done."""

from collections.abc import Sequence

from chalicelib.domain.access import Act, Member, Membership
from chalicelib.domain.audit import Deed, Report
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Ban, Session
from chalicelib.errors import Forbidden, NotFound
from chalicelib.service.attendance import Attendance
from chalicelib.service.bots import Bots
from chalicelib.service.deeds import Deeds
from chalicelib.service.identity_ports import People
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.leaving import SessionEnding
from chalicelib.service.networks import Networks
from chalicelib.service.people import known_person
from chalicelib.service.ports import Clock, Connections
from chalicelib.service.purging import Purging
from chalicelib.service.room_ports import Audit, RoomRegister
from chalicelib.service.settling import settled

MINUTE_MS = 60_000


class Order:
    """The use cases of owners and admins who keep order."""

    def __init__(
        self,
        register: RoomRegister,
        people: People,
        connections: Connections,
        attendance: Attendance,
        keeping: RoomKeeping,
        ending: SessionEnding,
        networks: Networks,
        bots: Bots,
        purging: Purging,
        audit: Audit,
        deeds: Deeds,
        clock: Clock,
    ) -> None:
        self._register = register
        self._people = people
        self._connections = connections
        self._attendance = attendance
        self._keeping = keeping
        self._ending = ending
        self._networks = networks
        self._bots = bots
        self._purging = purging
        self._audit = audit
        self._deeds = deeds
        self._clock = clock

    def mute(self, session: Session, room: str, user_id: str, minutes: int) -> Member:
        """Let somebody write nothing in a room for some minutes; none lifts that."""
        self._keeping.facts(session, room, Act.MUTE)
        user = known_person(self._people, user_id).user
        until = self._clock.now() + minutes * MINUTE_MS if minutes else 0
        membership = self._put_mute(session, room, user, until)
        # Those who join meanwhile read the facts after they have subscribed.
        for subscription in self._attendance.of(room, user_id):
            self._connections.mute(subscription.connection_id, room, until)
        self._deeds.note(session.user, "mute" if minutes else "unmute", user_id, room)
        return Member(user, membership)

    def ban(
        self,
        session: Session,
        user_id: str,
        minutes: int | None,
        reason: str,
        *,
        remove: bool = False,
        addresses: bool = False,
    ) -> None:
        """End all sessions of somebody and forbid them to sign in; None is for ever.

        Who is removed is also taken out of every room. With `addresses` nobody new may come from the networks
        that they have used lately, as long as the ban holds.
        """
        self._admin(session, "ban somebody")
        person = known_person(self._people, user_id)
        until = None if minutes is None else self._clock.now() + minutes * MINUTE_MS
        networks = self._networks.bar(user_id, until) if addresses else ()
        self._people.ban(person, Ban(reason, until, remove, networks))
        self._ending.end_all(person.user)
        self._bots.end_all(person.user)
        if remove:
            self._purging.begin("person", user_id, session.user)
        self._deeds.note(session.user, "remove-person" if remove else "ban", user_id, reason=reason)
        if addresses:
            self._deeds.note(session.user, "bar", user_id)

    def lift_ban(self, session: Session, user_id: str) -> None:
        """Let somebody sign in again."""
        self._admin(session, "lift a ban")
        person = self._people.person(user_id)
        if person is None or person.ban is None:
            raise NotFound("They are not banned.")
        self._people.ban(person, None)
        self._networks.lift(user_id, person.ban)
        self._deeds.note(session.user, "unban", user_id)

    def reports(self, session: Session, before: int | None, limit: int) -> Sequence[Report]:
        """Return what was reported, the newest first, one more than `limit` if there are more."""
        self._admin(session, "read reports")
        return self._audit.reports(before, limit + 1)

    def audit(self, session: Session, before: int | None, limit: int) -> Sequence[Deed]:
        """Return what was done, the newest first, one more than `limit` if there is more."""
        self._admin(session, "read the audit log")
        return self._audit.deeds(before, limit + 1)

    def _put_mute(self, session: Session, room: str, user: User, until: int) -> Membership:
        def attempt() -> Membership:
            facts = self._keeping.facts_of(session, room, Act.MUTE, user.id)
            if facts.access != "open" and facts.membership.role is None:
                raise NotFound(f"They do not belong to {room}.")
            membership = facts.membership._replace(muted_until=until)
            self._register.put_member(facts, user, membership)
            return membership

        return settled(self._clock, attempt)

    def _admin(self, session: Session, what: str) -> None:
        if session.role != "admin":
            raise Forbidden(f"Only admins may {what}.")
