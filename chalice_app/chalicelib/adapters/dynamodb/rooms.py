"""The state of each room: counter, delivery cursors and leases, in one item of the messages table."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.rooms import ListedRoom, RoomState
from chalicelib.service.outcomes import Archived, Deleted
from chalicelib.service.ports import Clock

# What stands for the newest message of a room that has none since this is kept.
UNKNOWN = -1
# How many positions were handed out by a version that does not keep `last_message`: as long as that number
# stays what it was with the newest message (`foreign_then`), `last_message` is still the newest.
_FOREIGN = "if_not_exists(last_place, :none) - if_not_exists(own_places, :none)"

_WRITABLE = "attribute_not_exists(archived) OR archived = :no"


class DynamoRooms:
    """The rooms' states on DynamoDB. Every write is one conditional update of one item."""

    def __init__(self, table: Table, clock: Clock, endpoint: str = "") -> None:
        self._table = table
        self._clock = clock
        self._endpoint = endpoint

    def next_position(self, room: str) -> RoomState:
        item = self._hand_out(
            room,
            "SET delivered0 = if_not_exists(delivered0, :none),"
            " previous_message = if_not_exists(last_message, :unknown),"
            " previous_foreign = if_not_exists(foreign_then, :unknown),"
            " last_message = if_not_exists(last_place, :none) + :one,"
            f" foreign_then = {_FOREIGN}"
            " ADD last_place :one, own_places :one, message_count :one",
            none=0,
            one=1,
            unknown=UNKNOWN,
        )
        state = items.to_state(room, item, 0)
        known = item["previous_foreign"] == item["foreign_then"]
        previous = 0 if state.head == 1 else int(item["previous_message"]) if known else UNKNOWN
        state = replace(state, previous=None if previous == UNKNOWN else previous)
        if state.head % keys.PARTITION_SIZE == 1:
            # The first message lists the room; so does one now and then, in case that writer died.
            key = keys.listed_room(room, hidden=state.hidden)
            self._table.update(key, "SET used_at = :now", now=self._clock.now())
        return state

    def next_position_of_change(self, room: str) -> RoomState:
        item = self._hand_out(
            room,
            f"SET foreign_now = {_FOREIGN} ADD last_place :one, own_places :one",
            none=0,
            one=1,
        )
        known = item["foreign_now"] == item.get("foreign_then")
        return replace(items.to_state(room, item, 0), previous=int(item["last_message"]) if known else None)

    def _hand_out(self, room: str, expression: str, **given: Any) -> Item:
        try:
            return self._table.update(keys.room_state(room), expression, _WRITABLE, **given, no=False)
        except ConditionFailed as failed:
            raise (Deleted if "deleted" in (failed.item or {}) else Archived) from failed

    def not_a_message(self, state: RoomState) -> None:
        self._table.update(keys.room_state(state.room), "ADD message_count :less", less=-1)
        if state.previous is not None:
            with suppress(ConditionFailed):
                self._table.update(
                    keys.room_state(state.room),
                    "SET last_message = :previous",
                    "last_message = :position",
                    previous=state.previous,
                    position=state.head,
                )

    def state(self, room: str, shard: int = 0) -> RoomState:
        return items.to_state(room, self._table.get(keys.room_state(room)) or {}, shard)

    def acquire(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        return self._update(
            room,
            shard,
            f"SET lease{shard} = :token, until{shard} = :until",
            f"(attribute_not_exists(lease{shard}) OR until{shard} < :now) AND delivered{shard} < last_place",
            token=token,
            until=until,
            now=self._clock.now(),
        )

    def renew(self, room: str, shard: int, token: str, until: int) -> RoomState | None:
        return self._update(
            room, shard, f"SET until{shard} = :until", f"lease{shard} = :token", token=token, until=until
        )

    def advance(self, room: str, shard: int, token: str, delivered: int, until: int) -> RoomState | None:
        return self._update(
            room,
            shard,
            f"SET delivered{shard} = :delivered, until{shard} = :until",
            f"lease{shard} = :token",
            token=token,
            delivered=delivered,
            until=until,
        )

    def release(self, room: str, shard: int, token: str, delivered: int) -> RoomState | None:
        try:
            self._table.update(
                keys.room_state(room),
                f"SET delivered{shard} = :delivered REMOVE lease{shard}, until{shard}",
                f"lease{shard} = :token AND last_place = :delivered",
                token=token,
                delivered=delivered,
            )
        except ConditionFailed as failed:
            if failed.item is not None and failed.item.get(f"lease{shard}") == token:
                return items.to_state(room, failed.item, shard)
        return None

    def give_up(self, room: str, shard: int, token: str) -> None:
        self._update(room, shard, f"REMOVE lease{shard}, until{shard}", f"lease{shard} = :token", token=token)

    def add_shard(self, room: str, shards: int) -> None:
        self._update(
            room,
            shards,
            f"SET delivered{shards} = delivered0",
            f"attribute_exists(delivered{shards - 1}) AND attribute_not_exists(delivered{shards})",
        )

    def counted(self, state: RoomState, online: int) -> None:
        self._table.update(
            keys.listed_room(state.room, hidden=state.hidden),
            "SET people_online = :online, counted_at = :now, used_at = :now, endpoint = :endpoint",
            online=online,
            now=self._clock.now(),
            endpoint=self._endpoint,
        )

    def endpoint(self, room: str, *, hidden: bool) -> str:
        item = self._table.get(keys.listed_room(room, hidden=hidden), consistent=False)
        return str((item or {}).get("endpoint", ""))

    def listed(self) -> list[ListedRoom]:
        found = self._table.query(keys.rooms(), consistent=False)
        return [_listed(item) for item in found if "moved" not in item]

    def listed_hidden(self, rooms: Sequence[str]) -> list[ListedRoom]:
        wanted = [keys.listed_room(room, hidden=True) for room in rooms]
        return [_listed(item) for item in self._table.get_many(wanted, consistent=False)]

    def states(self, rooms: Sequence[str]) -> list[RoomState]:
        found = self._table.get_many([keys.room_state(room) for room in rooms], consistent=False)
        states = [items.to_state(item["pk"].removeprefix("room#"), item, 0) for item in found]
        return sorted(states, key=lambda state: state.room)

    def _update(
        self, room: str, shard: int, expression: str, condition: str, **given: Any
    ) -> RoomState | None:
        try:
            item = self._table.update(keys.room_state(room), expression, condition, **given)
        except ConditionFailed:
            return None
        return items.to_state(room, item, shard)


def _listed(item: Item) -> ListedRoom:
    return ListedRoom(
        item["sk"],
        int(item.get("people_online", 0)),
        int(item.get("counted_at", 0)),
        int(item.get("used_at", 0)),
        item.get("endpoint", ""),
        item.get("title", ""),
        item.get("topic", ""),
        bool(item.get("archived")),
    )
