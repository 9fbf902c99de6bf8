"""Who reacted to a message, and with what."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from chalicelib.domain.messages import Reaction
from chalicelib.errors import NotFound
from chalicelib.service.identity_ports import People
from chalicelib.service.ports import RoomLog

MAX_NAMED = 100
"""How many people are named in one answer, so that their names are one request to the storage."""


class Reactors:
    """The use case of `GET /rooms/{room}/messages/{seq}/reactions`."""

    def __init__(self, log: RoomLog, people: People) -> None:
        self._log = log
        self._people = people

    def of(self, room: str, seq: int, asker: str) -> list[Reaction]:
        """Return the reactions to a message in their order: the asker first in each, then the others by id.

        At most `MAX_NAMED` people are named, and every emoji gets its share of them.

        Raises
        ------
        NotFound
            There is no such message, or it was deleted.
        """
        message = self._log.message(room, seq)
        if message is None or message.deleted:
            raise NotFound(f"There is no message {seq} in {room}, or it was deleted.")
        chosen = {
            emoji: sorted(people, key=lambda one: (one != asker, one))
            for emoji, people in message.reactions.items()
            if people
        }
        known = {person.user.id: person.user for person in self._people.known(_some(chosen))}
        return [
            Reaction(emoji, len(people), tuple(known[one] for one in people if one in known))
            for emoji, people in chosen.items()
        ]


def _some(chosen: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the first of each, then the second of each, and so on, each once."""
    in_turn = (one for turn in zip_longest(*chosen.values()) for one in turn if one is not None)
    return list(dict.fromkeys(in_turn))[:MAX_NAMED]
