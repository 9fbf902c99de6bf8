"""A stage is deployed, looked at and used, in this order."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

import app as application
from chalicelib import __version__
from chalicelib.domain.codes import HashedCode
from deploy_extras import names
from deploy_extras.sign_in import PARAMETERS
from testkit.client import unique
from testkit.signing_provider import SigningProvider
from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import Commands, Deployed
from tests.integration.deploy.deployed_people import DeployedPeople


@pytest.fixture(scope="module")
def deployed(
    tmp_path_factory: pytest.TempPathFactory,
    packages: Path,
    commands: Commands,
    ministack: str,
    sign_in: dict[str, str],
) -> Iterator[Deployed]:
    given = [part for name, value in sign_in.items() for part in ("--setting", f"{name}={value}")]
    given += ["--parameter", "MoodWebhook=https://chat.example.org/hooks/1"]
    with emulators.moto() as moto:
        found = Deployed(ministack, moto, tmp_path_factory.mktemp("deployed"), packages, commands)
        found.command("deploy", "--trainer", "no", "--access-code", "sesame", "--admin-code", "xyzzy", *given)
        yield found


@pytest.fixture(scope="module")
def functions(deployed: Deployed) -> dict[str, dict[str, Any]]:
    client = deployed.client("lambda")
    return {
        name: client.get_function_configuration(FunctionName=names.function("dev", name))
        for name in names.FUNCTIONS
    }


def test_every_function_has_its_handler_memory_and_timeout(functions: dict[str, dict[str, Any]]) -> None:
    found = {n: (f["Handler"], f["MemorySize"], f["Timeout"]) for n, f in functions.items()}
    assert found == {
        "api_handler": ("app.app", 512, 15),
        "websocket_connect": ("app.connect", 512, 15),
        "websocket_message": ("app.message", 1769, 25),
        "websocket_disconnect": ("app.disconnect", 512, 15),
        "deliver": ("app.deliver", 1769, 300),
        "push": ("app.push", 512, 30),
        "call": ("app.call", 512, 90),
        "purge": ("app.purge", 512, 300),
        "preview": ("app.preview", 512, 6),
    }


def test_every_function_knows_its_tables_and_bucket_and_one_how_people_sign_in(
    deployed: Deployed, functions: dict[str, dict[str, Any]], sign_in: dict[str, str]
) -> None:
    [stack] = deployed.client("cloudformation").describe_stacks(StackName="undertone-dev")["Stacks"]
    [site] = [one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == "SiteUrl"]
    for name, function in functions.items():
        variables = dict(function["Environment"]["Variables"])
        for setting, code in {"ACCESS_CODE_HASH": "sesame", "ADMIN_CODE_HASH": "xyzzy"}.items():
            hashed = variables.pop(setting, None)
            assert (hashed is not None) == (name == "api_handler")
            assert hashed is None or HashedCode.parse(hashed).admits(code)
        found = {setting: variables.pop(setting) for setting in PARAMETERS if setting in variables}
        assert found == (sign_in if name == "api_handler" else {})
        moods = [variables.pop(setting, "") for setting in ("MOOD_TOPIC", "MOOD_WEBHOOK")]
        known = ["arn:aws:sns:us-east-1:000000000000:undertone-dev-moods", "https://chat.example.org/hooks/1"]
        assert moods == (known if name == "deliver" else ["", ""])  # a webhook's address is a secret
        # Until a deployment turns them on, nobody fetches pages to which messages link.
        assert variables.pop("LINK_PREVIEWS", None) == ("no" if name == "api_handler" else None)
        assert variables == {
            "CONNECTIONS_TABLE": "undertone-dev-connections",
            "MESSAGES_TABLE": "undertone-dev-messages",
            "MODELS_BUCKET": "undertone-dev-models-000000000000",
            "FILES_BUCKET": "undertone-dev-files-000000000000",
            "DELIVERY_FUNCTION": "undertone-dev-deliver",
            "PUSH_FUNCTION": "undertone-dev-push",
            "CALL_FUNCTION": "undertone-dev-call",
            "PURGE_FUNCTION": "undertone-dev-purge",
            "PREVIEW_FUNCTION": "undertone-dev-preview",
            "ROOMS_BY": "everyone",
            "PUSH_CONTACT": site,
            "STAGE": "dev",
            "METRICS": "few",
        }


def test_nothing_that_the_deployment_stores_has_a_code(deployed: Deployed) -> None:
    ssm = deployed.client("ssm")
    stored = [
        ssm.get_parameter(Name=p["Name"])["Parameter"]["Value"]
        for p in ssm.describe_parameters()["Parameters"]
        if p["Name"].startswith("/undertone/")
    ]
    [stack] = deployed.client("cloudformation").describe_stacks(StackName="undertone-dev")["Stacks"]
    assert sum(value.startswith("scrypt:") for value in stored) == 2
    assert "sesame" not in f"{stored} {stack}"
    assert "xyzzy" not in f"{stored} {stack}"


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


@pytest.mark.parametrize("name", ["deliver", "purge"])
def test_the_functions_that_hand_over_to_themselves_may(deployed: Deployed, name: str) -> None:
    found = deployed.client("lambda").get_function_recursion_config(FunctionName=f"undertone-dev-{name}")
    assert found["RecursiveLoop"] == "Allow"


def test_events_of_messages_wait_a_minute_and_are_not_repeated(deployed: Deployed) -> None:
    client = deployed.client("lambda")
    for name in ("deliver", "push", "call"):
        found = client.get_function_event_invoke_config(FunctionName=f"undertone-dev-{name}")
        assert (found["MaximumEventAgeInSeconds"], found["MaximumRetryAttempts"]) == (60, 0)


def test_what_is_deleted_for_good_goes_on_where_it_was_cut_off(deployed: Deployed) -> None:
    client = deployed.client("lambda")
    found = client.get_function_event_invoke_config(FunctionName="undertone-dev-purge")
    assert found["MaximumRetryAttempts"] == 2


def test_the_key_for_pushes_is_made_with_the_deployment(deployed: Deployed) -> None:
    key = deployed.client("dynamodb").get_item(
        TableName="undertone-dev-messages", Key={"pk": {"S": "push-key"}, "sk": {"S": "push-key"}}
    )["Item"]
    assert {"public", "private"} <= key.keys()


def test_functions_log_json_without_lines_of_lambda_itself(functions: dict[str, dict[str, Any]]) -> None:
    for function in functions.values():
        logging = function["LoggingConfig"]
        assert (logging["LogFormat"], logging["SystemLogLevel"]) == ("JSON", "WARN")
        # A line of a metric has no level and counts as INFO.
        assert logging["ApplicationLogLevel"] in ("DEBUG", "INFO")
        assert function["TracingConfig"]["Mode"] == "PassThrough"


def test_every_log_group_has_a_retention(deployed: Deployed) -> None:
    logs = deployed.client("logs")
    groups = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/undertone-dev")["logGroups"]
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
    assert found["/session"] == {"DELETE", "POST", "OPTIONS"}
    assert [s["stageName"] for s in client.get_stages(restApiId=api["id"])["item"]] == ["api"]


def test_the_websocket_api_has_every_route_and_may_invoke_its_functions(deployed: Deployed) -> None:
    client = deployed.client("apigatewayv2")
    [api] = client.get_apis()["Items"]
    targets = {
        i["IntegrationId"]: i["IntegrationUri"] for i in client.get_integrations(ApiId=api["ApiId"])["Items"]
    }
    routes = client.get_routes(ApiId=api["ApiId"])["Items"]
    called = {r["RouteKey"]: targets[r["Target"].removeprefix("integrations/")] for r in routes}
    assert called.keys() == {"$connect", "$default", "$disconnect"}
    handlers = {"$connect": "connect", "$default": "message", "$disconnect": "disconnect"}
    for route, function in handlers.items():
        name = f"undertone-dev-websocket_{function}"
        assert f"function:{name}/" in called[route]
        policy = json.loads(deployed.client("lambda").get_policy(FunctionName=name)["Policy"])
        assert any(api["ApiId"] in json.dumps(statement) for statement in policy["Statement"]), name


def test_the_site_has_its_content_types_and_cache_headers(deployed: Deployed) -> None:
    s3 = deployed.client("s3")
    bucket = "undertone-dev-site-000000000000"
    document = s3.get_object(Bucket=bucket, Key="index.html")
    [script] = re.findall(r'<script type="module" src="([^"]+)">', document["Body"].read().decode())
    found = {key: s3.head_object(Bucket=bucket, Key=key) for key in (script, "config.json")}
    assert document["ContentType"] == "text/html; charset=utf-8"
    assert document["CacheControl"] == "public, no-cache"
    assert found[script]["ContentType"] == "text/javascript; charset=utf-8"
    assert found[script]["CacheControl"] == "public, max-age=31536000, immutable"
    assert found["config.json"]["CacheControl"] == "no-store"


def test_status_shows_what_is_deployed(deployed: Deployed) -> None:
    found = deployed.status()
    assert found["version"] == __version__
    assert found["model"] is not None
    assert found["site"].startswith("https://")
    assert found["websocket"].startswith("wss://")
    assert "undertone-dev-faults" in found["alarms"]
    assert "missing" not in str(found["functions"])


@pytest.fixture(scope="module")
def usable(deployed: Deployed) -> Deployed:
    deployed.resolve_connections()
    return deployed


@pytest.fixture
async def people(usable: Deployed) -> AsyncIterator[DeployedPeople]:
    async with aiohttp.ClientSession() as http:
        found = DeployedPeople(http, usable, usable.status()["site"])
        yield found
        await found.leave()


async def test_cloudfront_serves_the_page_with_a_policy_for_exactly_its_apis(
    people: DeployedPeople,
) -> None:
    response, body = await people.page("/")
    assert response.status == 200
    assert b"<title>" in body
    policy = response.headers["Content-Security-Policy"]
    config = await people.config()
    assert config["linkPreviews"] is False
    rest = urlsplit(config["restUrl"]).netloc
    sources = next(p for p in policy.split("; ") if p.startswith("connect-src")).split()[1:]
    assert sources[:2] == ["'self'", f"https://{rest}"]
    assert sources[2].startswith("wss://")
    assert sources[3:] == ["https://undertone-dev-files-000000000000.s3.us-east-1.amazonaws.com"]
    assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000")


async def test_somebody_signs_in_with_the_provider_that_the_page_names(
    people: DeployedPeople, provider: SigningProvider
) -> None:
    ways = (await people.config())["signIn"]
    assert (ways["name"], ways["accessCode"], ways["adminCode"]) == (True, True, True)
    assert ways["oidc"]["authorizationEndpoint"] == f"{provider.address}/authorization"
    assert "hush" not in str(ways)
    provider.claims = {"groups": ["staff"]}
    verifier, here = "v" * 43, "https://chat.example/"
    given = {
        "code": provider.code(verifier, "n", here),
        "codeVerifier": verifier,
        "redirectUri": here,
        "nonce": "n",
    }
    status, answer = await people.rest("POST", "/session", json={"oidc": given})
    assert (status, answer["user"]["name"]) == (201, "Ada")


async def test_nobody_signs_in_without_the_access_code(people: DeployedPeople) -> None:
    status, answer = await people.rest("POST", "/session", json={"name": "Mallory"})
    assert (status, answer["code"]) == (403, "access_denied")


async def test_whoever_knows_the_admin_code_is_an_admin(people: DeployedPeople) -> None:
    for code, role in (("xyzzy", "admin"), ("plugh", None)):
        given = {"name": unique("n"), "accessCode": "sesame", "adminCode": code}
        _, answer = await people.rest("POST", "/session", json=given)
        assert answer.get("user", {}).get("role") == role, answer


async def test_two_people_talk_and_see_the_mood(people: DeployedPeople) -> None:
    room = unique("room")
    ada, ben = [await people.open(*await people.sign_in(unique("n"), accessCode="sesame")) for _ in "12"]
    await ada.join(room)
    await ben.join(room)
    said = await ada.say(room, "what a great day")
    heard = await ben.hears(room, "what a great day")
    assert heard["seq"] == said["seq"] == 1
    assert heard["sentiment"]["label"] == "positive"
    await ben.say(room, "this is awful")
    assert [m["text"] for m in await ada.log(room)] == ["what a great day", "this is awful"]
