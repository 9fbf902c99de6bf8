"""Links that sign somebody in on another device, in the messages table. What was used is marked."""

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import DeviceLink


class DynamoDeviceLinks:
    """The port `DeviceLinks` on DynamoDB."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, key: str, link: DeviceLink, expires: int) -> None:
        values = {
            "user_id": link.user.id,
            "name": link.user.name,
            "role": link.role,
            "made_by": link.by,
            "session_id": link.session,
            "expires": expires,
        }
        ends = {} if link.ends is None else {"ends": link.ends}
        self._table.put(keys.device_link(key), values | ends)

    def find(self, key: str, now: int) -> DeviceLink | None:
        item = self._table.get(keys.device_link(key))
        if item is None or "used" in item or int(item["expires"]) <= now:
            return None
        return DeviceLink(
            User(item["user_id"], item["name"]),
            item["role"],
            item["made_by"],
            item["session_id"],
            int(item["ends"]) if "ends" in item else None,
        )

    def use(self, key: str, now: int) -> bool:
        try:
            self._table.update(
                keys.device_link(key),
                "SET used = :now",
                "attribute_not_exists(used) AND expires > :now",
                now=now,
            )
        except ConditionFailed:
            return False
        return True
