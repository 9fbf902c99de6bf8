"""Signing in: a name becomes a user with a signed token, whose session can be ended."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from chalicelib.domain.access import Role
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import UNNAMED, Ban, Proof, Session
from chalicelib.domain.text import check_name, name_key
from chalicelib.domain.times import timestamp
from chalicelib.errors import AccessDenied, NameTaken, Unauthorized
from chalicelib.service.codes import Codes
from chalicelib.service.identity_ports import Names, People, Secrets
from chalicelib.service.networks import Networks
from chalicelib.service.ports import Clock

NAME_HELD_SECONDS = 24 * 3600  # after the last token for it expired

FORGED = "The token is missing or was not made by this chat: sign in."
ENDED = "This session was ended: sign in again."


class Sessions:
    """Issues tokens, renews them and tells whom one names."""

    def __init__(
        self,
        names: Names,
        people: People,
        secret: Secrets,
        codes: Codes,
        networks: Networks,
        clock: Clock,
        hours: int,
        *,
        by_name: bool = True,
    ) -> None:
        self._names = names
        self._people = people
        self._secret = secret
        self._codes = codes
        self._networks = networks
        self._clock = clock
        self._seconds = hours * 3600
        self.by_name = by_name

    def create(self, name: object, access_code: object, source: str, admin_code: object = None) -> Session:
        """Sign somebody in under a name that nobody else holds; `source` is their network address."""
        role = self.admit(access_code, source, admin_code)
        if role != "admin":
            self._networks.check(source)
        return self.begin(User(secrets.token_hex(8), check_name(name)), role, proof=proof_of(role))

    def admit(self, access_code: object, source: str, admin_code: object = None) -> Role:
        """Return as what somebody may enter with these codes who has a name, or raise `AccessDenied`."""
        if not self.by_name:
            raise AccessDenied("A name alone is not enough here: sign in with this chat's provider.")
        self._codes.check_access(access_code, source)
        if admin_code is None:
            return "member"
        self._codes.check_admin(admin_code, source)
        return "admin"

    def begin(
        self, user: User, role: Role, *, hours: int | None = None, proof: Proof | None = None
    ) -> Session:
        """Begin a session of somebody who has proved who they are, or of a bot for so many hours.

        Raises
        ------
        NameTaken, AccessDenied
        """
        expires = 0 if hours is None else self._clock.now() // 1000 + hours * 3600
        return self.unless_banned(
            self._issue(Session("", user, expires, secrets.token_hex(8), role, proof=proof))
        )

    def unless_banned(self, session: Session) -> Session:
        """Return a session that has begun; if its user is banned, end it and raise `AccessDenied`.

        Whoever bans at the same time finds the session, or is found here.
        """
        person = self._people.person(session.user.id)
        if person is not None and person.ban is not None and person.ban.holds(self._clock.now()):
            self._people.end(session.user.id, [session.id])
            raise AccessDenied(banned(person.ban))
        return session

    def remember(self, session: Session) -> None:
        """Keep whose a token is of before sessions had ids, so that they can be found, muted and banned."""
        if session.id == UNNAMED:
            self._people.signed_in(session)

    def begin_under_any(
        self,
        user_id: str,
        names: Iterable[str],
        role: Role,
        *,
        ends: int | None,
        proof: Proof | None = None,
        recovers: bool = False,
    ) -> Session:
        """Begin a session of somebody under the first of some names that nobody else holds.

        However often it is renewed, it ends at `ends` (seconds since the epoch), if that is not None. What
        they have proved before stays without a `proof`. One that `recovers` lets in who was locked out.

        Raises
        ------
        NameTaken
            Others hold all of them.
        """
        for name in names:
            session = Session("", User(user_id, name), 0, secrets.token_hex(8), role, ends, proof, recovers)
            expires = self._expiry(session)
            if self._hold(session.user, expires):
                return self._sign(session, expires)
        raise NameTaken("Others hold your name with every number that was tried: try again.")

    def renew(self, token: str) -> Session:
        """Return a fresh token for the holder of a valid one, who keeps id, name and session."""
        return self._issue(self.check(token), renewed=True)

    def check(self, token: str) -> Session:
        """Return the session of a token, or raise `Unauthorized`, also if the session was ended."""
        session = self.of(token)
        if self._people.is_ended(session):
            raise Unauthorized(ENDED)
        return session

    def of(self, token: str) -> Session:
        """Return the session that a token names, which may have been ended, or raise `Unauthorized`."""
        claims = self._claims(token)
        if claims["exp"] <= self._clock.now() // 1000:
            raise Unauthorized("The token has expired: sign in again.")
        user = User(claims["sub"], claims["name"], bool(claims.get("bot")))
        role: Role = claims.get("role", "member")
        return Session(token, user, int(claims["exp"]), claims.get("sid", UNNAMED), role, claims.get("end"))

    def _claims(self, token: str) -> dict[str, Any]:
        for key in self._secret.token_keys().valid:
            signer = _signer(key)
            try:
                claims: dict[str, Any] = signer.loads(token)
            except BadData:
                continue
            # Base64 has several spellings of the same bytes; a token has one.
            if signer.dumps(claims) == token:
                return claims
        raise Unauthorized(FORGED)

    def _issue(self, session: Session, *, renewed: bool = False) -> Session:
        expires = self._expiry(session)
        held = self._hold(session.user, expires)
        if not held and renewed:
            # Whoever held a name before its looks were held keeps it.
            held = self._hold(session.user, expires, with_looks=False)
        if not held:
            key = name_key(session.user.name)
            self._refuse_banned(key)
            raise NameTaken(
                f"Somebody else is called {session.user.name}, or has a name that looks like it: "
                "choose another name.",
                kept=self._names.keeper(key) is not None,
            )
        return self._sign(session, expires)

    def _expiry(self, session: Session) -> int:
        if session.user.bot:
            return session.expires  # what a bot may do ends when whoever made it said
        expires = self._clock.now() // 1000 + self._seconds
        return expires if session.ends is None else min(expires, session.ends)

    def keep_name(self, user: User) -> None:
        """Hold somebody's name for good, with its looks if nobody else has them; raise `NameTaken`."""
        key = name_key(user.name)
        # Whoever held a name before its looks were held keeps it.
        if not self._names.keep(key, user, _looks(user)) and not self._names.keep(key, user):
            raise NameTaken(f"Somebody else is called {user.name} by now: ask an admin.")

    def release_name(self, user: User) -> None:
        """Hold somebody's name as long as any token that they have now, and as long after it as ever."""
        until = self._clock.now() // 1000 + self._seconds + NAME_HELD_SECONDS
        self._names.release(name_key(user.name), user, until, _looks(user))

    def _hold(self, user: User, expires: int, *, with_looks: bool = True) -> bool:
        until = expires + NAME_HELD_SECONDS
        return self._names.hold(name_key(user.name), user, until, _looks(user) if with_looks else ())

    def _sign(self, session: Session, expires: int) -> Session:
        user = session.user
        claims = {"sub": user.id, "name": user.name, "exp": expires, "sid": session.id, "role": session.role}
        further: dict[str, bool | int] = {"bot": True} if user.bot else {}
        if session.ends is not None:
            further["end"] = session.ends
        signer = _signer(self._secret.token_keys().signing(self._clock.now() // 1000))
        issued = replace(session, token=str(signer.dumps(claims | further)), expires=expires)
        self._people.signed_in(issued)
        return issued

    def _refuse_banned(self, key: str) -> None:
        holder = self._names.holder(key)
        person = None if holder is None else self._people.person(holder)
        if person is not None and person.ban is not None and person.ban.holds(self._clock.now()):
            raise AccessDenied(banned(person.ban))


def _looks(user: User) -> Sequence[str]:
    # Imported here: only the function that signs people in pays for it.
    from chalicelib.domain.looks import looks  # noqa: PLC0415

    return looks(user.name)


def proof_of(role: Role) -> Proof | None:
    """Return what somebody has proved who entered as this with codes."""
    return Proof("admin") if role == "admin" else None


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        key,
        salt="undertone-session",
        signer_kwargs={"key_derivation": "hmac", "digest_method": "sha256"},
    )


def banned(ban: Ban) -> str:
    """Return what somebody is told who may not sign in."""
    until = "" if ban.until is None else f" until {timestamp(ban.until)}"
    return f"You may not enter this chat{until}: {ban.reason}"
