"""Who is in a room, and when the others are told."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.messages import User

# Up to this many people are named when they come and go; in larger rooms there is only a count.
MAX_NAMED_PEOPLE = 100
PROBE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody came into a room, or went."""

    user: User
    came: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """What is kept of a room's presence.

    ``moves`` are those since the last announcement, ``announced`` is when that was, in milliseconds since
    the epoch, ``online`` how many people were there, and ``turn_ends`` when the turn to announce is free
    again, in milliseconds as well.
    """

    moves: tuple[Move, ...] = ()
    announced: int = 0
    online: int = 0
    turn_ends: int = 0

    def next_announcement(self) -> int:
        """Return when the next announcement is due: the more people there are, the later.

        A room costs one post for each person and announcement, so the pause grows with the room.
        """
        return self.announced + max(1_000, self.online * 100)

    def next_probe(self) -> int:
        """Return when to post again, to find those who left without `$disconnect`."""
        return next_probe(self.announced, self.online)


def next_probe(counted: int, online: int) -> int:
    """Return when people who were counted at a time, in milliseconds, are to be counted again."""
    return counted + max(PROBE_SECONDS * 1_000, online * 3_000)


def summary(moves: Iterable[Move], here: Iterable[User]) -> tuple[tuple[User, ...], tuple[User, ...]]:
    """Return who has come and is here, and who has gone and is not, each person once."""
    ids = {user.id for user in here}
    came = {move.user.id: move.user for move in moves if move.came}
    went = {move.user.id: move.user for move in moves if not move.came}
    joined = tuple(user for user in came.values() if user.id in ids)
    left = tuple(user for user in went.values() if user.id not in ids)
    return joined, left
