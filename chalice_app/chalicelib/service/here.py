"""Who is in a room at this moment, by name."""

from chalicelib.domain.rooms import RoomState
from chalicelib.domain.sessions import Person
from chalicelib.domain.text import name_key
from chalicelib.service.ports import Rooms
from chalicelib.service.room_ports import Audiences

MAX_NAMED = 200
"""How many people are named in one answer."""
MAX_SHARDS_READ = 4
"""How many delivery shards of a room are read for it: some four thousand connections."""


class PeopleHere:
    """The use case of `GET /rooms/{room}/people`.

    It counts as presence does, with reads that may be a moment old: the names that an announcement told since
    are newer. What somebody is in the deployment stands with their subscription, so nobody's profile is read.
    """

    def __init__(self, audiences: Audiences, rooms: Rooms) -> None:
        self._audiences = audiences
        self._rooms = rooms

    def of(self, room: str, limit: int = MAX_NAMED) -> tuple[list[Person], bool]:
        """Return people who are connected to a room, `limit` at most, by name; and whether there are more.

        In a room of more than `MAX_SHARDS_READ` shards these are people of the first ones.
        """
        state = self._rooms.state(room)
        shards = len(state.lease_ends)
        found = self._people(state, min(shards, MAX_SHARDS_READ))
        named = sorted(found, key=lambda one: (name_key(one.user.name), one.user.id))
        return named[:limit], len(named) > limit or shards > MAX_SHARDS_READ

    def _people(self, state: RoomState, shards: int) -> list[Person]:
        found: dict[str, Person] = {}
        for shard in range(shards):
            for one in self._audiences.glance(state.room, shard).readers(state):
                found[one.user.id] = Person(one.user, one.role)
        return list(found.values())
