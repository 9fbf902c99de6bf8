"""MiniStack as a program, with some things as on AWS that it does otherwise, or not at all.

Functions become active after 50 ms, not after half a second. CloudFormation cannot delete a protected table.
IAM knows the partition keys of a request to DynamoDB, as `dynamodb:LeadingKeys`. CloudFormation has budgets
and saved queries.
"""

import json
import runpy
from collections.abc import Iterator
from typing import Any

from ministack.core import iam_actions, iam_evaluator  # type: ignore[import-untyped]
from ministack.services import budgets, dynamodb, lambda_svc  # type: ignore[import-untyped]
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


Created = tuple[str, dict[str, Any]]


def _create_budget(logical_id: str, properties: dict[str, Any], stack: str) -> Created:
    given = json.loads(json.dumps(properties))
    given["Budget"]["BudgetLimit"]["Amount"] = str(given["Budget"]["BudgetLimit"]["Amount"])
    status, _, body = budgets._create_budget(given)
    if status >= 400:
        raise ValueError(f"the budget was refused: {body!r}")
    return given["Budget"]["BudgetName"], {}


def _delete_budget(physical_id: str, properties: dict[str, Any]) -> None:
    budgets._delete_budget({"BudgetName": physical_id})


def _update_budget(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> Created:
    _delete_budget(physical_id, old)
    return _create_budget(physical_id, new, stack)


def _create_query(logical_id: str, properties: dict[str, Any], stack: str) -> Created:
    # MiniStack has no saved queries; what they ask is tested on the template.
    return f"{stack}-{logical_id}", {}


def _update_query(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> Created:
    return physical_id, {}


def _delete_query(physical_id: str, properties: dict[str, Any]) -> None:
    return


if __name__ == "__main__":
    # Every create and every update waits for it; no setting of MiniStack changes it.
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0.05
    provisioners._RESOURCE_HANDLERS |= {
        "AWS::Budgets::Budget": {
            "create": _create_budget,
            "update": _update_budget,
            "delete": _delete_budget,
        },
        "AWS::Logs::QueryDefinition": {
            "create": _create_query,
            "update": _update_query,
            "delete": _delete_query,
        },
    }
    _TABLE["delete"] = delete_table
    iam_actions.dynamodb_service_context = service_context
    iam_evaluator.enforce = enforce
    runpy.run_module("ministack", run_name="__main__")
