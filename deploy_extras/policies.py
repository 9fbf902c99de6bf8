"""The functions' IAM policies, from Chalice's files, with account and region filled in."""

import json
from pathlib import Path
from typing import Any

from deploy_extras import names

Policy = dict[str, Any]

_ANY = "*"
# Fields of an ARN, counted from its beginning: arn:partition:service:region:account:resource.
_SERVICE, _REGION, _ACCOUNT, _RESOURCE = 2, 3, 4, 5
_ACCOUNT_VARIABLE = "${aws:PrincipalAccount}"


def path(app: Path, stage: str, function: str) -> Path:
    """Return the path of a function's policy."""
    return app / ".chalice" / "policies" / stage / f"{function}.json"


def exact(policy: Policy, *, region: str, account: str, websocket_api: str = "") -> Policy:
    """Return a policy with region, account and, if it is known, the WebSocket API filled in."""

    def fill(arn: str) -> str:
        if arn == _ANY:
            return arn
        parts = arn.replace(_ACCOUNT_VARIABLE, account).split(":", _RESOURCE)
        if parts[_REGION] == _ANY:
            parts[_REGION] = region
        if parts[_ACCOUNT] == _ANY:
            parts[_ACCOUNT] = account
        if parts[_SERVICE] == "execute-api" and websocket_api:
            parts[_RESOURCE] = websocket_api + parts[_RESOURCE].removeprefix(_ANY)
        return ":".join(parts)

    statements = [s | {"Resource": [fill(arn) for arn in resources(s)]} for s in policy["Statement"]]
    return policy | {"Statement": statements}


def resources(statement: dict[str, Any]) -> list[str]:
    """Return the resources of a statement as a list."""
    found = statement["Resource"]
    return [found] if isinstance(found, str) else list(found)


def use_messages_table(app: Path, stage: str, name: str) -> None:
    """Name the table that is in use in the policy files of a copy of the application."""
    for function in names.FUNCTIONS:
        file = path(app, stage, function)
        text = file.read_text("utf-8")
        file.write_text(text.replace(f':table/{names.stack(stage)}-messages"', f':table/{name}"'), "utf-8")


def fill_in(app: Path, stage: str, *, region: str, account: str, websocket_api: str = "") -> None:
    """Fill in the policy files of a copy of the application."""
    for function in names.FUNCTIONS:
        file = path(app, stage, function)
        policy = exact(
            json.loads(file.read_text("utf-8")), region=region, account=account, websocket_api=websocket_api
        )
        file.write_text(json.dumps(policy, indent=2), "utf-8")
