"""Links that sign somebody in on another device, once and soon: their own, or an admin's for them."""

from typing import NamedTuple

from chalicelib.domain import links
from chalicelib.domain.messages import User
from chalicelib.domain.provided_names import numbered
from chalicelib.domain.sessions import DeviceLink, Session
from chalicelib.errors import AccessDenied, Forbidden
from chalicelib.service.attempts import AttemptLimit
from chalicelib.service.deeds import Deeds
from chalicelib.service.identity_ports import Attempts, DeviceLinks, People
from chalicelib.service.news import News
from chalicelib.service.people import known_person
from chalicelib.service.ports import Clock
from chalicelib.service.quota import Quota
from chalicelib.service.sessions import Sessions

LINK_SECONDS = 600
PER_HOUR = 30
_HOUR_SECONDS = 3_600
WORTHLESS = "This link was used, has expired or was never made: make a new one on a device that is signed in."


class MadeLink(NamedTuple):
    """A link that was just made, and until when it holds (seconds since the epoch)."""

    secret: str
    expires: int


class DeviceLinking:
    """The use cases of making and using links to other devices. Only a hash of a link is stored.

    A link is worth nothing any more when the session ends in which it was made: whoever signs out everywhere,
    or is banned, has taken back their links as well.
    """

    def __init__(
        self,
        device_links: DeviceLinks,
        people: People,
        sessions: Sessions,
        news: News,
        deeds: Deeds,
        attempts: Attempts,
        clock: Clock,
        *,
        by_provider: bool,
    ) -> None:
        self._links = device_links
        self._people = people
        self._sessions = sessions
        self._news = news
        self._deeds = deeds
        self._clock = clock
        self._limit = AttemptLimit(attempts, clock)
        self._quota = Quota(attempts, clock, PER_HOUR, _HOUR_SECONDS)
        self._by_provider = by_provider

    def make(self, session: Session) -> MadeLink:
        """Make a link with which the asker gets in on another device, as what they are in this session."""
        if session.user.bot:
            raise Forbidden("A bot has its token: use that wherever it runs.")
        return self._make(
            session, DeviceLink(session.user, session.role, session.user.id, session.id, session.ends)
        )

    def make_for(self, session: Session, user_id: str) -> MadeLink:
        """Make a link for somebody who cannot get in any more, as an admin."""
        if session.role != "admin":
            raise Forbidden("Only admins may make a link for somebody else.")
        person = known_person(self._people, user_id)
        if person.user.bot:
            raise Forbidden("A bot gets in with its token: whoever has it makes a new one.")
        if person.ban is not None and person.ban.holds(self._clock.now()):
            raise Forbidden("They are banned: lift the ban first.")
        if self._by_provider and person.proof is not None and person.proof.kind == "provider":
            raise Forbidden("The sign-in provider says whether they may enter: they sign in there.")
        made = self._make(session, DeviceLink(person.user, person.role, session.user.id, session.id))
        self._deeds.note(session.user, "link", user_id)
        return made

    def sign_in(self, secret: str, source: str) -> Session:
        """Begin a session of whom a link is for; `source` is the network address of who uses it.

        Raises
        ------
        AccessDenied
            It is worth nothing (any more), or they are banned.
        RateLimited
        """
        with self._limit.attempt(source, "Too many links that do not work: wait a few minutes."):
            key, now = links.stored(secret), self._now()
            link = self._links.find(key, now)
            if link is None or self._is_void(link) or not self._links.use(key, now):
                raise AccessDenied(WORTHLESS)
            others = self._people.connections(link.user.id)
            session = self._begin(link)
        self._news.entered(others)
        return session

    def _make(self, session: Session, link: DeviceLink) -> MadeLink:
        self._quota.count(f"links-{session.user.id}", f"One person makes at most {PER_HOUR} links an hour.")
        made = MadeLink(links.new_secret(), self._now() + LINK_SECONDS)
        self._links.add(links.stored(made.secret), link, made.expires)
        return made

    def _begin(self, link: DeviceLink) -> Session:
        user_id = link.user.id
        begun = self._sessions.begin_under_any(
            user_id,
            numbered(link.user.name),
            link.role,
            ends=link.ends,
            recovers=link.by != user_id,
        )
        # Whoever ends all sessions at this moment may not have found this one.
        if self._is_void(link):
            self._people.end(user_id, [begun.id])
            raise AccessDenied(WORTHLESS)
        return self._sessions.unless_banned(begun)

    def _is_void(self, link: DeviceLink) -> bool:
        return self._people.is_ended(Session("", User(link.by, ""), 0, link.session))

    def _now(self) -> int:
        return self._clock.now() // 1000
