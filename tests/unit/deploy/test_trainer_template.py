"""The trainer's template: nothing is left of a run, and nothing more is allowed than a run needs."""

import json
from collections import Counter
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from deploy_extras import template

RUN = "ec2:RunInstances"


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = template.load(template.TRAINER)["Resources"]
    return found


def allowed(resources: dict[str, dict[str, Any]], role: str) -> list[dict[str, Any]]:
    """Return the statements of a role's policy."""
    [policy] = resources[role]["Properties"]["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def test_the_template_has_exactly_these_resources(resources: dict[str, dict[str, Any]]) -> None:
    assert Counter(r["Type"] for r in resources.values()) == {
        "AWS::SSM::Parameter": 1,
        "AWS::IAM::Role": 2,
        "AWS::IAM::InstanceProfile": 1,
        "AWS::EC2::SecurityGroup": 1,
        "AWS::EC2::LaunchTemplate": 1,
        "AWS::Scheduler::Schedule": 1,
        "AWS::CloudWatch::Alarm": 1,
    }


def test_nothing_is_left_of_an_instance_that_shuts_down(resources: dict[str, dict[str, Any]]) -> None:
    data = resources["TrainerTemplate"]["Properties"]["LaunchTemplateData"]
    assert data["InstanceInitiatedShutdownBehavior"] == "terminate"
    assert all(disk["Ebs"]["DeleteOnTermination"] for disk in data["BlockDeviceMappings"])
    assert data["ImageId"].startswith("resolve:ssm:/aws/service/ami-amazon-linux-latest/")


def test_the_trainer_has_no_open_port_and_an_encrypted_disk_and_requires_metadata_tokens(
    resources: dict[str, dict[str, Any]],
) -> None:
    group = resources["TrainerSecurityGroup"]["Properties"]
    assert "SecurityGroupIngress" not in group
    assert [rule["FromPort"] for rule in group["SecurityGroupEgress"]] == [443]
    data = resources["TrainerTemplate"]["Properties"]["LaunchTemplateData"]
    assert data["MetadataOptions"]["HttpTokens"] == "required"
    assert all(disk["Ebs"]["Encrypted"] for disk in data["BlockDeviceMappings"])
    assert "KeyName" not in data


def test_ec2_accepts_what_the_schedule_sends(resources: dict[str, dict[str, Any]]) -> None:
    target = resources["TrainerTimer"]["Properties"]["Target"]
    assert target["Arn"]["Fn::Sub"].endswith(":scheduler:::aws-sdk:ec2:runInstances")
    text = target["Input"]["Fn::Sub"][0].replace("${TrainerTemplate}", "lt-0123").replace("${Version}", "7")
    # As Scheduler puts it in; the same for every attempt, so that EC2 starts one instance.
    sent = json.loads(text.replace("<aws.scheduler.scheduled-time>", "2026-11-29T03:00:00Z"))
    ec2 = boto3.client("ec2", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(ec2) as stub:
        stub.add_response("run_instances", {})
        ec2.run_instances(**sent)
    assert sent["LaunchTemplate"] == {"LaunchTemplateId": "lt-0123", "Version": "7"}
    assert (sent["MinCount"], sent["MaxCount"]) == (1, 1)
    assert sent["ClientToken"] == "2026-11-29T03:00:00Z"


def test_the_schedule_may_run_one_template_with_one_role(resources: dict[str, dict[str, Any]]) -> None:
    statements = allowed(resources, "TrainerStarter")
    assert {s["Action"] for s in statements} == {
        RUN,
        "ec2:CreateTags",
        "ssm:GetParameters",
        "iam:PassRole",
    }
    [passed] = [s for s in statements if s["Action"] == "iam:PassRole"]
    assert passed["Resource"] == {"Fn::GetAtt": ["TrainerRole", "Arn"]}
    assert passed["Condition"] == {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    launched = [s for s in statements if s["Action"] == RUN and "launch-template/" in str(s["Resource"])]
    [template_arn] = [s["Resource"]["Fn::Sub"] for s in launched]
    assert template_arn.endswith(":launch-template/${TrainerTemplate}")
    for statement in statements:
        if statement["Action"] == RUN and statement not in launched:
            condition = statement["Condition"]
            assert condition["ArnEquals"]["ec2:LaunchTemplate"]["Fn::Sub"].endswith("/${TrainerTemplate}")
            assert condition["Bool"] == {"ec2:IsLaunchTemplateResource": "true"}
            kinds = {arn["Fn::Sub"].split("/")[0].rpartition(":")[2] for arn in statement["Resource"]}
            assert kinds == {
                "instance",
                "network-interface",
                "volume",
                "image",
                "snapshot",
                "security-group",
                "subnet",
            }


def test_every_wildcard_of_a_role_is_justified_in_its_sid(resources: dict[str, dict[str, Any]]) -> None:
    for role in ("TrainerRole", "TrainerStarter"):
        for statement in allowed(resources, role):
            if "*" in str(statement["Resource"]):
                assert "Because" in statement["Sid"], statement


def test_a_trainer_that_did_not_run_raises_the_alarm(resources: dict[str, dict[str, Any]]) -> None:
    alarm = resources["TrainerAlarm"]["Properties"]
    # Of a day and more, hour by hour: each hour has failed or says nothing, and the least failure is one.
    assert alarm["TreatMissingData"] == "breaching"
    assert (alarm["Statistic"], alarm["Threshold"], alarm["Period"]) == ("Minimum", 1, 3600)
    hours = template.load(template.TRAINER)["Parameters"]["TrainerAlarmHours"]
    assert 24 < hours["Default"] <= hours["MaxValue"] == 7 * 24  # CloudWatch looks back a week at most


def test_the_machine_sets_a_timer_for_its_own_end_before_anything_else(
    resources: dict[str, dict[str, Any]],
) -> None:
    data = resources["TrainerTemplate"]["Properties"]["LaunchTemplateData"]
    first = data["UserData"]["Fn::Base64"]["Fn::Join"][1][0]
    commands = [line for line in first.splitlines() if not line.startswith(("#", "set "))]
    assert commands[0].startswith("systemd-run --unit undertone-end --on-active ")
