"""Invitations to rooms: a secret that makes whoever has it a member, or a guest."""

import secrets
from typing import NamedTuple

from chalicelib.domain import links
from chalicelib.domain.access import Act, Invitation, check
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Proof, Session
from chalicelib.domain.text import check_name
from chalicelib.errors import Forbidden, NotFound
from chalicelib.service.identity_ports import People
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.ports import Clock
from chalicelib.service.room_ports import Invites, RoomRegister
from chalicelib.service.sessions import Sessions

HOUR_SECONDS = 3600
UNKNOWN = "This invite is used up, has expired or was never made: ask for a new one."


class Invite(NamedTuple):
    """An invitation, until when it holds (seconds since the epoch) and how often it can be used."""

    secret: str
    expires: int
    uses: int


class Inviting:
    """The use cases of making and using invites. Only a hash of an invite is stored."""

    def __init__(
        self,
        invites: Invites,
        register: RoomRegister,
        people: People,
        keeping: RoomKeeping,
        sessions: Sessions,
        clock: Clock,
    ) -> None:
        self._invites = invites
        self._register = register
        self._people = people
        self._keeping = keeping
        self._sessions = sessions
        self._clock = clock

    def invite(self, session: Session, room: str, uses: int, hours: int) -> Invite:
        """Make an invite to a room."""
        self._keeping.facts(session, room, Act.INVITE)
        made = Invite(links.new_secret(), self._now() + hours * HOUR_SECONDS, uses)
        invitation = Invitation(room, session.user.id, self._clock.now())
        self._invites.add(links.stored(made.secret), invitation, made.expires, uses)
        return made

    def accept(self, session: Session, secret: str) -> str:
        """Make the asker a member of the invite's room; return its name."""
        (room, _, made), _ = self._invitation(secret)
        membership = self._register.facts(room, session.user.id).membership
        if membership.role is None:
            if membership.removed_at >= made:
                raise NotFound(UNKNOWN)  # who was put out comes back by a new invite, not by an old link
            self._use(secret)
            self._keeping.admit(room, session.user)
        return room

    def sign_in(self, name: object, secret: str) -> Session:
        """Sign somebody in as a guest, who belongs to the invite's room and to nothing else."""
        user = User(secrets.token_hex(8), check_name(name))
        found, by_admin = self._invitation(secret)
        # An admin's invites tell people apart one by one; anybody else's prove no more than who made them.
        proof = Proof("invite", links.stored(secret)) if by_admin else Proof("guest", found.by)
        session = self._sessions.begin(user, "guest", proof=proof)
        self._use(secret)
        self._keeping.admit(found.room, user)
        return session

    def _invitation(self, secret: str) -> tuple[Invitation, bool]:
        """Return an invite that holds, whose maker may still invite, and whether that is an admin."""
        found = self._invites.find(links.stored(secret), self._now())
        if found is None:
            raise NotFound(UNKNOWN)
        maker = self._people.person(found.by)
        facts = self._register.facts(found.room, found.by, existence=True)
        try:
            check(Act.INVITE, "member" if maker is None else maker.role, facts, self._clock.now())
        except (Forbidden, NotFound) as error:
            raise NotFound(UNKNOWN) from error
        return found, maker is not None and maker.role == "admin"

    def _use(self, secret: str) -> None:
        if not self._invites.use(links.stored(secret), self._now()):
            raise NotFound(UNKNOWN)

    def _now(self) -> int:
        return self._clock.now() // 1000
