"""What somebody chooses for a room, which follows them to all of their devices."""

from typing import NamedTuple

from chalicelib.domain.access import Act, Level, is_hidden
from chalicelib.domain.events import ChoiceMade
from chalicelib.domain.sessions import Session
from chalicelib.errors import Conflict, Forbidden
from chalicelib.service.identity_ports import People
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.news import News
from chalicelib.service.ports import Clock, Rooms
from chalicelib.service.room_ports import Choices
from chalicelib.service.settling import settled

# Each message of a room is looked up for each of them, so it must not be everybody of a big one.
MAX_WATCHERS = 200


class Wish(NamedTuple):
    """What is to change: ``notices`` if ``notices_given``, for None is a choice; ``hidden`` unless None."""

    notices: Level | None = None
    notices_given: bool = False
    hidden: bool | None = None


class Choosing:
    """The use case of `PUT /rooms/{room}/mine`."""

    def __init__(
        self,
        choices: Choices,
        keeping: RoomKeeping,
        rooms: Rooms,
        people: People,
        news: News,
        clock: Clock,
    ) -> None:
        self._choices = choices
        self._keeping = keeping
        self._rooms = rooms
        self._people = people
        self._news = news
        self._clock = clock

    def choose(self, session: Session, room: str, wish: Wish) -> ChoiceMade:
        """Keep what the asker chose, tell their connections, and return all that holds now.

        Raises
        ------
        NotFound
            They may not read the room.
        Forbidden
            The asker is a bot.
        Conflict
            They want to hear every message, and too many people do.
        """
        self._keeping.facts(session, room, Act.READ)
        user = session.user
        if user.bot:
            raise Forbidden("A bot hears what it joins: it has neither notices nor a list of rooms.")
        if wish.notices_given:
            self._set_notices(user.id, room, wish.notices)
        state = self._rooms.state(room)
        if wish.hidden is not None:
            self._choices.hide(user.id, room, state.head if wish.hidden else None)
        choice = self._choices.of(user.id, room)
        self._news.chosen(room, self._people.connections(user.id))
        return ChoiceMade(room, choice.notices, is_hidden(room, choice, state.newest))

    def _set_notices(self, user_id: str, room: str, level: Level | None) -> None:
        kept = settled(self._clock, lambda: self._choices.set_notices(user_id, room, level, MAX_WATCHERS))
        if not kept:
            raise Conflict(
                f"{MAX_WATCHERS} people hear every message of {room} already: choose mentions instead."
            )
