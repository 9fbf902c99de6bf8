"""One DynamoDB table: typed values, and faults as `Unavailable`."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.dynamodb.values import Item, pack, unpack
from chalicelib.errors import Unavailable
from chalicelib.metrics import Metric, Metrics

logger = logging.getLogger(__name__)

# Waits while a transaction holds the item: it is done in milliseconds.
_CONFLICT_PAUSES_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.16)


class ConditionFailed(Exception):
    """The condition of a write was false; `item` is what is stored, if anything."""

    def __init__(self, item: Item | None) -> None:
        super().__init__("the condition of a write was false")
        self.item = item


class Table:
    """A table by name. Every method is one request; a query is one for each megabyte that it reads."""

    def __init__(self, client: Any, name: str, metrics: Metrics) -> None:
        self._client = client
        self.name = name
        self._metrics = metrics

    def check(self) -> None:
        """Return if the table answers; raise `Unavailable` if it does not."""
        self.get({"pk": {"S": "health"}, "sk": {"S": "health"}})

    def get(self, key: Item, *, consistent: bool = True) -> Item | None:
        """Return an item; one that need not be read consistently may be some moments old, and costs half."""
        with self._faults("GetItem"):
            answer = self._client.get_item(TableName=self.name, Key=key, ConsistentRead=consistent)
        return unpack(answer["Item"]) if "Item" in answer else None

    def put(self, key: Item, values: Mapping[str, Any], condition: str = "", **given: Any) -> None:
        """Put an item; `given` are the values that the condition names with a colon.

        Raises
        ------
        ConditionFailed
            The condition is false.
        """
        with self._faults("PutItem"):
            _retry_conflicts(
                self._client.put_item,
                TableName=self.name,
                Item={**key, **pack(values)},
                **_conditional(condition, given),
            )

    def update(
        self,
        key: Item,
        expression: str,
        condition: str = "",
        names: Mapping[str, str] | None = None,
        **given: Any,
    ) -> Item:
        """Update an item and return all of it as it is afterwards.

        Raises
        ------
        ConditionFailed
            The condition is false.
        """
        arguments = _conditional(condition, given)
        if names:
            arguments["ExpressionAttributeNames"] = dict(names)
        with self._faults("UpdateItem"):
            answer = _retry_conflicts(
                self._client.update_item,
                TableName=self.name,
                Key=key,
                UpdateExpression=expression,
                ReturnValues="ALL_NEW",
                **arguments,
            )
        return unpack(answer.get("Attributes", {}))

    def delete(self, key: Item) -> Item | None:
        """Delete an item and return what it was."""
        with self._faults("DeleteItem"):
            answer = _retry_conflicts(
                self._client.delete_item, TableName=self.name, Key=key, ReturnValues="ALL_OLD"
            )
        return unpack(answer["Attributes"]) if answer.get("Attributes") else None

    def delete_many(self, keys: list[Item]) -> None:
        """Delete items that may be gone already, in any order; one request for each 25."""
        for start in range(0, len(keys), 25):
            left = {self.name: [{"DeleteRequest": {"Key": key}} for key in keys[start : start + 25]]}
            while left:
                with self._faults("BatchWriteItem"):
                    left = self._client.batch_write_item(RequestItems=left).get("UnprocessedItems")

    def query(
        self,
        pk: str,
        condition: str = "",
        *,
        limit: int = 0,
        forward: bool = True,
        consistent: bool = True,
        **given: Any,
    ) -> Iterator[Item]:
        """Yield the items of a partition in order of their sort key."""
        arguments: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": f"pk = :pk{' AND ' + condition if condition else ''}",
            "ExpressionAttributeValues": _values({"pk": pk, **given}),
            "ConsistentRead": consistent,
            "ScanIndexForward": forward,
        }
        if limit:
            arguments["Limit"] = limit
        while True:
            with self._faults("Query"):
                answer = self._client.query(**arguments)
            yield from map(unpack, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def scan(self, condition: str, *, most_pages: int, **given: Any) -> Iterator[Item]:
        """Yield the items of the whole table that fulfil a condition, as they were a moment ago.

        Everything that is read is paid for: at most so many pages of a megabyte each are.
        """
        arguments: dict[str, Any] = {
            "TableName": self.name,
            "FilterExpression": condition,
            "ExpressionAttributeValues": _values(given),
        }
        for _ in range(most_pages):
            with self._faults("Scan"):
                answer = self._client.scan(**arguments)
            yield from map(unpack, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def get_many(self, keys: list[Item], *, consistent: bool = True) -> list[Item]:
        """Return those items that exist, in any order; one request for each hundred."""
        found: list[Item] = []
        for start in range(0, len(keys), 100):
            wanted = {self.name: {"Keys": keys[start : start + 100], "ConsistentRead": consistent}}
            found += self.batch_get(wanted).get(self.name, [])
        return found

    def batch_get(self, wanted: Any) -> dict[str, list[Item]]:
        """Return what a `BatchGetItem` of these `RequestItems` finds, by the names of tables."""
        found: dict[str, list[Item]] = {}
        while wanted:
            with self._faults("BatchGetItem"):
                answer = self._client.batch_get_item(RequestItems=wanted)
            for name, items in answer["Responses"].items():
                found.setdefault(name, []).extend(map(unpack, items))
            wanted = answer.get("UnprocessedKeys")
        return found

    def get_at_once(self, keys: list[Item]) -> list[Item]:
        """Return those items that exist, all as they were at one moment."""
        gets = [{"Get": {"TableName": self.name, "Key": key}} for key in keys]
        with self._faults("TransactGetItems"):
            answer = _retry_conflicts(self._client.transact_get_items, TransactItems=gets)
        return [unpack(found["Item"]) for found in answer["Responses"] if found.get("Item")]

    def transact(self, writes: list[Item]) -> None:
        """Do all the writes or none.

        Raises
        ------
        ClientError
            `TransactionCanceledException`, for the caller to read the reasons one by one.
        """
        with self._faults("TransactWriteItems"):
            self._client.transact_write_items(TransactItems=writes)

    @contextmanager
    def _faults(self, operation: str) -> Iterator[None]:
        """Turn what botocore raises into what the use cases know."""
        try:
            yield
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code == "ConditionalCheckFailedException":
                stored = error.response.get("Item")
                raise ConditionFailed(unpack(stored) if stored else None) from error
            if code in ("TransactionCanceledException", "ValidationException"):
                raise  # the caller reads the reasons of the one; the other is a fault of ours
            raise self._unavailable(operation, code) from error
        except BotoCoreError as error:
            raise self._unavailable(operation, type(error).__name__) from error

    def _unavailable(self, operation: str, code: str) -> Unavailable:
        self._metrics.count(Metric.STORAGE_FAULTS, operation=operation, code=code)
        logger.warning("storage did not answer", extra={"operation": operation, "fault": code}, exc_info=True)
        return Unavailable("The chat's storage did not answer. Nothing was stored; try again.", retry_after=1)


def get_from_both(one: tuple[Table, list[Item]], other: tuple[Table, list[Item]]) -> list[list[Item]]:
    """Return the items of two tables that exist, as they were a moment ago, in one request.

    Parameters
    ----------
    one, other
        A table and the keys that are wanted of it, a hundred of both at most.
    """
    wanted = {table.name: {"Keys": keys, "ConsistentRead": False} for table, keys in (one, other) if keys}
    found = one[0].batch_get(wanted)
    return [found.get(table.name, []) for table, _ in (one, other)]


def write_put(table: Table, key: Item, values: Mapping[str, Any], condition: str = "", **given: Any) -> Item:
    """Return a conditional put as a part of a transaction."""
    return {
        "Put": {"TableName": table.name, "Item": {**key, **pack(values)}, **_conditional(condition, given)}
    }


def write_update(
    table: Table,
    key: Item,
    expression: str,
    condition: str = "",
    names: Mapping[str, str] | None = None,
    **given: Any,
) -> Item:
    """Return an update, on a condition or without one, as a part of a transaction."""
    named = {"ExpressionAttributeNames": dict(names)} if names else {}
    update = {"TableName": table.name, "Key": key, "UpdateExpression": expression}
    return {"Update": {**update, **named, **_conditional(condition, given)}}


def write_check(
    table: Table, key: Item, condition: str, names: Mapping[str, str] | None = None, **given: Any
) -> Item:
    """Return a condition without a write as a part of a transaction."""
    named = {"ExpressionAttributeNames": dict(names)} if names else {}
    check = {"TableName": table.name, "Key": key}
    return {"ConditionCheck": {**check, **named, **_conditional(condition, given)}}


def write_delete(table: Table, key: Item, condition: str = "", **given: Any) -> Item:
    """Return a deletion, on a condition or without one, as a part of a transaction."""
    return {"Delete": {"TableName": table.name, "Key": key, **_conditional(condition, given)}}


def _conditional(condition: str, given: Mapping[str, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    if condition:
        arguments["ConditionExpression"] = condition
        arguments["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if given:
        arguments["ExpressionAttributeValues"] = _values(given)
    return arguments


def _values(given: Mapping[str, Any]) -> Item:
    return {f":{name}": value for name, value in pack(given).items()}


def _retry_conflicts(call: Callable[..., Item], **arguments: Any) -> Item:
    """Retry while a transaction holds the item, which botocore does not do by itself."""
    for pause in _CONFLICT_PAUSES_SECONDS:
        try:
            return call(**arguments)
        except ClientError as error:
            if not _is_conflict(error):
                raise
            time.sleep(pause)
    return call(**arguments)


def _is_conflict(error: ClientError) -> bool:
    code = error.response.get("Error", {}).get("Code")
    # A transaction of reads is cancelled as a whole.
    reasons = error.response.get("CancellationReasons", [])
    return code == "TransactionConflictException" or any(
        reason.get("Code") == "TransactionConflict" for reason in reasons
    )
