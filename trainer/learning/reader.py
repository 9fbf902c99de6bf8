"""Finds labelled messages by following each room's log from where the last run stopped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from tqdm import tqdm

from chalicelib.domain.messages import Entry, Message, complete
from chalicelib.domain.sessions import Person

from .index import MAX_MESSAGES_PER_ROOM, Index, RoomIndex
from .voices import Labelled

LOG_PAGE_SIZE = 256
"""How many entries of a log are read at once."""


class Messages(Protocol):
    """The part of the messages table that learning needs."""

    def rooms(self) -> Sequence[str]:
        """Return the name of every room."""

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        """Return the entries stored after a position, at most ``limit``.

        A change comes with the newest state of its message. The list may end at a position that is not
        written yet.
        """

    def states(self, room: str, positions: Sequence[int]) -> Iterable[Message]:
        """Return the newest state of the messages at these positions."""

    def people(self, user_ids: Sequence[str]) -> Mapping[str, Person]:
        """Return those of these people who are known and not banned, by user id."""


def follow(messages: Messages, index: Index) -> Index:
    """Return the index brought up to date with every room's log."""
    rooms = {
        room: _follow_room(messages, room, index.rooms.get(room, RoomIndex()))
        for room in tqdm(messages.rooms(), desc="rooms", unit="room", disable=None)
    }
    return replace(index, rooms=rooms)


def labelled(messages: Messages, index: Index) -> Iterator[Labelled]:
    """Yield the messages of an index that are labelled now, as they are now."""
    for room, known in tqdm(index.rooms.items(), desc="labels", unit="room", disable=None):
        for message in messages.states(room, known.labelled):
            if message.labels and not message.deleted:
                reacted = frozenset().union(*message.reactions.values())
                yield Labelled(message.text, message.labels, message.user.id, message.sent_at, reacted)


def people_of(messages: Messages, found: Iterable[Labelled]) -> dict[str, Person]:
    """Return everybody who wrote or labelled one of some messages, and whose guests those are."""
    concerned = {one for each in found for one in (each.author, *each.labels, *each.reacted) if one}
    people = dict(messages.people(sorted(concerned)))
    hosts = {
        person.proof.voucher for person in people.values() if person.proof and person.proof.kind == "guest"
    }
    return people | dict(messages.people(sorted(hosts - people.keys())))


def _follow_room(messages: Messages, room: str, known: RoomIndex) -> RoomIndex:
    after, positions = known.after, set(known.labelled)
    while True:
        # A position that is still empty may yet be written: the next run reads it again.
        entries = complete(messages.entries(room, after, LOG_PAGE_SIZE), after)
        if not entries:
            return RoomIndex(after, tuple(sorted(positions)[-MAX_MESSAGES_PER_ROOM:]))
        positions |= {entry.seq for entry in entries if isinstance(entry, Message) and entry.labels}
        after = entries[-1].at
