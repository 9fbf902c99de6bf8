"""The hours of rooms, one item for each in the messages table; they expire by themselves."""

from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.pulse import Hour, Moment, Turn, Usual

LIFETIME_SECONDS = 92 * 24 * 3600
# Scores are summed up as whole numbers, whose sums do not depend on the order.
_SCALE = 1_000_000
_COUNTS = ("messages", "total", "squares", "negative", "neutral", "positive")


class DynamoPulses:
    """The port `Pulses` on DynamoDB; adding is one update."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, room: str, summed: Hour) -> Hour:
        given: dict[str, Any] = {
            "messages": summed.count,
            "total": round(summed.total * _SCALE),
            "squares": round(summed.squares * _SCALE),
            "negative": summed.negative,
            "neutral": summed.neutral,
            "positive": summed.positive,
            "people": summed.people,
        }
        if summed.moments:
            given["moments"] = {f"{moment.seq} {moment.score!r}" for moment in summed.moments}
        return to_hour(
            self._table.update(
                keys.hour(room, summed.begin),
                f"SET expires = :expires ADD {', '.join(f'#{name} :{name}' for name in given)}",
                names={f"#{name}": name for name in given},
                expires=summed.begin // 1000 + LIFETIME_SECONDS,
                **given,
            )
        )

    def begin(self, room: str, begin: int, usual: Usual | None, turn: Turn | None) -> Hour:
        return to_hour(
            self._table.update(
                keys.hour(room, begin),
                "SET usual = :usual, turn = if_not_exists(turn, :turn)",
                usual=usual and list(usual),
                turn=turn and list(turn),
            )
        )

    def turn(self, room: str, begin: int, turn: Turn, was: Turn | None) -> bool:
        try:
            self._table.update(
                keys.hour(room, begin),
                "SET turn = :turn",
                "turn = :was",
                turn=list(turn),
                was=was and list(was),
            )
        except ConditionFailed:
            return False
        return True

    def hours(self, room: str, first: int, end: int) -> list[Hour]:
        found = self._table.query(
            keys.hours(room),
            "sk BETWEEN :first AND :last",
            consistent=False,
            first=keys.position(first),
            last=keys.position(end - 1),
        )
        return [to_hour(item) for item in found]


def to_hour(item: Item) -> Hour:
    """Return what an item keeps of an hour."""
    counts = {name: int(item.get(name, 0)) for name in _COUNTS}
    usual, turn = item.get("usual"), item.get("turn")
    moments = (text.split() for text in item.get("moments", ()))
    return Hour(
        begin=int(item["sk"]),
        count=counts["messages"],
        total=counts["total"] / _SCALE,
        squares=counts["squares"] / _SCALE,
        negative=counts["negative"],
        neutral=counts["neutral"],
        positive=counts["positive"],
        people=frozenset(item.get("people", ())),
        moments=tuple(sorted(Moment(int(seq), float(score)) for seq, score in moments)),
        usual=Usual(*map(float, usual)) if usual else None,
        turn=Turn(turn[0], int(turn[1])) if turn else None,
    )
