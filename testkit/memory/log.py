"""The log of each room in memory."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain.messages import Entry, Message, Page, SearchBlock, Void
from chalicelib.service.outcomes import FilesTaken, MessageChanged, PositionTaken
from testkit.memory.files import MemoryUploads

PART_SIZE = 10


class MemoryLog:
    """The port `RoomLog`: `positions` holds messages, the position of a message for a change, or voids."""

    def __init__(self) -> None:
        self.positions: dict[str, dict[int, Message | Void | int]] = {}
        self.uploads = MemoryUploads()
        self.blocks: dict[str, dict[int, SearchBlock]] = {}
        self._claims: dict[tuple[str, str, str], int] = {}

    def append(self, message: Message) -> Message | None:
        claim = (message.room, message.user.id, message.id.lower())
        if claim in self._claims:
            stored = self.message(message.room, self._claims[claim])
            return None if stored is not None and stored.seq == message.seq else stored
        if message.seq in self._room(message.room):
            raise PositionTaken
        if not all(self.uploads.can_take(message.room, file.id) for file in message.files):
            raise FilesTaken
        for file in message.files:
            self.uploads.take(message.room, file.id, message.seq)
        self._room(message.room)[message.seq] = message
        self._claims[claim] = message.seq
        return None

    def change(
        self, message: Message, was_at: int, previous: int | None = None, *, rewords: bool = True
    ) -> None:
        room = self._room(message.room)
        if message.at in room:
            raise PositionTaken
        stored = self.message(message.room, message.seq)
        if stored is None or stored.at != was_at:
            raise MessageChanged
        room[message.at] = message.seq
        room[message.seq] = message
        begin = _begin(message.seq)
        if rewords and message.at >= begin + PART_SIZE:
            first = max(1, begin)
            self.blocks.setdefault(message.room, {})[first] = SearchBlock(first, message.at)

    def void(self, room: str, at: int, previous: int | None = None) -> bool:
        if at in self._room(room):
            return False
        self._room(room)[at] = Void(room, at)
        return True

    def message(self, room: str, seq: int) -> Message | None:
        stored = self._room(room).get(seq)
        return stored if isinstance(stored, Message) else None

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        positions = sorted(at for at in self._room(room) if at > after)[:limit]
        return [self._entry(room, at) for at in positions]

    def parts_before(self, position: int, count: int) -> list[tuple[int, int]]:
        parts: list[tuple[int, int]] = []
        while position > 1 and len(parts) < count:
            first = max(1, _begin(position - 1))
            parts.append((first, position))
            position = first
        return parts

    def messages(self, room: str, first: int, end: int, *, consistent: bool = False) -> list[Message]:
        stored = self._room(room)
        return [m for at in range(first, end) if isinstance(m := stored.get(at), Message)]

    def search_blocks(self, room: str, first: int, end: int) -> list[SearchBlock]:
        blocks = self.blocks.get(room, {})
        return [blocks[at] for at in range(first, end) if at in blocks]

    def keep_search_block(self, room: str, block: SearchBlock) -> None:
        blocks = self.blocks.setdefault(room, {})
        if blocks.get(block.first, SearchBlock(block.first)).changed == block.changed:
            blocks[block.first] = block

    def newest_of(self, room: str, seqs: Sequence[int]) -> list[Message]:
        found = (self.message(room, seq) for seq in seqs)
        return [message for message in found if message is not None]

    def newest(self, room: str, before: int, limit: int) -> Page:
        stored = self._room(room)
        messages = [m for at in sorted(stored) if at < before and isinstance(m := stored[at], Message)]
        return Page(tuple(messages[-limit:]), more=len(messages) > limit, backwards=True)

    def _entry(self, room: str, at: int) -> Entry:
        stored = self._room(room)[at]
        if isinstance(stored, Void):
            return stored
        message = stored if isinstance(stored, Message) else self.message(room, stored)
        if message is None:
            raise LookupError(f"position {at} of {room} points at {stored}, where no message stands")
        return replace(message, at=at)

    def _room(self, room: str) -> dict[int, Message | Void | int]:
        return self.positions.setdefault(room, {})


def _begin(position: int) -> int:
    """Return where the part of a position begins, in numbers: the first one has no position 0."""
    return position - position % PART_SIZE
