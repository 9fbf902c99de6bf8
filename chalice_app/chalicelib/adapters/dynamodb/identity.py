"""Names, and attempts at the access code."""

from collections.abc import Sequence

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table, write_put
from chalicelib.adapters.dynamodb.transactions import transact
from chalicelib.domain.messages import User
from chalicelib.service.identity_ports import Attempt
from chalicelib.service.ports import Clock


class DynamoNames:
    """The port `Names`, in the messages table."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def hold(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> bool:
        """Hold everything in one transaction: of two who come at once, one gets it."""
        wanted = [keys.name(key), *(keys.look(place, look) for place, look in enumerate(looks))]
        writes = [
            write_put(
                self._table,
                one,
                {"holder": user.id, "name": user.name, "held_until": until, "expires": until},
                "attribute_not_exists(pk) OR held_until < :now OR holder = :holder",
                now=self._clock.now() // 1000,
                holder=user.id,
            )
            for one in wanted
        ]
        return not transact(self._table, self._clock, writes)

    def holder(self, key: str) -> str | None:
        item = self._table.get(keys.name(key))
        return None if item is None else str(item["holder"])


class DynamoAttempts:
    """The port `Attempts`, in the connections table.

    An item counts the attempts that are under way or were wrong, and those that were wrong.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def begin(self, source: str, window: int, most: int, expires: int) -> Attempt:
        try:
            self._table.update(
                keys.attempts(source, window),
                "SET expires = :expires ADD counted :one",
                "attribute_not_exists(counted) OR counted < :most",
                expires=expires,
                one=1,
                most=most,
            )
        except ConditionFailed as failed:
            return Attempt.REFUSED if int((failed.item or {}).get("wrong", 0)) >= most else Attempt.BUSY
        return Attempt.BEGUN

    def succeeded(self, source: str, window: int) -> None:
        self._table.update(keys.attempts(source, window), "ADD counted :less", less=-1)

    def failed(self, source: str, window: int) -> None:
        self._table.update(keys.attempts(source, window), "ADD wrong :one", one=1)
