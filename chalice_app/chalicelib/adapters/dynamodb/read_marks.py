"""How far people have read, beside what they are in a room, in the messages table."""

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table

MAX_MENTIONS_KEPT = 100


class DynamoReadMarks:
    """The port `ReadMarks` on DynamoDB. Every write is one conditional update of one item."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def move(self, user_id: str, room: str, at: int, count: int) -> bool:
        key = keys.belonging(user_id, room)
        try:
            moved = self._table.update(
                key,
                "SET read_at = :at, read_count = :count",
                "attribute_not_exists(read_at) OR read_at < :at",
                at=at,
                count=count,
            )
        except ConditionFailed:
            return False
        mentions = [int(seq) for seq in moved.get("mentioned_in", [])]
        if mentions and mentions[-1] <= at:
            # Another one may have come since, so only what was seen is forgotten.
            self._forget(user_id, room, mentions)
        return True

    def mention(self, user_id: str, room: str, seq: int) -> None:
        try:
            self._table.update(
                keys.belonging(user_id, room),
                "SET mentioned_in = list_append(if_not_exists(mentioned_in, :none), :seq) REMOVE hidden_at",
                "attribute_not_exists(mentioned_in) OR size(mentioned_in) < :most",
                none=[],
                seq=[seq],
                most=MAX_MENTIONS_KEPT,
            )
        except ConditionFailed:
            # Whoever is mentioned so often sees a hundred; the oldest one makes room for the newest.
            self._table.update(
                keys.belonging(user_id, room),
                "SET mentioned_in = list_append(mentioned_in, :seq) REMOVE mentioned_in[0], hidden_at",
                seq=[seq],
            )

    def _forget(self, user_id: str, room: str, mentions: list[int]) -> None:
        try:
            self._table.update(
                keys.belonging(user_id, room), "REMOVE mentioned_in", "mentioned_in = :seen", seen=mentions
            )
        except ConditionFailed:
            return
