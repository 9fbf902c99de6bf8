"""Names, attempts at what lets somebody in, and networks from which nobody new may come."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table, write_put
from chalicelib.adapters.dynamodb.transactions import transact
from chalicelib.domain.messages import User
from chalicelib.service.identity_ports import Attempt
from chalicelib.service.ports import Clock

_FREE = "attribute_not_exists(pk) OR held_until < :now"
_FREE_OR_OWN = f"{_FREE} OR holder = :holder"
_FREE_OR_HELD = f"{_FREE} OR (holder = :holder AND attribute_not_exists(kept))"
_FOR_GOOD = 2**53  # no clock gets there, and no item of such a name expires


class DynamoNames:
    """The port `Names`, in the messages table."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def hold(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> bool:
        """Hold everything in one transaction: of two who come at once, one gets it."""
        held = {"held_until": until, "expires": until}
        # A name is kept with its looks, so of one that is kept by its holder nothing is left to be held.
        return self._hold(key, looks, user, held, _FREE_OR_HELD) or self.keeper(key) == user.id

    def keep(self, key: str, user: User, looks: Sequence[str] = ()) -> bool:
        return self._hold(key, looks, user, {"held_until": _FOR_GOOD, "kept": True}, _FREE_OR_OWN)

    def release(self, key: str, user: User, until: int, looks: Sequence[str] = ()) -> None:
        held = {"held_until": until, "expires": until}
        # Somebody else may have its looks, from before looks were held.
        if not self._hold(key, looks, user, held, _FREE_OR_OWN):
            self._hold(key, (), user, held, _FREE_OR_OWN)

    def _hold(
        self, key: str, looks: Sequence[str], user: User, values: Mapping[str, int | bool], condition: str
    ) -> bool:
        wanted = [keys.name(key), *(keys.look(place, look) for place, look in enumerate(looks))]
        writes = [
            write_put(
                self._table,
                one,
                {"holder": user.id, "name": user.name, **values},
                condition,
                now=self._clock.now() // 1000,
                holder=user.id,
            )
            for one in wanted
        ]
        return not transact(self._table, self._clock, writes)

    def keeper(self, key: str) -> str | None:
        item = self._table.get(keys.name(key))
        return str(item["holder"]) if item is not None and "kept" in item else None

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


class DynamoBars:
    """The port `Bars`, in the messages table: an item for each mark and each ban."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def bar(self, networks: Sequence[str], user_id: str, until: int | None) -> None:
        ends: dict[str, Any] = {} if until is None else {"expires": until // 1000}
        for network in networks:
            self._table.put(keys.bar(network, user_id), ends)

    def barred(self, networks: Sequence[str]) -> set[str]:
        now = self._clock.now() // 1000
        found = [row for network in networks for row in self._table.query(keys.bars(network))]
        return {row["sk"] for row in found if "expires" not in row or int(row["expires"]) > now}
