"""MiniStack as a program, with three things as on AWS that it does otherwise.

Functions become active after 50 ms, not after half a second. CloudFormation cannot delete a protected table.
IAM knows the partition keys of a request to DynamoDB, as `dynamodb:LeadingKeys`.
"""

import json
import runpy
from collections.abc import Iterator
from typing import Any

from ministack.core import iam_actions, iam_evaluator  # type: ignore[import-untyped]
from ministack.services import dynamodb, lambda_svc  # type: ignore[import-untyped]
from ministack.services.cloudformation import provisioners  # type: ignore[import-untyped]

_KEYS = "dynamodb:LeadingKeys"
_enforce = iam_evaluator.enforce
_service_context = iam_actions.dynamodb_service_context
_TABLE = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
_delete_table = _TABLE["delete"]


def delete_table(name: str, properties: Any) -> None:
    """Delete a table of a stack, unless it is protected."""
    # A parameter of the stack gives a string.
    if str((dynamodb._tables.get(name) or {}).get("DeletionProtectionEnabled")).lower() == "true":
        raise ValueError(f"Resource cannot be deleted as it is currently protected against deletion: {name}")
    _delete_table(name, properties)


class EachInTurn(list[str]):
    """The partition keys of a transaction, each of whose items is authorized for itself, in order."""


def service_context(body: bytes) -> dict[str, Any]:
    """Return the condition keys of a request, with the partition keys of the items that it names."""
    request = json.loads(body or b"{}")
    found: dict[str, Any] = _service_context(body)
    items = [detail for item in request.get("TransactItems", []) for detail in item.values()]
    keys = EachInTurn(key for item in items for key in _leading_keys(item)) or list(_leading_keys(request))
    return found | ({_KEYS: keys} if keys else {})


def enforce(*arguments: Any, service_context: dict[str, Any] | None = None, **named: Any) -> Any:
    """Authorize a request, or one item of a transaction."""
    if service_context and isinstance(keys := service_context.get(_KEYS), EachInTurn):
        service_context = service_context | {_KEYS: [keys.pop(0)]}
    return _enforce(*arguments, service_context=service_context, **named)


def _leading_keys(request: dict[str, Any]) -> Iterator[str]:
    for named in ("Key", "Item"):
        if "pk" in request.get(named, {}):
            yield str(request[named]["pk"]["S"])
    if "KeyConditionExpression" in request:
        yield str(request["ExpressionAttributeValues"][":pk"]["S"])
    for table in request.get("RequestItems", {}).values():
        for key in table["Keys"] if isinstance(table, dict) else []:
            yield str(key["pk"]["S"])


if __name__ == "__main__":
    # Every create and every update waits for it; no setting of MiniStack changes it.
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0.05
    _TABLE["delete"] = delete_table
    iam_actions.dynamodb_service_context = service_context
    iam_evaluator.enforce = enforce
    runpy.run_module("ministack", run_name="__main__")
