"""`python -m deploy_extras deploy` makes everything, and again changes nothing."""

import json
from typing import Any

import pytest

import app as application
from deploy_extras import names
from tests.integration.deploy.deployed import Deployed


@pytest.fixture(scope="module")
def functions(deployed: Deployed) -> dict[str, dict[str, Any]]:
    client = deployed.client("lambda")
    return {
        name: client.get_function_configuration(FunctionName=names.function("dev", name))
        for name in names.FUNCTIONS
    }


def test_every_function_has_its_handler_memory_and_time(functions: dict[str, dict[str, Any]]) -> None:
    found = {n: (f["Handler"], f["MemorySize"], f["Timeout"]) for n, f in functions.items()}
    assert found == {
        "api_handler": ("app.app", 512, 15),
        "websocket_connect": ("app.connect", 512, 15),
        "websocket_message": ("app.message", 1769, 25),
        "websocket_disconnect": ("app.disconnect", 512, 15),
        "deliver": ("app.deliver", 1769, 300),
    }


def test_every_function_knows_its_tables_bucket_and_access_code(functions: dict[str, dict[str, Any]]) -> None:
    for function in functions.values():
        assert function["Environment"]["Variables"] == {
            "CONNECTIONS_TABLE": "undertone-dev-connections",
            "MESSAGES_TABLE": "undertone-dev-messages",
            "MODELS_BUCKET": "undertone-dev-models-000000000000",
            "DELIVERY_FUNCTION": "undertone-dev-deliver",
            "STAGE": "dev",
            "ACCESS_CODE": "sesame",
        }


def test_every_function_has_a_role_of_its_own_with_an_exact_policy(
    deployed: Deployed, functions: dict[str, dict[str, Any]]
) -> None:
    api = deployed.client("apigatewayv2").get_apis()["Items"][0]["ApiId"]
    iam = deployed.client("iam")
    for name, function in functions.items():
        role = names.role("dev", name)
        assert function["Role"].endswith(f":role/{role}")
        policy = iam.get_role_policy(RoleName=role, PolicyName=role)["PolicyDocument"]
        for statement in policy["Statement"]:
            for arn in statement["Resource"]:
                assert arn == "*" or ":*:" not in arn.removesuffix(":*"), arn
                if ":execute-api:" in arn:
                    assert f":000000000000:{api}/api/" in arn, arn


def test_the_delivery_function_may_call_itself(deployed: Deployed) -> None:
    found = deployed.client("lambda").get_function_recursion_config(FunctionName="undertone-dev-deliver")
    assert found["RecursiveLoop"] == "Allow"


def test_logs_do_not_stay_for_ever(deployed: Deployed) -> None:
    groups = deployed.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/undertone-dev")[
        "logGroups"
    ]
    kept = {group["logGroupName"]: group.get("retentionInDays") for group in groups}
    # The function behind the REST API is called undertone-dev, though Chalice calls it api_handler.
    assert kept["/aws/lambda/undertone-dev"] == 30
    assert kept["/aws/lambda/undertone-dev-websocket_message"] == 14
    assert all(kept.values())


def test_the_rest_api_has_every_route(deployed: Deployed) -> None:
    client = deployed.client("apigateway")
    [api] = client.get_rest_apis()["items"]
    resources = client.get_resources(restApiId=api["id"], limit=100)["items"]
    found = {r["path"]: set(r.get("resourceMethods", {})) for r in resources if r.get("resourceMethods")}
    assert found.keys() == set(application.app.routes)
    assert found["/session"] == {"POST", "OPTIONS"}
    assert [s["stageName"] for s in client.get_stages(restApiId=api["id"])["item"]] == ["api"]


def test_the_websocket_api_has_every_route_and_may_call_its_functions(deployed: Deployed) -> None:
    client = deployed.client("apigatewayv2")
    [api] = client.get_apis()["Items"]
    targets = {
        i["IntegrationId"]: i["IntegrationUri"] for i in client.get_integrations(ApiId=api["ApiId"])["Items"]
    }
    routes = client.get_routes(ApiId=api["ApiId"])["Items"]
    called = {r["RouteKey"]: targets[r["Target"].removeprefix("integrations/")] for r in routes}
    assert called.keys() == {"$connect", "$default", "$disconnect"}
    for route, function in {
        "$connect": "connect",
        "$default": "message",
        "$disconnect": "disconnect",
    }.items():
        name = f"undertone-dev-websocket_{function}"
        assert f"function:{name}/" in called[route]
        policy = json.loads(deployed.client("lambda").get_policy(FunctionName=name)["Policy"])
        assert any(api["ApiId"] in json.dumps(statement) for statement in policy["Statement"]), name


def test_the_site_has_its_types_and_cache_headers(deployed: Deployed) -> None:
    s3 = deployed.client("s3")
    bucket = "undertone-dev-site-000000000000"
    found = {
        key: s3.head_object(Bucket=bucket, Key=key)
        for key in ("index.html", "scripts/main.js", "config.json")
    }
    assert found["index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert found["scripts/main.js"]["ContentType"] == "text/javascript; charset=utf-8"
    assert found["scripts/main.js"]["CacheControl"] == "public, no-cache"
    assert found["config.json"]["CacheControl"] == "no-store"


def test_status_shows_what_runs(deployed: Deployed) -> None:
    found = deployed.status()
    assert found["version"] == "0.1.0"
    assert found["model"] is not None
    assert found["site"].startswith("https://")
    assert found["websocket"].startswith("wss://")
    assert "undertone-dev-message-errors" in found["alarms"]
    assert "missing" not in str(found["functions"])
