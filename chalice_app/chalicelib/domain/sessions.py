"""Who is signed in, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from chalicelib.domain.access import Role
from chalicelib.domain.messages import User

# The session of tokens that were made before sessions had ids.
UNNAMED = "v1"


class Proof(NamedTuple):
    """How somebody showed, when they signed in, that they are one person among others.

    ``voucher`` is the invite of an admin, or, of a member's guest, the id of that member, who can make any
    number of invites. Whoever chose a name has shown nothing.
    """

    kind: Literal["provider", "admin", "invite", "guest"]
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed token, whom it names, and when it expires (seconds since the epoch).

    ``id`` is the session's, which a renewed token keeps, and ``role`` what its user is in the deployment.
    ``ends`` is when it ends however often it is renewed, if it does (seconds since the epoch).
    ``proof`` and ``recovers`` are known when the session begins, and not of a session that a token names; the
    latter says that an admin let somebody in who was locked out.
    """

    token: str
    user: User
    expires: int
    id: str = UNNAMED
    role: Role = "member"
    ends: int | None = None
    proof: Proof | None = None
    recovers: bool = False

    @property
    def expires_at(self) -> str:
        """Return the end of the session in ISO 8601."""
        return datetime.fromtimestamp(self.expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class SessionRecord(NamedTuple):
    """What is kept of a session: when it began and was last used (ms since the epoch).

    ``recovers`` says that an admin's link began it.
    """

    id: str
    created: int
    last_seen: int
    recovers: bool = False


class Ban(NamedTuple):
    """Why somebody may not sign in, and until when (ms since the epoch); None is for ever.

    Who was ``removed`` is also taken out of every room. ``networks`` are the marks of those from which nobody
    new may come meanwhile.
    """

    reason: str
    until: int | None = None
    removed: bool = False
    networks: tuple[str, ...] = ()

    def holds(self, now: int) -> bool:
        """Return whether it still holds at a time in milliseconds."""
        return self.until is None or self.until > now


class Person(NamedTuple):
    """Somebody who has signed in, whether or not they are still.

    ``since`` is when they first did (ms since the epoch); 0 if that was before it was kept. ``about`` are a
    few words of theirs about themselves, and ``picture`` is the id of their picture; either may be empty.
    """

    user: User
    role: Role
    ban: Ban | None = None
    proof: Proof | None = None
    since: int = 0
    about: str = ""
    picture: str = ""


class DeviceLink(NamedTuple):
    """Whom a link signs in on another device, and as what.

    ``by`` is the id of who made it in the session ``session``, and ``ends`` when the new session ends however
    often it is renewed, if it does (seconds since the epoch).
    """

    user: User
    role: Role
    by: str
    session: str
    ends: int | None = None


class OpenConnection(NamedTuple):
    """A connection of somebody, and where it is reached."""

    id: str
    session: str
    endpoint: str


class Reachable(NamedTuple):
    """A connection that is open at an endpoint, and whose it is."""

    id: str
    user_id: str


class CodeGrant(NamedTuple):
    """What somebody's browser brings from a sign-in provider: a code, and what belongs to it."""

    code: str
    verifier: str
    redirect_uri: str
    nonce: str


class ProvidedIdentity(NamedTuple):
    """Whom a sign-in provider says somebody is; the subject is unique for the issuer, and stays."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
