"""The mood of a room hour by hour: what is counted of its messages, and what is usual for it.

Nobody is scored: people are counted, and an hour of fewer than `FEWEST_PEOPLE` has no mean.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal, NamedTuple

from chalicelib.domain.access import is_direct_name
from chalicelib.domain.messages import Entry, Message
from chalicelib.domain.sentiment import Sentiment
from chalicelib.domain.times import milliseconds

HOUR_MS = 3_600_000
FEWEST_PEOPLE = 3
# A message whose score is at least so far from 0 is worth opening.
STRONG = 0.6
MOST_MOMENTS = 3  # of a block, or of all that one broadcaster delivers
# So many positions of the log are added at once: an update for each of them would be the dearest part of
# what a lone message costs after its own storage.
BLOCK = 8
_PERSON_BYTES = 6  # enough that two of a thousand people are taken for one in one hour of a billion

Direction = Literal["warmer", "cooler"]


class Moment(NamedTuple):
    """A message that is worth opening."""

    seq: int
    score: float


class Usual(NamedTuple):
    """The usual mood of a room, from the hours before.

    ``mean`` is that of all its messages, ``spread`` the standard deviation of the means of hours, and
    ``deviation`` that of the scores of messages.
    """

    mean: float
    spread: float
    deviation: float


class Turn(NamedTuple):
    """A room has left its usual mood: in which direction, and when that was told (ms since the epoch)."""

    direction: Direction
    at: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What is kept of an hour of a room; ``begin`` is in milliseconds since the epoch.

    ``total`` and ``squares`` are the sums of the scores and of their squares, ``people`` stands for who wrote
    and names nobody. ``usual`` is what was usual when the hour began, and ``turn`` the last time that people
    were told that the room has left it.
    """

    begin: int
    count: int = 0
    total: float = 0.0
    squares: float = 0.0
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    people: frozenset[str] = frozenset()
    moments: tuple[Moment, ...] = ()
    usual: Usual | None = None
    turn: Turn | None = None

    def plus(self, more: "Hour") -> "Hour":
        """Return the hour with more of it counted; what is usual and the turn stay as they are."""
        return replace(
            self,
            count=self.count + more.count,
            total=self.total + more.total,
            squares=self.squares + more.squares,
            negative=self.negative + more.negative,
            neutral=self.neutral + more.neutral,
            positive=self.positive + more.positive,
            people=self.people | more.people,
            moments=tuple(sorted({*self.moments, *more.moments})),
        )

    @property
    def mean(self) -> float | None:
        """Return the mean score, or None for an hour of fewer people than `FEWEST_PEOPLE`."""
        return self.total / self.count if len(self.people) >= FEWEST_PEOPLE else None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of strong messages: the sum of its weights, and in how many of them it is."""

    term: str
    weight: float
    count: int


class Pulse(NamedTuple):
    """The mood of a room from one time to another (ms since the epoch): oldest hours, strongest terms first.

    ``directions`` are those of the hours that differ from what is usual beyond chance, by their beginning;
    ``usual`` is None before there was an hour of enough people.
    """

    begin: int
    end: int
    hours: list[Hour]
    directions: dict[int, Direction]
    terms: list[Term]
    moments: list[Moment]
    usual: Usual | None


def hour_of(now: int) -> int:
    """Return the beginning of the hour of a time, both in milliseconds since the epoch."""
    return now - now % HOUR_MS


def last_block(position: int) -> int:
    """Return up to which position whole blocks have ended."""
    return position - position % BLOCK


def has_pulse(room: str) -> bool:
    """Whether anything is counted in a room: not in direct ones, whose people are too few."""
    return not is_direct_name(room)


def hours_of(entries: Iterable[Entry]) -> list[Hour]:
    """Sum up those entries that are new messages with a sentiment, by hour.

    Each hour has as moments the strongest of its messages, as far as they are `STRONG`.
    """
    spoken: dict[int, list[tuple[Message, Sentiment]]] = {}
    for entry in entries:
        if isinstance(entry, Message) and entry.at == entry.seq and entry.sentiment and not entry.deleted:
            begin = hour_of(milliseconds(entry.sent_at))
            spoken.setdefault(begin, []).append((entry, entry.sentiment))
    return [_hour(begin, messages) for begin, messages in sorted(spoken.items())]


def usual_of(hours: Sequence[Hour]) -> Usual | None:
    """Return what is usual by some hours, of which those of fewer than `FEWEST_PEOPLE` tell nothing."""
    told = [hour for hour in hours if hour.mean is not None]
    count = sum(hour.count for hour in told)
    if not count:
        return None
    mean = math.fsum(hour.total for hour in told) / count
    apart = math.fsum(((hour.mean or 0.0) - mean) ** 2 for hour in told)
    spread = math.sqrt(apart / (len(told) - 1)) if len(told) > 1 else 0.0
    deviation = math.sqrt(max(0.0, math.fsum(hour.squares for hour in told) / count - mean**2))
    return Usual(mean, spread, deviation)


def _hour(begin: int, messages: Sequence[tuple[Message, Sentiment]]) -> Hour:
    labels = [mood.label for _, mood in messages]
    moments = sorted((Moment(m.seq, mood.score) for m, mood in messages), key=lambda one: -abs(one.score))
    return Hour(
        begin,
        len(messages),
        math.fsum(mood.score for _, mood in messages),
        math.fsum(mood.score**2 for _, mood in messages),
        labels.count("negative"),
        labels.count("neutral"),
        labels.count("positive"),
        frozenset(_person(message.user.id, message.room, begin) for message, _ in messages),
        tuple(sorted(moment for moment in moments[:MOST_MOMENTS] if abs(moment.score) >= STRONG)),
    )


def _person(user_id: str, room: str, begin: int) -> str:
    """Return what stands for somebody in one hour of one room, and is another in every other."""
    return blake2b(f"{begin} {room} {user_id}".encode(), digest_size=_PERSON_BYTES).hexdigest()
