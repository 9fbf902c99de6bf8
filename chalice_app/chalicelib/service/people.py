"""Who there is: the people whom somebody may write to."""

from collections.abc import Sequence

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Person, Session
from chalicelib.domain.text import name_key
from chalicelib.errors import NotFound
from chalicelib.service.identity_ports import People
from chalicelib.service.room_ports import RoomRegister


def known_person(people: People, user_id: str) -> Person:
    """Return somebody, or raise `NotFound`."""
    person = people.person(user_id)
    if person is None:
        raise NotFound(f"There is nobody with the id {user_id[:64]}.")
    return person


class Directory:
    """The use case of `GET /people`."""

    def __init__(self, people: People, register: RoomRegister) -> None:
        self._people = people
        self._register = register

    def find(self, session: Session, prefix: str, limit: int) -> tuple[list[Person], bool]:
        """Return people whose name begins with `prefix`, and whether there are more.

        Members find each other, because all of them may enter the open rooms. Whoever shares a room with a
        guest finds them as well; a guest finds nobody else.
        """
        key = name_key(prefix)
        found = {} if session.role == "guest" else {p.user.id: p for p in self._people.named(key, limit + 1)}
        for user in self._companions(session):
            if user.id not in found and name_key(user.name).startswith(key):
                person = self._people.person(user.id)
                if person is not None and (session.role == "guest" or person.role == "guest"):
                    found[user.id] = person
        named = sorted(found.values(), key=lambda person: (name_key(person.user.name), person.user.id))
        shown = named[:limit]
        if session.role == "admin":
            # What people are found by does not say who is banned, and only admins are told.
            shown = list(self._people.known([person.user.id for person in shown]))
        return shown, len(named) > limit

    def among(self, session: Session, user_ids: Sequence[str]) -> list[Person]:
        """Return those of some people whom the asker finds, with their profiles, in the given order."""
        known = list(self._people.known(list(dict.fromkeys(user_ids))))
        if session.role != "guest" and all(person.role != "guest" for person in known):
            return known
        companions = {user.id for user in self._companions(session)} | {session.user.id}
        return [
            person
            for person in known
            if person.user.id in companions or (session.role != "guest" and person.role != "guest")
        ]

    def _companions(self, session: Session) -> set[User]:
        """Return those who belong to a room to which the asker belongs."""
        known = self._register.belongings(session.user.id)
        rooms = [room for room, belonging in known.items() if belonging.role is not None]
        return {member.user for room in rooms for member in self._register.members(room)}
