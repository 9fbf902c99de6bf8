"""The whole template, with a trainer, is created, updated and deleted on MiniStack."""

import json
from collections.abc import Iterator

import pytest

from deploy_extras import kept
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stacks
from tests.integration.deploy import trainer_stack
from tests.integration.deploy.trainer_stack import INSTANCE, NAME, parameters, template


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with trainer_stack.cloud(tmp_path_factory.mktemp("stack")) as found:
        yield found


@pytest.fixture(scope="module")
def body() -> str:
    return json.dumps(template())


@pytest.fixture(scope="module")
def stacks(cloud: Cloud) -> Stacks:
    return Stacks(cloud, poll_seconds=0.1)


def test_everything_is_made_and_the_trainer_has_its_timer(cloud: Cloud, stacks: Stacks, body: str) -> None:
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


def test_the_same_again_is_no_change(
    cloud: Cloud, stacks: Stacks, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stacks.apply(NAME, body, parameters(cloud))
    assert "nothing to change in the stack" in capsys.readouterr().out


def test_an_update_shows_and_makes_what_changes(
    cloud: Cloud, stacks: Stacks, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = {"TrainerSchedule": "cron(0 5 * * ? *)"}
    stack = stacks.apply(NAME, body, parameters(cloud) | changed)
    assert stack.status == "UPDATE_COMPLETE"
    assert "modify  TrainerTimer AWS::Scheduler::Schedule" in capsys.readouterr().out
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["ScheduleExpression"] == "cron(0 5 * * ? *)"


def test_a_parameter_that_is_not_given_keeps_its_value(cloud: Cloud, stacks: Stacks, body: str) -> None:
    stacks.apply(NAME, body, parameters(cloud) | {"TrainerSchedule": None})
    timer = cloud.client("scheduler").get_schedule(Name="undertone-dev-trainer")
    assert timer["ScheduleExpression"] == "cron(0 5 * * ? *)"


def test_without_its_bundle_the_trainer_goes(cloud: Cloud, stacks: Stacks, body: str) -> None:
    without = parameters(cloud) | {"TrainerBundle": "", "TrainerBundleSha256": ""}
    stacks.apply(NAME, body, without)
    assert cloud.client("scheduler").list_schedules()["Schedules"] == []
    assert cloud.client("ec2").describe_launch_templates()["LaunchTemplates"] == []


def test_what_is_deleted_leaves_its_data_and_a_new_stack_takes_them_over(
    cloud: Cloud, stacks: Stacks, body: str
) -> None:
    dynamodb = cloud.client("dynamodb")
    item = {"pk": {"S": "kept"}, "sk": {"S": "kept"}}
    dynamodb.put_item(TableName="undertone-dev-messages", Item=item)
    dynamodb.update_table(TableName="undertone-dev-connections", DeletionProtectionEnabled=False)
    stacks.delete(NAME)
    assert stacks.find(NAME) is None
    assert dynamodb.list_tables()["TableNames"] == ["undertone-dev-messages"]
    found = kept.existing(cloud, "dev")
    assert [r["LogicalResourceId"] for r in found] == ["MessagesTable", "ModelsBucket"]
    stacks.take_over(NAME, kept.template(found), "dev", found)
    assert stacks.apply(NAME, body, {"Stage": "dev"}).status == "UPDATE_COMPLETE"
    assert "Item" in dynamodb.get_item(TableName="undertone-dev-messages", Key=item)
