"""MiniStack as a program, whose functions are active after 50 ms, and with two more types of resources."""

import json
import runpy
from typing import Any

from ministack.services import budgets, lambda_svc  # type: ignore[import-untyped]
from ministack.services.cloudformation import provisioners  # type: ignore[import-untyped]

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
    runpy.run_module("ministack", run_name="__main__")
