"""Who came and went, in one item of the connections table for each room."""

from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.messages import User
from chalicelib.domain.presence import MAX_NAMED_PEOPLE, Move, Presence
from chalicelib.service.ports import Clock

LIFETIME_SECONDS = 24 * 3600
TURN_IS_FREE = "attribute_not_exists(turn_ends) OR turn_ends < :now"


class DynamoPresences:
    """The port `Presences` on DynamoDB. Every write is one conditional update of one item."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def get(self, room: str) -> Presence:
        return _presence(self._table.get(keys.presence(room)) or {})

    def glance(self, room: str) -> Presence:
        return _presence(self._table.get(keys.presence(room), consistent=False) or {})

    def note(self, room: str, move: Move) -> Presence:
        """Note that somebody came or went; beyond twice what can be named, nothing is kept."""
        try:
            noted = self._table.update(
                keys.presence(room),
                "SET moves = list_append(if_not_exists(moves, :none), :move), expires = :expires",
                "attribute_not_exists(moves) OR size(moves) < :most",
                none=[],
                move=[{"id": move.user.id, "name": move.user.name, "came": move.came}],
                most=2 * MAX_NAMED_PEOPLE,
                expires=self._expires(),
            )
        except ConditionFailed as failed:
            noted = failed.item or {}
        return _presence(noted)

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
                " taken = list_append(if_not_exists(taken, :none), if_not_exists(moves, :none))"
                " REMOVE moves",
                "" if claimed else TURN_IS_FREE,
                until=until,
                none=[],
                **given,
            )
        except ConditionFailed:
            return None
        return _presence({**begun, "moves": begun["taken"]})

    def finish(self, room: str, online: int) -> Presence:
        return _presence(
            self._table.update(
                keys.presence(room),
                "SET announced = :now, people_online = :online, expires = :expires REMOVE turn_ends, taken",
                now=self._clock.now(),
                online=online,
                expires=self._expires(),
            )
        )

    def _expires(self) -> int:
        return self._clock.now() // 1000 + LIFETIME_SECONDS


def _presence(item: Item) -> Presence:
    return Presence(
        moves=tuple(_move(move) for move in item.get("moves", [])),
        announced=int(item.get("announced", 0)),
        online=int(item.get("people_online", 0)),
        turn_ends=int(item.get("turn_ends", 0)),
    )


def _move(stored: dict[str, Any]) -> Move:
    return Move(User(stored["id"], stored["name"]), stored["came"])
