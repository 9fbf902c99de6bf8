"""Invites, deeds and reports, in the messages table."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.access import Invitation
from chalicelib.domain.audit import Deed, Report
from chalicelib.domain.messages import User

_USABLE = "uses_left > :none AND expires > :now"


class DynamoInvites:
    """The port `Invites` on DynamoDB."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, key: str, invitation: Invitation, expires: int, uses: int) -> None:
        room, by, made = invitation
        values = {"room": room, "invited_by": by, "made": made, "expires": expires, "uses_left": uses}
        self._table.put(keys.invite(key), values)

    def find(self, key: str, now: int) -> Invitation | None:
        item = self._table.get(keys.invite(key))
        if item is None or int(item["expires"]) <= now or int(item["uses_left"]) <= 0:
            return None
        return Invitation(item["room"], item["invited_by"], int(item["made"]))

    def use(self, key: str, now: int) -> bool:
        try:
            self._table.update(keys.invite(key), "ADD uses_left :less", _USABLE, less=-1, none=0, now=now)
        except ConditionFailed:
            return False
        return True


class DynamoAudit:
    """The port `Audit` on DynamoDB: a partition each for deeds and reports, sorted by time."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def note(self, deed: Deed) -> None:
        given = {"what": deed.what, "target": deed.target, "room": deed.room, "reason": deed.reason}
        kept = {name: value for name, value in given.items() if value is not None}
        self._keep(keys.deed, deed.at, {**_by(deed.by), **kept})

    def report(self, report: Report) -> None:
        values = {"room": report.room, "seq": report.seq, "reason": report.reason}
        self._keep(keys.report, report.at, {**_by(report.by), **values})

    def deeds(self, before: int | None, limit: int) -> list[Deed]:
        return [
            Deed(int(row["sk"]), _user(row), row["what"], row["target"], row.get("room"), row.get("reason"))
            for row in self._newest(keys.deeds(), before, limit)
        ]

    def reports(self, before: int | None, limit: int) -> list[Report]:
        return [
            Report(int(row["sk"]), _user(row), row["room"], int(row["seq"]), row["reason"])
            for row in self._newest(keys.reports(), before, limit)
        ]

    def _keep(self, key: Callable[[int], keys.Key], at: int, values: dict[str, Any]) -> None:
        """Put what happened at a time, or at the next millisecond that is free."""
        while True:
            try:
                return self._table.put(key(at), values, "attribute_not_exists(pk)")
            except ConditionFailed:
                at += 1

    def _newest(self, pk: str, before: int | None, limit: int) -> list[Item]:
        place: dict[str, Any] = {} if before is None else {"before": keys.position(before)}
        rows = self._table.query(pk, "sk < :before" if place else "", limit=limit, forward=False, **place)
        return list(islice(rows, limit))


def _by(user: User) -> dict[str, Any]:
    return {"user": user.id, "name": user.name}


def _user(row: Item) -> User:
    return User(row["user"], row["name"])
