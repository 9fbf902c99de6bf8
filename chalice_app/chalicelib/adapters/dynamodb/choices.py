"""What people chose for rooms, beside what they are there, in the messages table."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import Table, write_update
from chalicelib.adapters.dynamodb.transactions import is_false, transact
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.access import Choice, Level
from chalicelib.service.outcomes import WriteConflict
from chalicelib.service.ports import Clock


class DynamoChoices:
    """The port `Choices` on DynamoDB.

    Who watches a room is one item of it. The room's state has their number, so that whoever writes there
    learns with the position that somebody does; all three are written at once.
    """

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def of(self, user_id: str, room: str) -> Choice:
        return to_choice(self._table.get(keys.belonging(user_id, room)) or {})

    def hide(self, user_id: str, room: str, at: int | None) -> None:
        key = keys.belonging(user_id, room)
        if at is None:
            self._table.update(key, "REMOVE hidden_at")
        else:
            self._table.update(key, "SET hidden_at = :at", at=at)

    def set_notices(self, user_id: str, room: str, level: Level | None, most: int) -> bool:
        before = self.of(user_id, room).notices
        if level == before:
            return True
        given: dict[str, Any] = {} if level is None else {"level": level}
        expression = "REMOVE notices" if level is None else "SET notices = :level"
        condition = "attribute_not_exists(notices)"
        if before is not None:
            condition, given["before"] = "notices = :before", before
        writes = [write_update(self._table, keys.belonging(user_id, room), expression, condition, **given)]
        if "all" in (level, before):
            writes += self._watch(user_id, room, most, begins=level == "all")
        own, *others = transact(self._table, self._clock, writes) or [{}]
        if is_false(own):
            raise WriteConflict
        return not any(map(is_false, others))

    def watchers(self, room: str) -> tuple[str, ...]:
        item = self._table.get(keys.watchers(room), consistent=False) or {}
        return tuple(sorted(item.get("people", ())))

    def _watch(self, user_id: str, room: str, most: int, *, begins: bool) -> list[Item]:
        listed, state = keys.watchers(room), keys.room_state(room)
        one = frozenset((user_id,))
        if not begins:
            return [
                write_update(self._table, listed, "DELETE people :one", one=one),
                write_update(self._table, state, "ADD watchers :less", less=-1),
            ]
        room_left = "attribute_not_exists(people) OR size(people) < :most"
        return [
            write_update(self._table, listed, "ADD people :one", room_left, one=one, most=most),
            write_update(self._table, state, "ADD watchers :more", more=1),
        ]


def to_choice(item: Mapping[str, Any]) -> Choice:
    """Return what was chosen by the item that says what a room is to somebody."""
    hidden_at = item.get("hidden_at")
    return Choice(item.get("notices"), None if hidden_at is None else int(hidden_at))
