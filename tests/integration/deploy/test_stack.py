"""The whole template with a trainer is created, updated and deleted on MiniStack."""

import json

import pytest

from deploy_extras import retained
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stacks
from tests.integration.deploy import emulators
from tests.integration.deploy.trainer_stack import INSTANCE, NAME, parameters, template


@pytest.fixture(scope="module")
def cloud(ministack: str) -> Cloud:
    return emulators.cloud(ministack)


@pytest.fixture(scope="module")
def body() -> str:
    return json.dumps(template())


@pytest.fixture(scope="module")
def stacks(cloud: Cloud) -> Stacks:
    return Stacks(cloud, poll_seconds=0.1)


def test_the_stack_is_created_with_the_schedule_of_the_trainer(
    cloud: Cloud, stacks: Stacks, body: str
) -> None:
    stack = stacks.apply(NAME, body, parameters(cloud))
    assert stack.status == "CREATE_COMPLETE"
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["Target"]["Arn"] == "arn:aws:scheduler:::aws-sdk:ec2:startInstances"
    assert json.loads(timer["Target"]["Input"]) == {"InstanceIds": [INSTANCE]}
    bundle = cloud.client("ssm").get_parameter(Name="/undertone/dev/trainer-bundle")["Parameter"]["Value"]
    assert bundle == f"trainer/bundles/x.tar {'0' * 64}"
    names = [
        t["LaunchTemplateName"] for t in cloud.client("ec2").describe_launch_templates()["LaunchTemplates"]
    ]
    assert names == ["undertone-dev-trainer"]


def test_applying_the_same_template_again_changes_nothing(
    cloud: Cloud, stacks: Stacks, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stacks.apply(NAME, body, parameters(cloud))
    assert "nothing to change in the stack" in capsys.readouterr().out


def test_an_update_prints_and_makes_the_changes(
    cloud: Cloud, stacks: Stacks, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = {"TrainerSchedule": "cron(0 5 * * ? *)"}
    stack = stacks.apply(NAME, body, parameters(cloud) | changed)
    assert stack.status == "UPDATE_COMPLETE"
    assert "modify  TrainerTimer AWS::Scheduler::Schedule" in capsys.readouterr().out
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["ScheduleExpression"] == "cron(0 5 * * ? *)"


def test_a_parameter_without_a_value_keeps_its_present_one(cloud: Cloud, stacks: Stacks, body: str) -> None:
    stacks.apply(NAME, body, parameters(cloud) | {"TrainerSchedule": None})
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["ScheduleExpression"] == "cron(0 5 * * ? *)"


def test_the_trainer_is_removed_when_its_bundle_is(cloud: Cloud, stacks: Stacks, body: str) -> None:
    without = parameters(cloud) | {"TrainerBundle": "", "TrainerBundleSha256": ""}
    stacks.apply(NAME, body, without)
    assert cloud.client("scheduler").list_schedules()["Schedules"] == []
    assert cloud.client("ec2").describe_launch_templates()["LaunchTemplates"] == []


def test_a_deleted_stack_leaves_its_data_and_a_new_stack_imports_them(
    cloud: Cloud, stacks: Stacks, body: str
) -> None:
    dynamodb = cloud.client("dynamodb")
    item = {"pk": {"S": "kept"}, "sk": {"S": "kept"}}
    dynamodb.put_item(TableName="undertone-dev-messages", Item=item)
    dynamodb.update_table(TableName="undertone-dev-connections", DeletionProtectionEnabled=False)
    stacks.delete(NAME)
    assert stacks.find(NAME) is None
    assert dynamodb.list_tables()["TableNames"] == ["undertone-dev-messages"]
    found = retained.resources(cloud, "dev")
    assert [r["LogicalResourceId"] for r in found] == ["MessagesTable", "ModelsBucket"]
    stacks.import_resources(NAME, retained.import_template(found), "dev", found)
    assert stacks.apply(NAME, body, {"Stage": "dev"}).status == "UPDATE_COMPLETE"
    assert "Item" in dynamodb.get_item(TableName="undertone-dev-messages", Key=item)
