"""A stage with parameters and without an access code: its limits, and how its messages are restored."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from deploy_extras import names
from testkit.client import unique
from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import Commands, Deployed
from tests.integration.deploy.deployed_people import DeployedPeople

ORIGINAL = "undertone-dev-messages"
FILES = f"undertone-dev-files-{emulators.ACCOUNT}"


@dataclass
class Open:
    """The stage, and what the command that deployed it said."""

    stage: Deployed
    said: str


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, slim_packages: Path, commands: Commands, ministack: str
) -> Iterator[Open]:
    parameters = ("--parameter", "FramesPerSecond=300", "--parameter", "Tracing=true")
    with emulators.moto() as moto:
        stage = Deployed(ministack, moto, tmp_path_factory.mktemp("deployed"), slim_packages, commands)
        yield Open(stage, stage.command("deploy", "--trainer", "yes", *parameters))


@pytest.fixture
def deployed(opened: Open) -> Deployed:
    return opened.stage


def test_a_deployment_without_access_code_says_that_everybody_may_enter(opened: Open) -> None:
    assert "WARNING: everybody who knows the address may sign in and write" in opened.said


def test_a_trainer_that_cannot_be_deployed_stops_nothing(opened: Open) -> None:
    # MiniStack cannot say which zones offer the trainer's instance.
    said = opened.said
    assert "Warning: the chat is deployed, its trainer is not." in said
    assert said.index("== Site") < said.index("== Trainer") < said.index("Undertone dev is at")
    assert opened.stage.status()["trainer"] is None


def test_a_parameter_turns_traces_on(deployed: Deployed) -> None:
    function = deployed.client("lambda").get_function_configuration(FunctionName="undertone-dev")
    assert function["TracingConfig"]["Mode"] == "Active"


def throttles(deployed: Deployed) -> dict[str, tuple[float, int]]:
    """Return how many requests and frames a second pass, and how many at once."""
    rest, sockets = deployed.client("apigateway"), deployed.client("apigatewayv2")
    [api] = rest.get_rest_apis()["items"]
    methods = rest.get_stage(restApiId=api["id"], stageName="api")["methodSettings"]
    [socket] = sockets.get_apis()["Items"]
    stage = sockets.get_stage(ApiId=socket["ApiId"], StageName="api")
    routes = {"frames": stage["DefaultRouteSettings"], **stage["RouteSettings"]}
    return {
        **{name: (s["throttlingRateLimit"], s["throttlingBurstLimit"]) for name, s in methods.items()},
        **{name: (s["ThrottlingRateLimit"], s["ThrottlingBurstLimit"]) for name, s in routes.items()},
    }


def test_both_apis_are_throttled_and_signing_in_and_connecting_more(deployed: Deployed) -> None:
    assert throttles(deployed) == {
        "*/*": (50, 500),
        "~1session/POST": (5, 50),
        "frames": (300, 3000),
        "$connect": (20, 200),
    }


def test_the_page_may_read_what_api_gateway_answers_itself(deployed: Deployed) -> None:
    client = deployed.client("apigateway")
    [api] = client.get_rest_apis()["items"]
    responses = {r["responseType"]: r for r in client.get_gateway_responses(restApiId=api["id"])["items"]}
    for kind in ("DEFAULT_4XX", "DEFAULT_5XX", "THROTTLED"):
        headers = responses[kind]["responseParameters"]
        assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"
    throttled = json.loads(responses["THROTTLED"]["responseTemplates"]["application/json"])
    assert throttled["code"] == "rate_limited"
    # They are in force from the next deployment of the API on.
    deployments = client.get_deployments(restApiId=api["id"])["items"]
    stage = client.get_stage(restApiId=api["id"], stageName="api")
    assert stage["deploymentId"] == max(deployments, key=lambda each: each["createdDate"])["id"]


@pytest.fixture
async def people(deployed: Deployed) -> AsyncIterator[DeployedPeople]:
    async with aiohttp.ClientSession() as http:
        found = DeployedPeople(http, deployed, deployed.status()["site"])
        yield found
        await found.leave()


async def test_a_chat_runs_on_its_restored_messages(deployed: Deployed, people: DeployedPeople) -> None:
    dynamodb, room = deployed.client("dynamodb"), unique("room")
    s3, file = deployed.client("s3"), {"Bucket": FILES, "Key": "files/a-room/a-file"}
    s3.put_object(**file, Body=b"kept")
    written = s3.head_object(**file)["LastModified"]
    deployed.resolve_connections()
    ada = await people.open(*await people.sign_in(unique("ada")))
    await ada.join(room)
    await ada.say(room, "before it was lost")
    while datetime.now(UTC) < written + timedelta(seconds=2):
        await asyncio.sleep(0.1)
    at = f"{datetime.now(UTC) - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    s3.delete_object(**file)
    said = deployed.command("restore", "--at", at, "--trainer", "no")
    # The accident; MiniStack restores what there is, not what there was.
    for item in dynamodb.scan(TableName=ORIGINAL)["Items"]:
        dynamodb.delete_item(TableName=ORIGINAL, Key={"pk": item["pk"], "sk": item["sk"]})
    [table] = [name for name in dynamodb.list_tables()["TableNames"] if name.startswith(f"{ORIGINAL}-")]
    assert table in said
    assert "are back: 1." in said
    assert s3.get_object(**file)["Body"].read() == b"kept"

    deployed.resolve_connections()
    ben = await people.open(*await people.sign_in(unique("ben")))
    await ben.join(room)
    await ben.say(room, "after it was restored")
    assert [m["text"] for m in await ben.log(room)] == ["before it was lost", "after it was restored"]
    assert dynamodb.scan(TableName=ORIGINAL)["Count"] == 0

    ttl = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert (ttl["TimeToLiveStatus"], ttl["AttributeName"]) == ("ENABLED", "expires")
    backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    iam = deployed.client("iam")
    for name in names.FUNCTIONS:
        role = names.role("dev", name)
        policy = json.dumps(iam.get_role_policy(RoleName=role, PolicyName=role)["PolicyDocument"])
        assert f'table/{ORIGINAL}"' not in policy, name


def table_in_use(deployed: Deployed) -> str:
    """Return the table of messages that the functions use."""
    function = deployed.client("lambda").get_function_configuration(FunctionName="undertone-dev")
    return str(function["Environment"]["Variables"]["MESSAGES_TABLE"])


def test_a_later_deployment_keeps_the_restored_table_and_watches_it(deployed: Deployed) -> None:
    deployed.command("deploy", "--trainer", "no", "--parameter", "Metrics=all")
    table = table_in_use(deployed)
    assert table.startswith(f"{ORIGINAL}-")
    alarms: list[dict[str, Any]] = deployed.client("cloudwatch").describe_alarms()["MetricAlarms"]
    watched = {d["Value"] for alarm in alarms for d in alarm["Dimensions"] if d["Name"] == "TableName"}
    assert watched == {table, "undertone-dev-connections"}


def test_a_stage_that_was_destroyed_comes_back_on_the_restored_table(deployed: Deployed) -> None:
    deployed.command("destroy", answer="dev\n")
    deployed.command("deploy", "--trainer", "no")
    assert table_in_use(deployed).startswith(f"{ORIGINAL}-")


def test_data_that_are_deleted_are_all_deleted(deployed: Deployed) -> None:
    deployed.command("destroy", "--data", "delete", answer="dev\n")
    assert deployed.client("dynamodb").list_tables()["TableNames"] == []
