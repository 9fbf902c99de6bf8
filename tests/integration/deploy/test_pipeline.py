"""The CloudFormation form that `make package` leaves is created, used, updated and deleted on MiniStack."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import boto3
import pytest

from deploy_extras.cloud import Cloud
from deploy_extras.package import build
from deploy_extras.stack import Stack, Stacks
from testkit.client import Event, People, unique
from tests.integration.deploy import emulators

# MiniStack expands AWS SAM with this package of AWS's, which only this test needs.

NAME = "undertone-dev"
_PACKAGES = "packages"


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), "dev").parent


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with emulators.ministack(tmp_path_factory.mktemp("stack")) as url, pytest.MonkeyPatch.context() as patch:
        for name, value in emulators.variables(url).items():
            patch.setenv(name, value)
        yield Cloud(boto3.Session(), emulators.REGION, emulators.ACCOUNT)


def for_emulator(template: dict[str, Any], endpoint: str) -> str:
    """Return the template with what MiniStack lacks replaced.

    It has no EC2 instance (conditional, and not wanted here), makes a WebSocket deployment only for a stage
    that deploys itself, and resolves no names of AWS, so the functions are told where `@connections` is. The
    code's place is what `aws cloudformation package` would write.
    """
    resources = template["Resources"]
    del resources["TrainerInstance"], template["Outputs"]["TrainerInstance"]
    del resources["WebsocketAPIDeployment"]
    stage = resources["WebsocketAPIStage"]
    stage.pop("DependsOn", None)
    del stage["Properties"]["DeploymentId"]
    stage["Properties"]["AutoDeploy"] = True
    at = {"Fn::Sub": f"{endpoint}/_aws/execute-api/${{WebsocketAPI}}/api"}
    for resource in resources.values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": _PACKAGES, "Key": "deployment.zip"}
            variables = resource["Properties"]["Environment"]["Variables"]
            variables["AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"] = at
    text = json.dumps(template).replace('{"Ref": "TrainerInstance"}', '"i-0"')
    return text.replace("${TrainerInstance}", "i-0")


@pytest.fixture(scope="module")
def stacks(cloud: Cloud) -> Stacks:
    return Stacks(cloud, poll_seconds=0.2)


@pytest.fixture(scope="module")
def template_url(cloud: Cloud, packaged: Path) -> str:
    s3 = cloud.client("s3")
    endpoint = s3.meta.endpoint_url
    s3.create_bucket(Bucket=_PACKAGES)
    s3.upload_file(str(packaged / "deployment.zip"), _PACKAGES, "deployment.zip")
    body = for_emulator(json.loads((packaged / "sam.json").read_text()), endpoint)
    s3.put_object(Bucket=_PACKAGES, Key="template.json", Body=body.encode())
    return f"{endpoint}/{_PACKAGES}/template.json"


@pytest.fixture(scope="module")
def stack(cloud: Cloud, stacks: Stacks, template_url: str) -> Stack:
    cloud.client("cloudformation").create_stack(
        StackName=NAME,
        TemplateURL=template_url,
        Parameters=[{"ParameterKey": "AccessCode", "ParameterValue": "sesame"}],
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    stacks._wait(NAME)
    found = stacks.find(NAME)
    assert found is not None
    return found


class Guests(People):
    """People at the stack's own APIs, by MiniStack's paths for them."""

    def __init__(self, http: aiohttp.ClientSession, endpoint: str, stack: Stack) -> None:
        super().__init__(http, endpoint)
        host = endpoint.removeprefix("http://")
        self._config: Event = {
            "websocketUrl": f"ws://{host}/_aws/execute-api/{stack.outputs['WebsocketAPIId']}/api",
            "restUrl": f"{endpoint}/restapis/{stack.outputs['RestAPIId']}/api/_user_request_",
        }


@pytest.fixture
async def guests(cloud: Cloud, stack: Stack) -> AsyncIterator[Guests]:
    async with aiohttp.ClientSession() as http:
        found = Guests(http, cloud.client("s3").meta.endpoint_url, stack)
        yield found
        await found.leave()


def test_cfn_lint_finds_nothing(packaged: Path) -> None:
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("cfn-lint")), str(packaged / "sam.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


async def test_the_chat_of_the_one_stack_is_used(guests: Guests) -> None:
    room = unique("room")
    status, health = await guests.rest("GET", "/health")
    assert (status, health["status"]) == (200, "ok")
    status, refused = await guests.rest("POST", "/session", json={"name": "Mallory"})
    assert (status, refused["code"]) == (403, "access_denied")
    ada, ben = [await guests.open(*await guests.sign_in(unique("n"), accessCode="sesame")) for _ in "12"]
    await ada.join(room)
    await ben.join(room)
    await ada.say(room, "what a great day")
    heard = await ben.hears(room, "what a great day")
    assert heard["sentiment"]["label"] == "positive"


def test_an_update_changes_what_it_says(
    cloud: Cloud, stacks: Stacks, stack: Stack, template_url: str
) -> None:
    cloud.client("cloudformation").update_stack(
        StackName=NAME,
        TemplateURL=template_url,
        Parameters=[
            {"ParameterKey": "AccessCode", "ParameterValue": "mellon"},
            {"ParameterKey": "LogRetentionDays", "ParameterValue": "90"},
        ],
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    stacks._wait(NAME)
    function = cloud.client("lambda").get_function_configuration(FunctionName=NAME)
    assert function["Environment"]["Variables"]["ACCESS_CODE"] == "mellon"
    groups = cloud.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{NAME}")["logGroups"]
    assert {g["logGroupName"]: g.get("retentionInDays") for g in groups}[f"/aws/lambda/{NAME}"] == 90


def test_deleting_it_leaves_the_data_alone(cloud: Cloud, stacks: Stacks, stack: Stack) -> None:
    cloud.client("dynamodb").update_table(
        TableName="undertone-dev-connections", DeletionProtectionEnabled=False
    )
    stacks.delete(NAME)
    assert cloud.client("lambda").list_functions()["Functions"] == []
    assert cloud.client("dynamodb").list_tables()["TableNames"] == ["undertone-dev-messages"]
