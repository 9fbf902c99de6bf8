"""The stack of `make package` is created, used, updated and deleted on MiniStack."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from chalicelib.domain.codes import HashedCode
from deploy_extras import after_chalice
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stack, Stacks
from testkit.client import Event, People, unique
from tests.integration.deploy import emulators

NAME = "undertone-dev"
_PACKAGES = "packages"


@pytest.fixture(scope="module")
def packaged(package: Path) -> Path:
    return package.parent


@pytest.fixture(scope="module")
def cloud(ministack: str) -> Cloud:
    return emulators.cloud(ministack)


def for_emulator(template: dict[str, Any], endpoint: str) -> str:
    """Return the template with everything replaced that MiniStack lacks.

    MiniStack's CloudFormation deploys a WebSocket API only for a stage with `AutoDeploy`. It resolves none of
    AWS's host names, so the functions get the address of `@connections`. `CodeUri` is what
    `aws cloudformation package` would write.
    """
    resources = template["Resources"]
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
    return json.dumps(template)


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
        Parameters=[{"ParameterKey": "AccessCodeHash", "ParameterValue": str(HashedCode.of("sesame"))}],
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    stacks._wait(NAME)
    found = stacks.find(NAME)
    assert found is not None
    return found


class StackPeople(People):
    """People who use the APIs of the stack by MiniStack's paths."""

    def __init__(self, http: aiohttp.ClientSession, endpoint: str, stack: Stack) -> None:
        super().__init__(http, endpoint)
        host = endpoint.removeprefix("http://")
        self._config: Event = {
            "websocketUrl": f"ws://{host}/_aws/execute-api/{stack.outputs['WebsocketAPIId']}/api",
            "restUrl": f"{endpoint}/restapis/{stack.outputs['RestAPIId']}/api/_user_request_",
        }


@pytest.fixture
async def people(cloud: Cloud, stack: Stack) -> AsyncIterator[StackPeople]:
    async with aiohttp.ClientSession() as http:
        found = StackPeople(http, cloud.client("s3").meta.endpoint_url, stack)
        yield found
        await found.leave()


def test_cfn_lint_accepts_the_packaged_template(packaged: Path) -> None:
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("cfn-lint")), str(packaged / "sam.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


def test_functions_are_set_as_the_command_sets_them(cloud: Cloud, stack: Stack) -> None:
    client = cloud.client("lambda")
    deliver = client.get_function_configuration(FunctionName=f"{NAME}-deliver")
    assert deliver["LoggingConfig"].items() >= after_chalice.LOGGING.items()
    found = client.get_function_event_invoke_config(FunctionName=f"{NAME}-deliver", Qualifier="$LATEST")
    assert found.items() >= after_chalice.ASYNCHRONOUS.items()


def test_the_trainers_template_is_beside_it(packaged: Path) -> None:
    assert json.loads((packaged / "trainer.json").read_text())["Resources"]["TrainerTimer"]


async def test_two_people_talk_through_the_stack(people: StackPeople) -> None:
    room = unique("room")
    status, health = await people.rest("GET", "/health")
    assert (status, health["status"]) == (200, "ok")
    status, refused = await people.rest("POST", "/session", json={"name": "Mallory"})
    assert (status, refused["code"]) == (403, "access_denied")
    ada, ben = [await people.open(*await people.sign_in(unique("n"), accessCode="sesame")) for _ in "12"]
    await ada.join(room)
    await ben.join(room)
    await ada.say(room, "what a great day")
    heard = await ben.hears(room, "what a great day")
    assert heard["sentiment"]["label"] == "positive"


def test_an_update_changes_the_access_code_and_the_log_retention(
    cloud: Cloud, stacks: Stacks, stack: Stack, template_url: str
) -> None:
    mellon = str(HashedCode.of("mellon"))
    cloud.client("cloudformation").update_stack(
        StackName=NAME,
        TemplateURL=template_url,
        Parameters=[
            {"ParameterKey": "AccessCodeHash", "ParameterValue": mellon},
            {"ParameterKey": "LogRetentionDays", "ParameterValue": "90"},
            {"ParameterKey": "LinkPreviews", "ParameterValue": "yes"},
        ],
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    stacks._wait(NAME)
    function = cloud.client("lambda").get_function_configuration(FunctionName=NAME)
    assert function["Environment"]["Variables"]["ACCESS_CODE_HASH"] == mellon
    assert function["Environment"]["Variables"]["LINK_PREVIEWS"] == "yes"
    groups = cloud.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{NAME}")["logGroups"]
    assert {g["logGroupName"]: g.get("retentionInDays") for g in groups}[f"/aws/lambda/{NAME}"] == 90


def test_deleting_the_stack_keeps_the_messages(cloud: Cloud, stacks: Stacks, stack: Stack) -> None:
    cloud.client("dynamodb").update_table(
        TableName="undertone-dev-connections", DeletionProtectionEnabled=False
    )
    stacks.delete(NAME)
    assert cloud.client("lambda").list_functions()["Functions"] == []
    assert cloud.client("dynamodb").list_tables()["TableNames"] == ["undertone-dev-messages"]
