"""Profiles: a few words about oneself and a picture, of people and of their bots."""

from collections.abc import Callable, Iterable

from chalicelib.domain.profiles import Description, Picture, checked_picture
from chalicelib.domain.sessions import Person, Session
from chalicelib.errors import Forbidden
from chalicelib.service.bots import Bots
from chalicelib.service.deeds import Deeds
from chalicelib.service.file_ports import FilePorts
from chalicelib.service.identity_ports import Attempts, People
from chalicelib.service.people import known_person
from chalicelib.service.ports import Clock
from chalicelib.service.quota import Quota

ADDRESS_SECONDS = 300
PER_HOUR = 60
_HOUR_SECONDS = 3_600


class Profiles:
    """The use cases of changing a profile, and of finding the pictures of people."""

    def __init__(
        self,
        people: People,
        bots: Bots,
        files: Callable[[], FilePorts],
        attempts: Attempts,
        deeds: Deeds,
        clock: Clock,
    ) -> None:
        self._people = people
        self._bots = bots
        self._files = files
        self._deeds = deeds
        self._quota = Quota(attempts, clock, PER_HOUR, _HOUR_SECONDS)

    def own(self, session: Session) -> Person:
        """Return who asks, with their profile, as what they are in this session."""
        known = self._people.person(session.user.id) or Person(session.user, session.role)
        return known._replace(user=session.user, role=session.role, ban=None)

    def change(self, session: Session, description: Description) -> Person:
        """Change the asker's own profile."""
        self._change(session, session.user.id, description)
        return self.own(session)

    def change_bot(self, session: Session, bot_id: str, description: Description) -> Person:
        """Change the profile of a bot of the asker."""
        self._bots.check_owner(session, bot_id)
        self._change(session, bot_id, description)
        return known_person(self._people, bot_id)

    def clear(self, session: Session, user_id: str) -> None:
        """Take somebody's words and picture away, as an admin."""
        if session.role != "admin":
            raise Forbidden("Only admins may take away what others say of themselves.")
        person = known_person(self._people, user_id)
        self._people.describe(user_id, "", "")
        self._remove(person)
        self._deeds.note(session.user, "profile", user_id)

    def addresses(self, people: Iterable[Person]) -> dict[str, str]:
        """Return where the pictures of people can be had for `ADDRESS_SECONDS`, by the people's ids."""
        pictured = [person for person in people if person.picture]
        if not pictured:
            return {}
        try:
            pictures = self._files().pictures
        except Forbidden:
            return {}  # the deployment keeps no files any more
        return {one.user.id: pictures.address(one.user.id, one.picture, ADDRESS_SECONDS) for one in pictured}

    def _change(self, session: Session, user_id: str, description: Description) -> None:
        about, content = description
        picture = checked_picture(content) if content else None
        self._quota.count(
            f"profiles-{session.user.id}", f"A profile changes at most {PER_HOUR} times an hour."
        )
        before = known_person(self._people, user_id)
        if picture is not None:
            self._files().pictures.put(user_id, picture)
        kept = _id(content, picture)
        self._people.describe(user_id, about, kept)
        if kept not in (None, before.picture):
            self._remove(before)

    def _remove(self, person: Person) -> None:
        if person.picture:
            self._files().pictures.remove(person.user.id, person.picture)


def _id(content: bytes | None, picture: Picture | None) -> str | None:
    """Return the id that is kept: none if the picture stays, an empty one if it is taken away."""
    return None if content is None else "" if picture is None else picture.id
