"""A single write while a transaction holds its item."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters.dynamodb import table
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.errors import Unavailable
from chalicelib.metrics import NoMetrics

KEY = {"pk": {"S": "connection#1"}, "sk": {"S": "connection"}}


class Held:
    """A DynamoDB client that refuses so many updates because of a transaction."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals

    def update_item(self, **arguments: Any) -> dict[str, Any]:
        if self.refusals:
            self.refusals -= 1
            raise ClientError({"Error": {"Code": "TransactionConflictException"}}, "UpdateItem")
        return {"Attributes": {"n": {"N": "1"}}}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_CONFLICT_PAUSES_SECONDS", (0.0,) * 3)


def test_a_write_waits_for_the_transaction_that_holds_its_item() -> None:
    assert Table(Held(3), "connections", NoMetrics()).update(KEY, "SET n = :n", n=1) == {"n": 1}


def test_a_write_gives_up_if_transactions_hold_its_item_all_the_time() -> None:
    with pytest.raises(Unavailable, match="try again"):
        Table(Held(4), "connections", NoMetrics()).update(KEY, "SET n = :n", n=1)
