"""The template that `chalice package --merge-template` merges into the application's own."""

import json
from pathlib import Path
from typing import Any

from deploy_extras import after_chalice, names, policies, sign_in, template

_APIS = {"RestApiId": "RestAPI", "WebsocketApiId": "WebsocketAPI"}


def additions(stage: str) -> dict[str, Any]:
    """Return `template.yaml` for one stack with the application.

    The two APIs are resources of the same stack here, so the parameters with their ids are removed.
    """
    found = template.load()
    for name in _APIS:
        del found["Parameters"][name]
    del found["Conditions"]["HasApis"]
    for resource in found["Resources"].values():
        if resource.get("Condition") == "HasApis":
            del resource["Condition"]
    found["Parameters"]["Stage"]["Default"] = stage
    found["Conditions"]["IsTraced"] = {"Fn::Equals": [{"Ref": "Tracing"}, "true"]}
    found = dict(_with_apis(found))
    for name in names.FUNCTIONS:
        found["Resources"][_logical(name)] = {"Properties": _properties(stage, name)}
    found["Resources"] |= _api_settings()
    return found


def fill_in(app: Path, stage: str) -> None:
    """Replace the wildcards in the policies of a copy of the application by CloudFormation variables."""
    for name in names.FUNCTIONS:
        path = policies.path(app, stage, name)
        if not path.exists():
            continue  # the stage `local` has no policies
        policy = policies.exact(
            json.loads(path.read_text("utf-8")),
            region="${AWS::Region}",
            account="${AWS::AccountId}",
            websocket_api="${WebsocketAPI}",
        )
        for statement in policy["Statement"]:
            statement["Resource"] = [
                {"Fn::Sub": arn} if "${" in arn else arn for arn in statement["Resource"]
            ]
        path.write_text(json.dumps(policy), "utf-8")


def _logical(name: str) -> str:
    """Return Chalice's logical name of a function in the CloudFormation form."""
    return "APIHandler" if name == "api_handler" else name.title().replace("_", "")


def _properties(stage: str, name: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        # The same names as `chalice deploy` gives: alarms, policies and the hand-over rely on them.
        "FunctionName": names.function(stage, name),
        "Environment": {
            "Variables": {
                "MODELS_BUCKET": {"Ref": "ModelsBucket"},
                "FILES_BUCKET": {"Ref": "FilesBucket"},
                "ROOMS_BY": {"Ref": "RoomsBy"},
                "METRICS": {"Ref": "Metrics"},
                **_own(name),
            }
        },
        "LoggingConfig": after_chalice.LOGGING,
        "Tracing": {"Fn::If": ["IsTraced", "Active", "PassThrough"]},
    }
    if name in after_chalice.INVOKED_ASYNCHRONOUSLY:
        properties["EventInvokeConfig"] = after_chalice.asynchronous(name)
    if name in after_chalice.INVOKES_ITSELF:
        properties["RecursiveLoop"] = "Allow"
    return properties


def _api_settings() -> dict[str, Any]:
    """Return the throttles of both APIs and the answers of API Gateway itself."""
    rest, sessions = ({"Ref": f"{kind}PerSecond"} for kind in ("Requests", "Sessions"))
    return {
        "RestAPI": {
            "Properties": {
                "MethodSettings": [
                    {"ResourcePath": "/*", "HttpMethod": "*", **_throttle(rest, 500)},
                    {"ResourcePath": "/~1session", "HttpMethod": "POST", **_throttle(sessions, 50)},
                ],
                "DefinitionBody": {"x-amazon-apigateway-gateway-responses": after_chalice.GATEWAY_RESPONSES},
            }
        },
        "WebsocketAPIStage": {
            "Properties": {
                "DefaultRouteSettings": _throttle({"Ref": "FramesPerSecond"}, 500),
                "RouteSettings": {"$connect": _throttle({"Ref": "ConnectsPerSecond"}, 200)},
            }
        },
    }


def _throttle(rate: dict[str, str], burst: int) -> dict[str, Any]:
    # CloudFormation cannot multiply, so what may come at once is that of the defaults.
    return {"ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst}


def _own(name: str) -> dict[str, Any]:
    """Return what only the function needs to know that signs people in and answers for links."""
    if name != "api_handler":
        return {}
    return {
        variable: {"Ref": parameter}
        for variable, parameter in {
            "LINK_PREVIEWS": "LinkPreviews",
            "ACCESS_CODE_HASH": "AccessCodeHash",
            "ADMIN_CODE_HASH": "AdminCodeHash",
            **sign_in.PARAMETERS,
        }.items()
    }


def _with_apis(value: Any) -> Any:
    """Replace the parameters with the APIs' ids by references to the APIs."""
    if isinstance(value, str):
        for parameter, resource in _APIS.items():
            value = value.replace("${" + parameter + "}", "${" + resource + "}")
        return value
    if isinstance(value, list):
        return [_with_apis(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"Ref"}:
        return {"Ref": _APIS.get(value["Ref"], value["Ref"])}
    if value.keys() == {"Fn::If"} and value["Fn::If"][0] == "HasApis":
        return _with_apis(value["Fn::If"][1])
    return {key: _with_apis(each) for key, each in value.items()}
