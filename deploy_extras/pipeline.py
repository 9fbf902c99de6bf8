"""What `chalice package --merge-template` merges: `template.yaml`, with the application in the same stack."""

import json
from pathlib import Path
from typing import Any

from deploy_extras import names, policies
from local.emulator.template import load_template

TEMPLATE = Path(__file__).with_name("template.yaml")

# Chalice's logical names in the CloudFormation form.
_LOGICAL = {
    "api_handler": "APIHandler",
    "websocket_connect": "WebsocketConnect",
    "websocket_message": "WebsocketMessage",
    "websocket_disconnect": "WebsocketDisconnect",
    "deliver": "Deliver",
}
_APIS = {"RestApiId": "RestAPI", "WebsocketApiId": "WebsocketAPI"}


def additions(stage: str) -> dict[str, Any]:
    """Return the template to merge into the application's own.

    The two APIs are resources of the same stack here, so the parameters that name them elsewhere are gone.
    """
    template = load_template(TEMPLATE)
    for name in _APIS:
        del template["Parameters"][name]
    del template["Conditions"]["HasApis"]
    template["Parameters"]["Stage"]["Default"] = stage
    template = dict(_with_apis(template))
    for name, logical in _LOGICAL.items():
        template["Resources"][logical] = {"Properties": _properties(stage, name)}
    return template


def fill_in(app: Path, stage: str) -> None:
    """Make the policies of a copy of the application exact, in CloudFormation's words."""
    for name in names.FUNCTIONS:
        path = policies.path(app, stage, name)
        if not path.exists():
            continue  # the stage `local` has roles that nobody checks
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


def _properties(stage: str, name: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        # The same names as `chalice deploy` gives: alarms, policies and the hand-over count on them.
        "FunctionName": names.function(stage, name),
        "Environment": {"Variables": {"MODELS_BUCKET": {"Ref": "ModelsBucket"}, **_access_code(name)}},
    }
    return properties | ({"RecursiveLoop": "Allow"} if name == "deliver" else {})


def _access_code(name: str) -> dict[str, Any]:
    return {"ACCESS_CODE": {"Ref": "AccessCode"}} if name == "api_handler" else {}


def _with_apis(value: Any) -> Any:
    """Replace the parameters that name the APIs by the resources, which always exist here."""
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
