"""Hashes of passwords, in the messages table. Of one that was removed an empty item is left."""

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.passwords import StoredPassword


class DynamoPasswords:
    """The port `StoredPasswords` on DynamoDB."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, user_id: str) -> StoredPassword | None:
        item = self._table.get(keys.password(user_id))
        if item is None or "hashed" not in item:
            return None
        return StoredPassword(item["hashed"], int(item["since"]))

    def put(self, user_id: str, password: StoredPassword) -> None:
        self._table.put(keys.password(user_id), password._asdict())

    def drop(self, user_id: str) -> None:
        self._table.update(keys.password(user_id), "REMOVE hashed, since")
