"""Signing in with a provider: whom it names is somebody here, the same person every time."""

import hashlib
import json
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from chalicelib.domain.admission import Admission
from chalicelib.domain.provided_names import NAME_CLAIMS, numbered, provided_name
from chalicelib.domain.sessions import CodeGrant, Proof, ProvidedIdentity, Session
from chalicelib.errors import AccessDenied
from chalicelib.service.attempts import AttemptLimit
from chalicelib.service.identity_ports import IdentityProvider, People
from chalicelib.service.ports import Clock
from chalicelib.service.sessions import Sessions, banned

HOUR_SECONDS = 3600
NOT_ADMITTED = "The sign-in provider knows you, but you are not among those who may enter this chat."


class SignInProvider(NamedTuple):
    """A provider at which people sign in, who of them may enter, and for how long (hours)."""

    provider: IdentityProvider
    admission: Admission
    hours: int


class ProviderSignIn:
    """The use case of signing in with a provider.

    Parameters
    ----------
    hours
        How long a session lasts, however often it is renewed: then the provider is asked again.
    """

    def __init__(
        self,
        provider: IdentityProvider,
        admission: Admission,
        hours: int,
        sessions: Sessions,
        people: People,
        limit: AttemptLimit,
        clock: Clock,
    ) -> None:
        self._provider = provider
        self._admission = admission
        self._seconds = hours * HOUR_SECONDS
        self._sessions = sessions
        self._people = people
        self._limit = limit
        self._clock = clock

    def sign_in(self, grant: CodeGrant, source: str) -> Session:
        """Begin a session of whom the provider names; `source` is their network address.

        Raises
        ------
        AccessDenied
            The provider's answer must not be accepted, or this person may not enter, or is banned.
        RateLimited, Unavailable
        """
        with self._limit.attempt(source, "Too many sign-ins that were refused: wait a few minutes."):
            identity = self._provider.identity(grant, self._admission.needs() | {NAME_CLAIMS[0]})
            role = self._admission.role(identity.claims)
            if role is None:
                raise AccessDenied(NOT_ADMITTED)
            user_id = user_id_of(identity)
            self._refuse_banned(user_id)
            session = self._sessions.begin_under_any(
                user_id,
                self._names(user_id, identity),
                role,
                ends=self._clock.now() // 1000 + self._seconds,
                proof=Proof("provider"),
            )
            # Again, for whoever bans somebody ends the sessions that there are then: not this one, perhaps.
            return self._sessions.unless_banned(session)

    def _names(self, user_id: str, identity: ProvidedIdentity) -> Iterator[str]:
        """Yield the name that this person has had, then the one that the provider tells, and with numbers."""
        known = self._people.person(user_id)
        had = () if known is None else (known.user.name,)
        return chain(had, numbered(provided_name(identity.claims)))

    def _refuse_banned(self, user_id: str) -> None:
        person = self._people.person(user_id)
        if person is not None and person.ban is not None and person.ban.holds(self._clock.now()):
            raise AccessDenied(banned(person.ban))


def user_id_of(identity: ProvidedIdentity) -> str:
    """Return the id of a person, which follows from whom the provider names and from nothing else."""
    pair = json.dumps([identity.issuer, identity.subject], ensure_ascii=True)
    return hashlib.sha256(pair.encode()).hexdigest()[:32]
