"""Stacks whose creation, update or rollback failed, on MiniStack's CloudFormation."""

import json
from typing import Any

import pytest

from deploy_extras import protection, template
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.stack import Stacks
from tests.integration.deploy import emulators

NAME = "undertone-prod"


@pytest.fixture
def cloud(shared_ministack: str) -> Cloud:
    emulators.reset_ministack(shared_ministack)
    return emulators.cloud(shared_ministack)


@pytest.fixture
def stacks(cloud: Cloud) -> Stacks:
    return Stacks(cloud, poll_seconds=0.1)


def table(name: str) -> dict[str, Any]:
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "TableName": name,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "DeletionProtectionEnabled": True,
        },
    }


# It fails as long as its role does not exist.
FAILING: dict[str, Any] = {
    "Type": "AWS::IAM::Policy",
    "DependsOn": "Table",
    "Properties": {
        "PolicyName": "policy",
        "PolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}],
        },
        "Roles": ["missing"],
    },
}
PROTECTED = json.dumps({"Resources": {"Table": table("protected"), "Failing": FAILING}})


def create_role(cloud: Cloud, name: str) -> None:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    cloud.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)


def test_a_failed_creation_with_a_protected_table_is_removed_by_the_next_run(
    cloud: Cloud, stacks: Stacks
) -> None:
    with pytest.raises(DeployError, match=r"is ROLLBACK_FAILED: .*it deletes what is left and begins anew"):
        stacks.apply(NAME, PROTECTED, {})
    create_role(cloud, "missing")
    assert stacks.apply(NAME, PROTECTED, {}).status == "CREATE_COMPLETE"


def test_the_first_stack_of_production_can_be_rolled_back(cloud: Cloud, stacks: Stacks) -> None:
    whole = template.load()
    whole["Resources"]["Failing"] = FAILING | {"DependsOn": ["ConnectionsTable", "MessagesTable"]}
    body = json.dumps(whole)
    with pytest.raises(DeployError, match=r"is ROLLBACK_COMPLETE: Failing"):
        stacks.apply(NAME, body, {"Stage": "prod", **protection.before(exists=False)})
    assert cloud.client("dynamodb").list_tables()["TableNames"] == []
    assert stacks.usable(NAME) is None


def attached(*roles: str) -> dict[str, Any]:
    """Return a stack that attaches a policy to roles which it does not create."""
    properties = FAILING["Properties"] | {"Roles": list(roles)}
    return {"Policy": {"Type": "AWS::IAM::Policy", "Properties": properties}}


def test_a_rollback_that_failed_is_continued_once_its_cause_is_gone(cloud: Cloud, stacks: Stacks) -> None:
    iam = cloud.client("iam")
    create_role(cloud, "old")
    stacks.apply(NAME, json.dumps({"Resources": attached("old")}), {})
    create_role(cloud, "new")
    iam.delete_role_policy(RoleName="old", PolicyName="policy")
    iam.delete_role(RoleName="old")
    update = json.dumps({"Resources": attached("new") | {"Failing": FAILING | {"DependsOn": "Policy"}}})
    remedy = r"is UPDATE_ROLLBACK_FAILED: .*continue-update-rollback --stack-name undertone-prod"
    with pytest.raises(DeployError, match=remedy):
        stacks.apply(NAME, update, {})
    # The cause is still there, so the next run ends in the same way.
    with pytest.raises(DeployError, match=remedy):
        stacks.usable(NAME)
    create_role(cloud, "old")
    found = stacks.usable(NAME)
    assert found is not None
    assert found.status == "UPDATE_ROLLBACK_COMPLETE"
