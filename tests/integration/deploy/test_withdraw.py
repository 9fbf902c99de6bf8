"""`destroy` removes everything but the data; the data only when confirmed. Runs last in its folder."""

import pytest
from botocore.exceptions import ClientError

from tests.integration.deploy.deployed import Deployed

_ITEM = {"pk": {"S": "kept"}, "sk": {"S": "kept"}}


@pytest.fixture(scope="module")
def withdrawn(deployed: Deployed) -> Deployed:
    deployed.client("dynamodb").put_item(TableName="undertone-dev-messages", Item=_ITEM)
    deployed.command("destroy", machine="third")
    return deployed


def test_functions_roles_apis_and_logs_are_gone(withdrawn: Deployed) -> None:
    assert withdrawn.client("lambda").list_functions()["Functions"] == []
    roles = [r["RoleName"] for r in withdrawn.client("iam").list_roles()["Roles"]]
    assert [name for name in roles if name.startswith("undertone")] == []
    assert withdrawn.client("apigatewayv2").get_apis()["Items"] == []
    assert withdrawn.client("apigateway").get_rest_apis()["items"] == []
    groups = withdrawn.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/undertone")
    assert groups["logGroups"] == []


def test_the_stack_is_gone_and_the_data_are_not(withdrawn: Deployed) -> None:
    assert withdrawn.status()["stack"] is None
    assert withdrawn.client("dynamodb").list_tables()["TableNames"] == ["undertone-dev-messages"]
    buckets = [b["Name"] for b in withdrawn.client("s3").list_buckets()["Buckets"]]
    assert buckets == ["undertone-dev-models-000000000000"]
    withdrawn.client("s3").head_object(Bucket=buckets[0], Key="pointer.json")


def test_what_is_gone_can_be_destroyed_again(withdrawn: Deployed) -> None:
    assert "there is no stack" in withdrawn.command("destroy")


def test_data_go_only_when_the_stage_is_typed(withdrawn: Deployed) -> None:
    with pytest.raises(AssertionError, match="the confirmation was not the stage's name"):
        withdrawn.command("destroy", "--data", "delete", answer="yes\n")
    kept = withdrawn.client("dynamodb").get_item(TableName="undertone-dev-messages", Key=_ITEM)
    assert "Item" in kept
    withdrawn.command("destroy", "--data", "delete", answer="dev\n")
    with pytest.raises(ClientError, match="not found"):
        withdrawn.client("dynamodb").describe_table(TableName="undertone-dev-messages")
    assert withdrawn.client("s3").list_buckets()["Buckets"] == []
