"""The functions, roles and APIs of a stage that exist, whether or not the record names them.

`destroy` deletes exactly these. The record is not enough: a deployment may have been killed before Chalice
recorded what it made, or a deletion before it recorded what is gone, and Chalice fails at a missing role.
"""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras import names
from deploy_extras.adopt import adopt
from deploy_extras.cloud import Cloud, error_code
from deploy_extras.record import Resource

_APIS = ("rest_api", "websocket_api")
_MISSING = ("ResourceNotFoundException", "NoSuchEntity", "NotFoundException")


def existing(cloud: Cloud, stage: str, recorded: list[Resource]) -> list[Resource]:
    """Return the roles, functions and APIs that exist, as Chalice records them, in the order of creation.

    Chalice also records the retention of logs, which is left out here: it goes with the log groups.
    """
    found: list[Resource] = []
    for name in names.FUNCTIONS:
        role = _ask(cloud.client("iam").get_role, RoleName=names.role(stage, name))
        if role:
            arn, own_name = role["Role"]["Arn"], role["Role"]["RoleName"]
            found.append(_resource(f"{name}_role", "iam_role", role_arn=arn, role_name=own_name))
    for name in names.FUNCTIONS:
        function = _ask(
            cloud.client("lambda").get_function_configuration, FunctionName=names.function(stage, name)
        )
        if function:
            found.append(_resource(name, "lambda_function", lambda_arn=function["FunctionArn"]))
    apis = [api for api in still_there(cloud, recorded) if api["name"] in _APIS]
    return found + adopt(cloud, stage, apis)


def still_there(cloud: Cloud, recorded: list[Resource]) -> list[Resource]:
    """Return a record without the APIs that somebody has deleted, so that nothing is made for their ids."""
    asked = {
        "rest_api": lambda api: _ask(cloud.client("apigateway").get_rest_api, restApiId=api),
        "websocket_api": lambda api: _ask(cloud.client("apigatewayv2").get_api, ApiId=api),
    }
    return [r for r in recorded if r["name"] not in _APIS or asked[r["name"]](r[f"{r['name']}_id"])]


def _resource(name: str, kind: str, **values: str) -> Resource:
    return {"name": name, "resource_type": kind, **values}


def _ask(call: Callable[..., Any], **arguments: str) -> Any:
    """Return the answer of AWS, or None if it does not exist."""
    try:
        return call(**arguments)
    except ClientError as error:
        if error_code(error) not in _MISSING:
            raise
        return None
