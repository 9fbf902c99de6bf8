"""The rooms that each user was the first to come to, in one item of the connections table for each day."""

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.domain.messages import User

DAY_SECONDS = 24 * 3600


class DynamoNewRooms:
    """The port `NewRooms` on DynamoDB."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def open(self, user: User, room: str, day: int, most: int) -> bool:
        try:
            self._table.update(
                keys.new_rooms(user, day),
                "SET opened = list_append(if_not_exists(opened, :none), :rooms), expires = :expires",
                "attribute_not_exists(opened) OR (size(opened) < :most AND NOT contains(opened, :room))",
                none=[],
                rooms=[room],
                room=room,
                most=most,
                expires=(day + 2) * DAY_SECONDS,
            )
        except ConditionFailed as failed:
            return room in (failed.item or {}).get("opened", [])
        return True
