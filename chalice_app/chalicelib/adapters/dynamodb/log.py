"""The numbered log of each room, in the messages table."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table, write_put, write_update
from chalicelib.adapters.dynamodb.transactions import is_false, transact
from chalicelib.adapters.dynamodb.values import Item, unpack
from chalicelib.domain.messages import Entry, Message, Page, SearchBlock, Void
from chalicelib.errors import Unavailable
from chalicelib.service.outcomes import FilesTaken, MessageChanged, PositionTaken
from chalicelib.service.ports import Clock

CLAIM_SECONDS = 25 * 3600  # a retry is recognised for 24 hours; one more so that no clock can matter
# What was changed by something that knows nothing of search blocks is found by them after so long.
BLOCK_SECONDS = 30 * 24 * 3600
# Of the mark of a change where there is no block: no search that reads the part meanwhile lives so long.
MARK_SECONDS = 3600
MOST_BLOCK_BYTES = 256 * 1024  # an item may have 400 KB


class DynamoLog:
    """The port `RoomLog` on DynamoDB."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def append(self, message: Message) -> Message | None:
        claim = keys.claim(message.room, message.user, message.id)
        expires = self._clock.now() // 1000 + CLAIM_SECONDS
        writes = [
            self._put_entry(message.room, message.seq, items.from_message(message)),
            write_put(
                self._table, claim, {"at": message.seq, "expires": expires}, "attribute_not_exists(pk)"
            ),
            *(self._sent(message, file.id) for file in message.files),
        ]
        try:
            reasons = transact(self._table, self._clock, writes)
        except Unavailable:
            self._settle(message.room, message.seq)
            return None
        if not reasons:
            return None
        if is_false(reasons[1]):
            stored = self.message(message.room, int(unpack(reasons[1]["Item"])["at"]))
            return None if stored is not None and stored.seq == message.seq else stored
        if any(map(is_false, reasons[2:])):
            raise FilesTaken
        raise PositionTaken

    def _settle(self, room: str, at: int) -> None:
        """Find out what became of a transaction that was not answered; return if it was done.

        A void in its position makes sure that it can never succeed any more, so that "nothing was stored"
        is true. If the position is not empty, either the transaction was done or a reader has voided it.
        """
        if self.void(room, at):
            raise Unavailable(
                "The chat's storage did not answer. Nothing was stored; try again.", retry_after=1
            )
        item = self._table.get(keys.entry(room, at))
        if item is None or item["kind"] == items.VOID:
            raise PositionTaken

    def change(
        self, message: Message, was_at: int, previous: int | None = None, *, rewords: bool = True
    ) -> None:
        key = keys.entry(message.room, message.seq)
        update = write_put(self._table, key, items.from_message(message), "newest = :was", was=was_at)
        entry = self._put_entry(message.room, message.at, items.from_change(message.seq, previous))
        writes = [entry, update]
        if rewords and message.at > keys.end_of_partition(message.seq):
            # Otherwise its position is in the same part, which no search takes for whole before it is stored.
            writes.append(self._without_texts(message))
        try:
            reasons = transact(self._table, self._clock, writes)
        except Unavailable:
            self._settle(message.room, message.at)
            return
        if not reasons:
            return
        if is_false(reasons[0]):
            raise PositionTaken
        raise MessageChanged

    def void(self, room: str, at: int, previous: int | None = None) -> bool:
        try:
            self._table.put(keys.entry(room, at), items.from_void(previous), "attribute_not_exists(pk)")
        except ConditionFailed:
            return False
        return True

    def message(self, room: str, seq: int) -> Message | None:
        item = self._table.get(keys.entry(room, seq))
        return items.to_message(room, item) if item and item["kind"] == items.MESSAGE else None

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        """Return what is stored after a position; it may end at the first missing one."""
        found: list[Item] = []
        end = after
        while len(found) < limit:
            start = end + 1
            end = start - start % keys.PARTITION_SIZE + keys.PARTITION_SIZE - 1
            wanted = limit - len(found)
            rows = self._table.query(
                keys.log_partition(room, start), "sk >= :start", limit=wanted, start=keys.position(start)
            )
            found += islice(rows, wanted)
            if not found or int(found[-1]["sk"]) != end:
                break
        return self._resolve(room, found)

    def parts_before(self, position: int, count: int) -> list[tuple[int, int]]:
        parts: list[tuple[int, int]] = []
        while position > 1 and len(parts) < count:
            first = max(1, (position - 1) // keys.PARTITION_SIZE * keys.PARTITION_SIZE)
            parts.append((first, position))
            position = first
        return parts

    def messages(self, room: str, first: int, end: int, *, consistent: bool = False) -> list[Message]:
        rows = self._table.query(
            keys.log_partition(room, first),
            "sk BETWEEN :first AND :last",
            consistent=consistent,
            first=keys.position(first),
            last=keys.position(end - 1),
        )
        return [items.to_message(room, row) for row in rows if row["kind"] == items.MESSAGE]

    def search_blocks(self, room: str, first: int, end: int) -> list[SearchBlock]:
        rows = self._table.query(
            keys.search_blocks(room),
            "sk BETWEEN :first AND :last",
            consistent=False,
            first=keys.position(first - first % keys.PARTITION_SIZE),
            last=keys.position(end - 1),
        )
        now = self._clock.now() // 1000
        return [items.to_search_block(row, now) for row in rows]

    def keep_search_block(self, room: str, block: SearchBlock) -> None:
        values = items.from_search_block(block)
        if len(values["texts"]) > MOST_BLOCK_BYTES:
            return
        values["expires"] = self._clock.now() // 1000 + BLOCK_SECONDS
        key = keys.search_block(room, block.first)
        with suppress(ConditionFailed):
            if block.changed:
                self._table.put(key, values, "changed = :changed", changed=block.changed)
            else:
                self._table.put(key, values, "attribute_not_exists(changed)")

    def newest_of(self, room: str, seqs: Sequence[int]) -> list[Message]:
        rows = self._table.get_many([keys.entry(room, seq) for seq in seqs], consistent=False)
        return [items.to_message(room, row) for row in rows if row["kind"] == items.MESSAGE]

    def newest(self, room: str, before: int, limit: int) -> Page:
        """Return the newest messages; however many changes lie between them, each is one request at most."""
        found: list[Message] = []
        position = before - 1
        while position >= 1 and len(found) <= limit:
            position = self._read_back(room, position, limit + 1, found)
        return Page(tuple(reversed(found[:limit])), more=len(found) > limit, backwards=True)

    def _read_back(self, room: str, position: int, most: int, found: list[Message]) -> int:
        """Read one page of a partition back from a position; return the position from which to go on."""
        rows = self._table.query(
            keys.log_partition(room, position),
            "sk <= :position",
            limit=most,
            forward=False,
            position=keys.position(position),
        )
        # With fewer rows than that the partition ends.
        go_on = first_of_partition = position - position % keys.PARTITION_SIZE
        for count, row in enumerate(islice(rows, most), start=1):
            at = int(row["sk"])
            if count == most:
                go_on = at
            if at > position:
                continue  # nothing but changes and voids up to the message that the last row named
            if row["kind"] == items.MESSAGE:
                found.append(items.to_message(room, row))
                position = at - 1
            else:
                position = int(row.get("previous", at - 1))
        return min(position, max(go_on, first_of_partition) - 1)

    def _resolve(self, room: str, rows: list[Item]) -> list[Entry]:
        """Turn rows into entries; a change stands for the newest state of its message."""
        changed = {int(row["seq"]) for row in rows if row["kind"] == items.CHANGE}
        states = {
            int(item["sk"]): item
            for item in self._table.get_many([keys.entry(room, seq) for seq in sorted(changed)])
        }
        entries: list[Entry] = []
        for row in rows:
            at = int(row["sk"])
            if row["kind"] == items.VOID:
                entries.append(Void(room, at))
            elif row["kind"] == items.CHANGE:
                entries.append(items.to_message(room, states[int(row["seq"])], at))
            else:
                entries.append(items.to_message(room, row, at))
        return entries

    def _without_texts(self, message: Message) -> Item:
        return write_update(
            self._table,
            keys.search_block(message.room, message.seq),
            "SET changed = :at, expires = :expires REMOVE texts, folding",
            at=message.at,
            expires=self._clock.now() // 1000 + MARK_SECONDS,
        )

    def _sent(self, message: Message, file_id: str) -> Item:
        return write_update(
            self._table,
            keys.file(message.room, file_id),
            "SET seq = :seq REMOVE expires",
            "attribute_exists(pk) AND attribute_not_exists(seq)",
            seq=message.seq,
        )

    def _put_entry(self, room: str, at: int, values: dict[str, Any]) -> Item:
        return write_put(self._table, keys.entry(room, at), values, "attribute_not_exists(pk)")
