"""What is to be taken away for good and what is left of it, in the messages table."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.messages import User
from chalicelib.domain.purges import Purge
from chalicelib.service.ports import Clock
from chalicelib.service.purge_ports import PurgePorts

KEPT_SECONDS = 7 * 24 * 3600
_OF_DELIVERY = ("delivered", "lease", "until")


def purge_ports(messages: Table, clock: Clock) -> PurgePorts:
    """Return both ports on DynamoDB."""
    return PurgePorts(DynamoPurges(messages, clock), DynamoRemains(messages))


class DynamoPurges:
    """The port `Purges` on DynamoDB: one partition, in which there are few."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def keep(self, purge: Purge) -> None:
        values: dict[str, Any] = {**purge._asdict(), "by": {"id": purge.by.id, "name": purge.by.name}}
        now = self._clock.now()
        if purge.done:
            values["expires"] = now // 1000 + KEPT_SECONDS
        del values["id"]
        self._table.put(keys.purge(purge.id), {**values, "kept": now})

    def find(self, purge_id: str) -> Purge | None:
        item = self._table.get(keys.purge(purge_id))
        return None if item is None else _purge(item)

    def unfinished(self) -> list[Purge]:
        found = map(_purge, self._table.query(keys.purges(), consistent=False))
        return [purge for purge in found if not purge.done]


class DynamoRemains:
    """The port `Remains` on DynamoDB. No other code deletes from the messages table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def take(self, room: str, most: int) -> int:
        for find in (self._people, self._hooks, self._entries, self._search_blocks):
            found = find(room, most)
            if found:
                return self._delete(found)
        hours = list(islice(self._table.query(keys.hours(room), limit=most), most))
        listed = [keys.listed_room(room, hidden=hidden) for hidden in (False, True)]
        rows = [*hours, *self._table.get_many([*listed, keys.watchers(room)])]
        return self._delete([[_key(row) for row in rows]])

    def _delete(self, found: list[list[keys.Key]]) -> int:
        """Delete one list after the other: the items of the first are found by those of the next."""
        for those in found:
            self._table.delete_many(those)
        return len(found[-1])

    def _people(self, room: str, most: int) -> list[list[keys.Key]]:
        rows = self._in_room(room, keys.MEMBER, most)
        people = [row["sk"].removeprefix(keys.MEMBER) for row in rows]
        return [[keys.belonging(one, room) for one in people], [*map(_key, rows)]] if rows else []

    def _hooks(self, room: str, most: int) -> list[list[keys.Key]]:
        rows = self._in_room(room, keys.HOOK, most)
        return [[keys.hook(row["secret_hash"]) for row in rows], [*map(_key, rows)]] if rows else []

    def _entries(self, room: str, most: int) -> list[list[keys.Key]]:
        """Return the keys of entries of the log, from its end on; it is noted how far they are gone."""
        for position in self._positions(room):
            rows = list(islice(self._table.query(keys.log_partition(room, position), limit=most), most))
            if rows:
                return [[_key(row) for row in rows]]
        return []

    def _search_blocks(self, room: str, most: int) -> list[list[keys.Key]]:
        """Return the keys of a few: each costs as much as several entries."""
        few = max(1, most // 8)
        rows = list(islice(self._table.query(keys.search_blocks(room), limit=few), few))
        return [[_key(row) for row in rows]] if rows else []

    def _positions(self, room: str) -> Iterator[int]:
        """Yield a position of each part of the log in which something may be left, the newest first."""
        state = self._table.get(keys.room_state(room)) or {}
        if "purged_to" not in state:
            # Without cursors and leases nobody delivers it any more, and fills what is empty with voids.
            of_delivery = sorted(name for name in state if name.startswith(_OF_DELIVERY))
            self._table.update(
                keys.room_state(room),
                f"SET purged_to = :end{' REMOVE ' if of_delivery else ''}{', '.join(of_delivery)}",
                end=state.get("last_place", 0),
            )
        position = int(state["purged_to"] if "purged_to" in state else state.get("last_place", 0))
        while position >= 0:
            yield position
            position -= position % keys.PARTITION_SIZE + 1
            self._table.update(keys.room_state(room), "SET purged_to = :position", position=position)

    def _in_room(self, room: str, kind: str, most: int) -> list[Item]:
        rows = self._table.query(keys.room_partition(room), "begins_with(sk, :kind)", limit=most, kind=kind)
        return list(islice(rows, most))


def _key(row: Item) -> keys.Key:
    return {"pk": {"S": row["pk"]}, "sk": {"S": row["sk"]}}


def _purge(item: Item) -> Purge:
    return Purge(
        item["sk"],
        item["kind"],
        item["target"],
        User(item["by"]["id"], item["by"]["name"]),
        int(item["asked"]),
        item["only"],
        item["room"],
        int(item["before"]),
        int(item["deleted"]),
        int(item["archived"]),
        bool(item["done"]),
        int(item["kept"]),
    )
