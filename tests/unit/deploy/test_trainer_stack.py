"""The trainer's stack on moto: trainings that are started now, and a trainer that cannot be deployed."""

from pathlib import Path
from typing import Any

import pytest

from deploy_extras import bundle, cli, preflight, trainer_stack
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.stack import Stack, Stacks
from deploy_extras.trainer_stack import TrainerStack
from tests.unit.deploy.stage import BUCKET

MAIN = Stack(
    "CREATE_COMPLETE",
    {
        "ModelsBucket": BUCKET,
        "MessagesTable": "undertone-dev-messages",
        "AlarmTopic": "arn:aws:sns:us-east-1:123456789012:undertone-dev-alarms",
    },
    {},
)


@pytest.fixture
def trainer(cloud: Cloud) -> TrainerStack:
    found = TrainerStack(cloud, "dev", Stacks(cloud, poll_seconds=0.01))
    network = preflight.network(cloud, "t4g.medium", None)
    found.apply(MAIN, {}, network, bundle.Bundle("trainer/bundles/x.tar", "0" * 64))
    return found


def test_a_training_starts_now_and_status_shows_it_until_it_ends(cloud: Cloud, trainer: TrainerStack) -> None:
    assert str(trainer.describe()) == "CREATE_COMPLETE, not training now"
    started = trainer.run()
    assert f"training on {started} since " in str(trainer.describe())
    # As EC2 does when the machine shuts down.
    cloud.client("ec2").terminate_instances(InstanceIds=[started])
    assert str(trainer.describe()) == "CREATE_COMPLETE, not training now"


def test_the_command_starts_a_training(
    cloud: Cloud, trainer: TrainerStack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", "--stage", "dev"], connected=lambda region: cloud) == 0
    [instance] = trainer.instances()
    assert instance["InstanceId"] in capsys.readouterr().out


def test_an_instance_that_trains_is_ended_with_its_trainer(trainer: TrainerStack) -> None:
    trainer.run()
    trainer.remove()
    assert trainer.instances() == []
    assert trainer.describe() is None


def test_no_training_starts_without_a_trainer(cloud: Cloud) -> None:
    with pytest.raises(DeployError, match="stage dev has no trainer: deploy it with TRAINER=yes"):
        TrainerStack(cloud, "dev", Stacks(cloud)).run()


def test_a_zone_without_the_type_stops_the_trainer_and_nothing_else(
    cloud: Cloud, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [subnet] = [
        each["SubnetId"]
        for each in cloud.client("ec2").describe_subnets()["Subnets"]
        if each["AvailabilityZone"] == "us-east-1e"
    ]
    found = TrainerStack(cloud, "dev", Stacks(cloud))
    trainer_stack.try_to_deploy(found, MAIN, {}, subnet, tmp_path)
    said = capsys.readouterr().out
    assert "Warning: the chat is deployed, its trainer is not." in said
    assert "EC2 has no t4g.medium" in said
    assert found.describe() is None


def test_a_stack_that_fails_stops_the_trainer_and_nothing_else(
    cloud: Cloud, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise DeployError("The stack undertone-dev-trainer is ROLLBACK_COMPLETE: not allowed by a policy")

    found = TrainerStack(cloud, "dev", Stacks(cloud))
    monkeypatch.setattr(found, "deploy", refused)
    trainer_stack.try_to_deploy(found, MAIN, {}, None, tmp_path)
    assert "not allowed by a policy" in capsys.readouterr().out
