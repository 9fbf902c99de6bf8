"""Passwords, with which people keep their names: one signs its owner in on any device."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib.domain.messages import User
from chalicelib.domain.networks import network
from chalicelib.domain.passwords import PasswordHash, Standing, StoredPassword, check_password, prepared
from chalicelib.domain.sessions import Session
from chalicelib.domain.text import check_name, name_key
from chalicelib.errors import AccessDenied, Forbidden, NotFound
from chalicelib.service.attempts import AttemptLimit
from chalicelib.service.deeds import Deeds
from chalicelib.service.identity_ports import Names, People
from chalicelib.service.leaving import SessionEnding
from chalicelib.service.news import News
from chalicelib.service.password_ports import PasswordPorts
from chalicelib.service.ports import Clock
from chalicelib.service.sessions import Sessions, proof_of

WRONG = "The name or the password is wrong. Whoever has forgotten theirs asks an admin for a sign-in link."
CURRENT_WRONG = "The current password is wrong: nothing was changed."
TOO_MANY = "Too many wrong passwords: wait a few minutes."


class Passwords:
    """The use cases of signing in with a password, and of setting, changing and removing one."""

    def __init__(
        self,
        ports: Callable[[], PasswordPorts],
        names: Names,
        people: People,
        sessions: Sessions,
        ending: SessionEnding,
        news: News,
        deeds: Deeds,
        limit: AttemptLimit,
        clock: Clock,
    ) -> None:
        self._ports = ports
        self._names = names
        self._people = people
        self._sessions = sessions
        self._ending = ending
        self._news = news
        self._deeds = deeds
        self._limit = limit
        self._clock = clock

    def sign_in(
        self, name: object, password: object, access_code: object, source: str, admin_code: object = None
    ) -> Session:
        """Begin a session of who keeps a name; `source` is the network address of who asks.

        The codes are needed as ever: a password makes nobody an admin. That nobody keeps the name, or with
        another password, is the same error after the same work.

        Raises
        ------
        AccessDenied
            A code or the password is wrong, or whoever keeps the name is banned.
        Invalid, RateLimited, Unavailable
        """
        role = self._sessions.admit(access_code, source, admin_code)
        key, given = name_key(check_name(name)), prepared(password)
        with self._attempt(key, source):
            user_id = self._names.keeper(key)
            stored = None if user_id is None else self._ports().stored.of(user_id)
            admitted = self._admits(stored, given)
            person = self._people.person(user_id) if user_id is not None and admitted else None
            if person is None:
                raise AccessDenied(WRONG)
        others = self._people.connections(person.user.id)
        session = self._sessions.begin(person.user, role, proof=proof_of(role))
        # Whoever changed it at this moment, and ended all sessions, may not have found this one.
        if self._ports().stored.of(person.user.id) != stored:
            self._people.end(person.user.id, [session.id])
            raise AccessDenied(WRONG)
        self._news.entered(others)
        return session

    def standing(self, session: Session) -> Standing | None:
        """Return how the asker's name is kept; None if they can have no password."""
        if self._refusal(session) is not None:
            return None
        stored = self._ports().stored.of(session.user.id)
        return Standing(stored is not None, self._needs_current(session, stored))

    def change(
        self, session: Session, password: object, current: object, source: str, *, end_others: bool = False
    ) -> Standing:
        """Keep the asker's name with a password; None removes it, and the name is held as any other.

        ``current`` is the present password, which is not needed if there is none, nor by somebody whom an
        admin has let in since it was set.

        Raises
        ------
        AccessDenied
            The current password is wrong.
        Forbidden
            This person gets in by other means.
        Invalid, NameTaken, NotFound, RateLimited, Unavailable
        """
        refusal = self._refusal(session)
        if refusal is not None:
            raise Forbidden(refusal)
        new = None if password is None else check_password(password, session.user.name)
        stored = self._ports().stored.of(session.user.id)
        if new is None and stored is None:
            raise NotFound("You have no password.")
        needed = self._needs_current(session, stored)
        if needed:
            given = "" if current is None else prepared(current)
            with self._attempt(name_key(session.user.name), source):
                if not self._admits(stored, given):
                    raise AccessDenied(CURRENT_WRONG)
        if new is None:
            self._ports().stored.drop(session.user.id)
            self._sessions.release_name(session.user)
        else:
            self._keep(session.user, new)
        done = "set" if stored is None else "removed" if new is None else "changed" if needed else "recovered"
        self._deeds.note(session.user, "password", session.user.id, reason=done)
        if end_others:
            self._ending.end_others(session)
        return Standing(new is not None, current_needed=new is not None)

    def _keep(self, user: User, password: str) -> None:
        stored, log_cost = self._ports()
        hashed = str(PasswordHash.of(password, log_cost))
        # The name first: a password without its name would let nobody in, and the name would go to others.
        self._sessions.keep_name(user)
        stored.put(user.id, StoredPassword(hashed, self._clock.now()))

    def _admits(self, stored: StoredPassword | None, given: str) -> bool:
        """Whether a password is right; without one it is not, which takes as long to find out."""
        if stored is None:
            known = PasswordHash.of_nobody(self._ports().log_cost)
        else:
            known = PasswordHash.parse(stored.hashed)
        return known.admits(given)

    def _needs_current(self, session: Session, stored: StoredPassword | None) -> bool:
        if stored is None:
            return False
        records = self._people.sessions(session.user.id)
        return not any(
            one.id == session.id and one.recovers and one.created > stored.since for one in records
        )

    def _refusal(self, session: Session) -> str | None:
        """Return why somebody can have no password, or None if they can."""
        if session.user.bot:
            return "A bot has its token, and no password."
        if session.role == "guest":
            return "Guests have no password: whoever invited you can make you a member."
        if not self._sessions.by_name:
            return "Names alone are not enough here: sign in with this chat's provider."
        person = self._people.person(session.user.id)
        provided = person is not None and person.proof is not None and person.proof.kind == "provider"
        if provided or session.ends is not None:
            return "The sign-in provider knows you: your password is there."
        return None

    @contextmanager
    def _attempt(self, key: str, source: str) -> Iterator[None]:
        """Attempt a password of a name: neither a network nor everybody together may be wrong too often."""
        with (
            self._limit.attempt(f"passwords-{network(source)}", TOO_MANY),
            self._limit.attempt(f"password-of-{key}", TOO_MANY),
        ):
            yield
