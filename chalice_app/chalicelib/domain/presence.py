"""Who is in a room, when the others are told, and when lost connections are looked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.messages import User

# Up to this many people are named when they come and go; in larger rooms there is only a count.
MAX_NAMED_PEOPLE = 100
# How many moves are kept with their names: so many fit into two kilobytes.
MAX_KEPT_MOVES = 40
# In a room of so few, everybody hears at once of whoever comes or goes: that is a few posts.
FEW_PEOPLE = 5
# In larger ones a connection that ends is told of after this time: most pages are back by then.
RETURN_MS = 5_000
# How many announcements a larger room may have one soon after the other, and for each person the pause
# between them in the long run: an announcement is a post to everybody.
ANNOUNCEMENTS_AT_ONCE = 10
PAUSE_PER_PERSON_MS = 12_000
MAX_PAUSE_MS = 600_000
# When a connection was seen is kept no more exactly than this: it is a write, and pings are many.
SEEN_SECONDS = 200
# Who was not seen for so long may be lost: pages ping every five minutes at least.
UNSEEN_SECONDS = 360
PROBE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody came into a room, or went."""

    user: User
    came: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """What is kept of a room's presence; times are in milliseconds since the epoch.

    ``moves`` are those since the last announcement, and ``more`` says that there were others; ``left_at`` is
    when the first of them went whose page may be back soon; ``announced`` is when the last announcement was,
    ``online`` how many people were there, and ``turn_ends`` when the turn to announce is free again.
    ``paid_until`` says how far the announcements so far are ahead of their long-run pace.
    """

    moves: tuple[Move, ...] = ()
    announced: int = 0
    online: int = 0
    turn_ends: int = 0
    left_at: int = 0
    more: bool = False
    paid_until: int = 0

    @property
    def has_news(self) -> bool:
        """Return whether there is something to tell: who went and is back is no news."""
        return self.more or any(first or not last for first, last in _first_and_last(self.moves).values())

    def next_announcement(self) -> int:
        """Return when the next announcement is due: the more people there are, the later.

        A room costs one post for each person and announcement, so the pause grows with the room.
        """
        due = self.announced + max(1_000, self.online * 100)
        if self.online <= FEW_PEOPLE:
            return due
        due = max(due, self.paid_until - (ANNOUNCEMENTS_AT_ONCE - 1) * _pause(self.online))
        if self.more or any(move.came for move in self.moves):
            return due
        return max(due, self.left_at + RETURN_MS)

    def next_probe(self) -> int:
        """Return when to look again for those who left without `$disconnect`."""
        return next_probe(self.announced, self.online)

    def paid(self, now: int, online: int) -> int:
        """Return `paid_until` after another announcement."""
        return max(self.paid_until, now) + _pause(online)


def next_probe(counted: int, online: int) -> int:
    """Return when people who were counted at a time, in milliseconds, are to be counted again."""
    return counted + max(PROBE_SECONDS, online) * 1_000


def summary(moves: Iterable[Move], here: Iterable[User]) -> tuple[tuple[User, ...], tuple[User, ...]]:
    """Return who has come and is here, and who has gone and is not, each person once.

    The first move of somebody says where they were before: who went first and is here is only back.
    """
    ids = {user.id for user in here}
    moves = tuple(moves)
    users = {move.user.id: move.user for move in moves}
    ways = _first_and_last(moves)
    went = {move.user.id for move in moves if not move.came}
    joined = tuple(user for one, user in users.items() if ways[one][0] and one in ids)
    left = tuple(user for one, user in users.items() if one in went and one not in ids)
    return joined, left


def _first_and_last(moves: Iterable[Move]) -> dict[str, tuple[bool, bool]]:
    """Return for each user whether they came with their first move, and with their last one."""
    found: dict[str, tuple[bool, bool]] = {}
    for move in moves:
        first, _ = found.get(move.user.id, (move.came, move.came))
        found[move.user.id] = (first, move.came)
    return found


def _pause(online: int) -> int:
    return 0 if online <= FEW_PEOPLE else min(MAX_PAUSE_MS, online * PAUSE_PER_PERSON_MS)
