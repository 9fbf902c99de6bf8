"""Who came and went, in one item of the connections table for each room."""

from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.messages import User
from chalicelib.domain.presence import MAX_KEPT_MOVES, MAX_NAMED_PEOPLE, Move, Presence
from chalicelib.service.ports import Clock

LIFETIME_SECONDS = 24 * 3600
TURN_IS_FREE = "attribute_not_exists(turn_ends) OR turn_ends < :now"


class DynamoPresences:
    """The port `Presences` on DynamoDB. Every write is one conditional update of one item."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def get(self, room: str) -> Presence:
        return to_presence(self._table.get(keys.presence(room)) or {})

    def glance(self, room: str) -> Presence:
        return to_presence(self._table.get(keys.presence(room), consistent=False) or {})

    def note(self, room: str, move: Move, *, back_soon: bool = False) -> Presence:
        """Note that somebody came or went, in one write of one unit once there are too many to be named."""
        left: dict[str, Any] = {"now": self._clock.now()} if back_soon else {}
        try:
            return to_presence(
                self._table.update(
                    keys.presence(room),
                    "SET moves = list_append(if_not_exists(moves, :none), :move),"
                    f" expires = :expires{', left_at = if_not_exists(left_at, :now)' if left else ''}",
                    "(attribute_not_exists(moves) OR size(moves) < :most)"
                    " AND (attribute_not_exists(people_online) OR people_online <= :named)",
                    none=[],
                    move=[{"id": move.user.id, "name": move.user.name, "came": move.came}],
                    most=MAX_KEPT_MOVES,
                    named=MAX_NAMED_PEOPLE,
                    expires=self._expires(),
                    **left,
                )
            )
        except ConditionFailed as failed:
            if failed.item and failed.item.get("more"):
                return to_presence(failed.item)
        return to_presence(self._table.update(keys.presence(room), "SET more = :one", one=1))

    def claim(self, room: str, until: int) -> bool:
        try:
            self._table.update(
                keys.presence(room),
                "SET turn_ends = :until",
                TURN_IS_FREE,
                until=until,
                now=self._clock.now(),
            )
        except ConditionFailed:
            return False
        return True

    def begin(self, room: str, until: int, *, claimed: bool = False) -> Presence | None:
        key = keys.presence(room)
        given: dict[str, Any] = {} if claimed else {"now": self._clock.now()}
        try:
            begun = self._table.update(
                key,
                "SET turn_ends = :until,"
                # What a dead holder of the turn had taken is taken again.
                " taken = list_append(if_not_exists(taken, :none), if_not_exists(moves, :none)),"
                " taken_more = if_not_exists(taken_more, :zero) + if_not_exists(more, :zero)"
                " REMOVE moves, left_at, more",
                "" if claimed else TURN_IS_FREE,
                until=until,
                none=[],
                zero=0,
                **given,
            )
        except ConditionFailed:
            return None
        return to_presence({**begun, "moves": begun["taken"], "more": begun["taken_more"]})

    def finish(self, room: str, online: int, paid_until: int) -> Presence:
        return to_presence(
            self._table.update(
                keys.presence(room),
                "SET announced = :now, people_online = :online, paid_until = :paid, expires = :expires"
                " REMOVE turn_ends, taken, taken_more",
                now=self._clock.now(),
                online=online,
                paid=paid_until,
                expires=self._expires(),
            )
        )

    def _expires(self) -> int:
        return self._clock.now() // 1000 + LIFETIME_SECONDS


def to_presence(item: Item) -> Presence:
    """Return what an item keeps of a room's presence."""
    return Presence(
        moves=tuple(_move(move) for move in item.get("moves", [])),
        announced=int(item.get("announced", 0)),
        online=int(item.get("people_online", 0)),
        turn_ends=int(item.get("turn_ends", 0)),
        left_at=int(item.get("left_at", 0)),
        more=bool(item.get("more", 0)),
        paid_until=int(item.get("paid_until", 0)),
    )


def _move(stored: dict[str, Any]) -> Move:
    return Move(User(stored["id"], stored["name"]), stored["came"])
