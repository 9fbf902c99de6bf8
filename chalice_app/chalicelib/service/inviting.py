"""Invitations to rooms: a secret that makes whoever has it a member, or a guest."""

import hashlib
import secrets
from typing import NamedTuple

from chalicelib.domain.access import Act
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session
from chalicelib.domain.text import check_name
from chalicelib.errors import NotFound
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
        keeping: RoomKeeping,
        sessions: Sessions,
        clock: Clock,
    ) -> None:
        self._invites = invites
        self._register = register
        self._keeping = keeping
        self._sessions = sessions
        self._clock = clock

    def invite(self, session: Session, room: str, uses: int, hours: int) -> Invite:
        """Make an invite to a room."""
        self._keeping.facts(session, room, Act.INVITE)
        made = Invite(secrets.token_urlsafe(24), self._now() + hours * HOUR_SECONDS, uses)
        self._invites.add(_hash(made.secret), room, made.expires, uses)
        return made

    def accept(self, session: Session, secret: str) -> str:
        """Make the asker a member of the invite's room; return its name."""
        room = self._room(secret)
        if self._register.facts(room, session.user.id).membership.role is None:
            self._use(secret)
            self._keeping.admit(room, session.user)
        return room

    def sign_in(self, name: object, secret: str) -> Session:
        """Sign somebody in as a guest, who belongs to the invite's room and to nothing else."""
        user = User(secrets.token_hex(8), check_name(name))
        room = self._room(secret)
        session = self._sessions.begin(user, "guest")
        self._use(secret)
        self._keeping.admit(room, user)
        return session

    def _room(self, secret: str) -> str:
        room = self._invites.room(_hash(secret), self._now())
        if room is None:
            raise NotFound(UNKNOWN)
        return room

    def _use(self, secret: str) -> None:
        if not self._invites.use(_hash(secret), self._now()):
            raise NotFound(UNKNOWN)

    def _now(self) -> int:
        return self._clock.now() // 1000


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
