"""What the use cases need to know and to limit who somebody is."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Protocol

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import (
    Ban,
    CodeGrant,
    DeviceLink,
    OpenConnection,
    Person,
    ProvidedIdentity,
    Reachable,
    Session,
    SessionRecord,
)
from chalicelib.domain.token_keys import TokenKeys


class Names(Protocol):
    """Who holds which name."""

    def hold(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> bool:
        """Hold a name and its looks until a time (seconds since the epoch).

        False if somebody else holds the name, or any of the looks at the same place in the list; then nothing
        is held. What somebody keeps for good stays kept.
        """

    def keep(self, key: str, user: User, looks: Sequence[str] = ()) -> bool:
        """Hold a name and its looks for good; False, as above, if somebody else holds any of them."""

    def release(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> None:
        """Hold what somebody kept only until a time (seconds since the epoch)."""

    def keeper(self, key: str) -> str | None:
        """Return the id of who keeps a name for good, read consistently."""

    def holder(self, key: str) -> str | None:
        """Return the id of who holds a name."""


class Secrets(Protocol):
    """The keys that sign tokens."""

    def token_keys(self) -> TokenKeys:
        """Return the deployment's keys, the first made on first use; changes are known within minutes."""


class Attempt(Enum):
    """Whether what somebody tries may be compared with what is right."""

    BEGUN = auto()
    BUSY = auto()
    """So many are under way that one has to wait until they are right or wrong."""
    REFUSED = auto()
    """Too many were wrong."""


class Attempts(Protocol):
    """Counts attempts at codes, links and passwords, by source and window of time."""

    def begin(self, source: str, window: int, most: int, expires: int) -> Attempt:
        """Count an attempt; if `most` are counted already, say why not and count nothing.

        The count is forgotten at ``expires`` (seconds since the epoch).
        """

    def succeeded(self, source: str, window: int) -> None:
        """Take back an attempt that was right."""

    def failed(self, source: str, window: int) -> None:
        """Note that an attempt was wrong; it stays counted."""


class IdentityProvider(Protocol):
    """A provider at which people sign in."""

    def identity(self, grant: CodeGrant, wanted: frozenset[str]) -> ProvidedIdentity:
        """Return whom the provider names for a code; `wanted` are claims that it may have to be asked for.

        Raises
        ------
        AccessDenied
            The code was used or is not this browser's, or what came for it must not be accepted.
        Unavailable
            The provider does not answer, or does not know this deployment.
        """


class NewRooms(Protocol):
    """Counts the rooms that each user was the first to come to, by day."""

    def open(self, user: User, room: str, day: int, most: int) -> bool:
        """Count a room once; if `most` others are counted for that day already, return False.

        ``day`` is counted since the epoch.
        """


class People(Protocol):
    """Who has signed in, and their sessions."""

    def signed_in(self, session: Session) -> None:
        """Keep a session that begins or is renewed, and whose it is."""

    def is_ended(self, session: Session) -> bool:
        """Return whether somebody has ended the session, read consistently."""

    def sessions(self, user_id: str) -> list[SessionRecord]:
        """Return somebody's sessions that are neither ended nor expired, the newest first."""

    def end(self, user_id: str, sessions: Sequence[str]) -> None:
        """End sessions of somebody: their tokens are worth nothing from now on."""

    def connections(self, user_id: str) -> list[OpenConnection]:
        """Return somebody's connections, read consistently; some may be gone already."""

    def reachable(self, most: int) -> list[Reachable]:
        """Return everybody's connections that this function reaches, or so many of them.

        All that are known are read for it, so it is for what happens seldom. They may be some moments old, so
        that some are gone already.
        """

    def person(self, user_id: str) -> Person | None:
        """Return who somebody is, if they have ever signed in."""

    def known(self, user_ids: Sequence[str]) -> tuple[Person, ...]:
        """Return those of the people who exist, in the given order; may be some moments old."""

    def named(self, prefix: str, limit: int) -> list[Person]:
        """Return people whose name's key begins with `prefix`, by that key; may be some moments old."""

    def ban(self, person: Person, ban: Ban | None) -> None:
        """Forbid somebody to sign in, or allow it again."""

    def noted(self, session: Session, network: str) -> None:
        """Keep the mark of the network that a session comes from, in place of the one before."""

    def networks(self, user_id: str, since: int) -> set[str]:
        """Return the marks that were noted of somebody's sessions since a time (ms since the epoch)."""

    def describe(self, user_id: str, about: str | None, picture: str | None) -> None:
        """Keep somebody's words about themselves and the id of their picture; None stays as it is."""


class Bars(Protocol):
    """Marks of networks from which nobody new may come, each with whose ban says so."""

    def bar(self, networks: Sequence[str], user_id: str, until: int | None) -> None:
        """Bar networks for somebody's ban until a time (ms since the epoch), or for ever."""

    def barred(self, networks: Sequence[str]) -> set[str]:
        """Return the ids of those for whom any of the networks is barred, read consistently."""


class DeviceLinks(Protocol):
    """Links that sign somebody in on another device, by a hash of their secret."""

    def add(self, key: str, link: DeviceLink, expires: int) -> None:
        """Keep a link until it expires (seconds since the epoch)."""

    def find(self, key: str, now: int) -> DeviceLink | None:
        """Return a link that can still be used, at a time in seconds, read consistently."""

    def use(self, key: str, now: int) -> bool:
        """Use a link up; of several who try, one gets True. False also if it has expired."""
