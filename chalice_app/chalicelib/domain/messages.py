"""The numbered log of a room: messages, and voids whose writer died."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.domain.sentiment import Label, Sentiment


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signed in, or a bot of somebody."""

    id: str
    name: str
    bot: bool = False


class Quote(NamedTuple):
    """The beginning of a message that another one replies to, as it was then."""

    seq: int
    user: User
    text: str


class File(NamedTuple):
    """A file of a message: its length in bytes, and of a picture that can be shown its sides in pixels.

    ``plays`` is ``video`` or ``audio`` if browsers may play it in its place.
    """

    id: str
    name: str
    type: str
    bytes: int
    width: int | None = None
    height: int | None = None
    plays: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message in one of its states.

    ``seq`` is the position in the room's log where it first appeared and ``at`` the position of this state.
    Times are ISO 8601 in UTC with milliseconds. ``reactions`` maps an emoji to the ids of those who chose
    it, ``labels`` a user's id to their own view of the sentiment. ``deleted_by`` is who deleted somebody
    else's message, ``reply_to`` the message that this one replies to, and ``mentions`` whom it concerns.
    """

    room: str
    seq: int
    at: int
    id: str
    user: User
    text: str
    sent_at: str
    sentiment: Sentiment | None
    edited_at: str | None = None
    deleted: bool = False
    reactions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    deleted_by: User | None = None
    reply_to: Quote | None = None
    mentions: tuple[User, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    """One emoji of a message: how many people chose it, and those of them who are named."""

    emoji: str
    count: int
    people: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Void:
    """A position in the log whose writer died, or whose message turned out to be a retry."""

    room: str
    at: int


Entry = Message | Void


class SearchBlock(NamedTuple):
    """What is kept of a whole part of a log, so that a search need not read its messages.

    ``first`` is the part's first position, ``texts`` what `domain/searching.py` makes of its messages by the
    rules that ``folding`` names, and ``changed`` the position of the change that came last to the text of one
    of them since the part was whole, 0 without one. Such a change leaves ``texts`` and ``folding`` empty.
    """

    first: int
    changed: int = 0
    folding: str = ""
    texts: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in ascending order.

    ``more`` says that further ones exist in the direction of reading, and ``backwards`` that this was from
    the newest entry to older ones.
    """

    entries: tuple[Entry, ...]
    more: bool
    backwards: bool = False


def complete(entries: list[Entry], after: int) -> list[Entry]:
    """Return the entries that follow `after` up to the first empty position."""
    for index, entry in enumerate(entries):
        if entry.at != after + 1 + index:
            return entries[:index]
    return entries
