"""Search in a room: its log read backwards, several parts at a time, within a budget.

Whoever reads a whole part keeps a block of it: later searches look at blocks, of which a request reads
hundreds, and read whole messages only where something was found. What was looked at is told, so that whoever
searches can go on from there.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.domain.messages import Message, SearchBlock
from chalicelib.domain.searching import FOLDING, Found, Query, block_texts
from chalicelib.errors import Unavailable
from chalicelib.service.ports import Clock, RoomLog, Rooms
from chalicelib.service.reading import Reading

PARTS_AT_ONCE = 8
BLOCKS_AT_ONCE = 64  # of one query, of which as many as parts are asked at once
# What one search may look at, how much of it message by message, and how long it may take: well below the
# 29 s that API Gateway waits for.
MAX_BLOCKS = 1_024
MAX_PARTS = 64
MAX_SECONDS = 5.0


class Searching:
    """The use case of `GET /rooms/{room}/search`."""

    def __init__(self, log: RoomLog, reading: Reading, rooms: Rooms, clock: Clock) -> None:
        self._log = log
        self._reading = reading
        self._rooms = rooms
        self._clock = clock

    def find(self, room: str, query: Query, before: int | None, limit: int) -> Found:
        """Return the newest messages before a position that have what is looked for.

        Parameters
        ----------
        limit
            How many are returned at most.
        """
        head = self._reading.readable_head(self._rooms.state(room))
        last = min(head, head if before is None else before - 1)
        ends = self._clock.monotonic() + MAX_SECONDS
        found: list[Message] = []
        first, looked, read, width = last + 1, 0, 0, PARTS_AT_ONCE
        with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
            log = _SearchedLog(self._log, room, query, pool, head=head, last=last)
            while first > 1 and looked < MAX_BLOCKS and read < MAX_PARTS and self._clock.monotonic() < ends:
                parts = log.parts_before(first, min(width, MAX_BLOCKS - looked), MAX_PARTS - read)
                first, looked = parts[-1].first, looked + len(parts)
                unread = sum(part.is_read for part in parts)
                read += unread
                # Many at once only where blocks are: what is found in the newest parts ends most searches.
                width = PARTS_AT_ONCE if unread else min(2 * width, PARTS_AT_ONCE * BLOCKS_AT_ONCE)
                found += log.gathered(parts, limit + 1 - len(found))
                if len(found) >= limit:
                    return _cut(found, first, last, limit)
        return Found(tuple(found), first, last, more=first > 1)


@dataclass(slots=True)
class _Part:
    """A part of the log from its first position up to, and not including, its end, and what was found there.

    ``found`` are positions if its block was looked at, and whole messages if the part was read (`is_read`),
    both ascending; None before that. ``block`` is the one that there was before it was read.
    """

    first: int
    end: int
    block: SearchBlock
    found: Sequence[int | Message] | None = None
    is_read: bool = False


class _SearchedLog:
    """The log of a room as one search looks at it, with the threads that it has for that."""

    def __init__(
        self, log: RoomLog, room: str, query: Query, pool: ThreadPoolExecutor, *, head: int, last: int
    ) -> None:
        self._log = log
        self._room = room
        self._query = query
        self._pool = pool
        # No part that begins here or later is whole.
        self._open = self._begin(head + 1)
        # Where the search begins within a part, that part is not read to its end.
        self._cut = last + 1 if self._begin(last + 1) != last + 1 else None

    def _begin(self, position: int) -> int:
        """Return where the part that has a position begins."""
        return self._log.parts_before(position + 1, 1)[0][0]

    def parts_before(self, position: int, most: int, most_read: int) -> list[_Part]:
        """Look at `most` parts before a position, the newest first; it ends before one too many is read."""
        bounds = self._log.parts_before(position, most)
        runs = [bounds[at : at + BLOCKS_AT_ONCE] for at in range(0, len(bounds), BLOCKS_AT_ONCE)]
        parts = [part for run in self._pool.map(self._look, runs) for part in run]
        unread = [index for index, part in enumerate(parts) if part.found is None]
        now = min(PARTS_AT_ONCE, most_read)
        if len(unread) > now:
            parts = parts[: unread[now]]
        for _ in self._pool.map(self._read, (parts[index] for index in unread[:now])):
            pass
        return parts

    def gathered(self, parts: Sequence[_Part], wanted: int) -> list[Message]:
        """Return what was found in parts, the newest first: as many as are wanted, or all, if it is fewer."""
        gathered: list[Message] = []
        chosen: list[int | Message] = []
        for one in _newest_first(parts):
            chosen.append(one)
            if len(gathered) + len(chosen) >= wanted:
                gathered += self._fetched(chosen)
                chosen.clear()
                if len(gathered) >= wanted:
                    return gathered
        return gathered + self._fetched(chosen)

    def _look(self, bounds: Sequence[tuple[int, int]]) -> list[_Part]:
        """Look for it in the blocks of parts."""
        blocks: dict[int, SearchBlock] = {}
        begins = [first for first, _ in bounds if first < self._open]
        if begins:
            kept = self._log.search_blocks(self._room, begins[-1], begins[0] + 1)
            blocks = {block.first: block for block in kept}
        return [self._looked(_Part(*each, blocks.get(each[0], SearchBlock(each[0])))) for each in bounds]

    def _looked(self, part: _Part) -> _Part:
        texts, part.block = part.block, part.block._replace(texts="")
        if texts.folding == FOLDING:
            part.found = [seq for seq in self._query.found_in(texts.texts) if seq < part.end]
        return part

    def _read(self, part: _Part) -> None:
        """Read the messages of a part, and keep a block of it if it is whole."""
        whole = part.first < self._open and part.end != self._cut
        messages = self._log.messages(self._room, part.first, part.end, consistent=whole)
        if whole:
            block = part.block._replace(folding=FOLDING, texts=block_texts(messages))
            with suppress(Unavailable):  # which was counted: what is found is found without it
                self._log.keep_search_block(self._room, block)
        part.found = [message for message in messages if self._query.finds(message)]
        part.is_read = True

    def _fetched(self, chosen: Sequence[int | Message]) -> list[Message]:
        """Return whole messages: those of which only the position is known, if they still have it."""
        seqs = [one for one in chosen if isinstance(one, int)]
        newest = {message.seq: message for message in self._log.newest_of(self._room, seqs)} if seqs else {}
        found = {seq: message for seq, message in newest.items() if self._query.finds(message)}
        messages = (found.get(one) if isinstance(one, int) else one for one in chosen)
        return [message for message in messages if message is not None]


def _newest_first(parts: Sequence[_Part]) -> Iterator[int | Message]:
    for part in parts:
        yield from reversed(part.found or ())


def _cut(found: list[Message], first: int, last: int, limit: int) -> Found:
    """Return as many as are wanted, and say that it was looked at nothing before the oldest of them."""
    kept = tuple(found[:limit])
    if len(found) > limit:
        first = kept[-1].seq
    return Found(kept, first, last, more=first > 1)
