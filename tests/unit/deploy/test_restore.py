"""Restoring messages, on moto."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from deploy_extras import policies, restore
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.export import Export
from deploy_extras.package import APP, clean_copy
from deploy_extras.stack import Stack, Stacks
from testkit.fakes import CountedMetrics
from tests.unit.deploy.stage import BUCKET, make_table

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SOURCE, TARGET = "undertone-dev-messages", "undertone-dev-messages-20261129T120000Z"


class OneStack(Stacks):
    """A stage whose stack has this table."""

    def find(self, name: str) -> Stack | None:
        return Stack("UPDATE_COMPLETE", {"MessagesTable": SOURCE}, {})


@pytest.fixture
def stored(cloud: Cloud) -> Cloud:
    client = cloud.client("dynamodb")
    client.create_table(
        TableName=SOURCE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        DeletionProtectionEnabled=True,
    )
    client.put_item(TableName=SOURCE, Item={"pk": {"S": "kept"}})
    return cloud


def test_a_restored_table_gets_what_a_restore_leaves_out(stored: Cloud) -> None:
    assert restore.restore(stored, "dev", AT, OneStack(stored)) == TARGET
    client = stored.client("dynamodb")
    assert client.get_item(TableName=TARGET, Key={"pk": {"S": "kept"}})["Item"]
    ttl = client.describe_time_to_live(TableName=TARGET)["TimeToLiveDescription"]
    assert (ttl["TimeToLiveStatus"], ttl["AttributeName"]) == ("ENABLED", "expires")
    assert client.describe_table(TableName=TARGET)["Table"]["DeletionProtectionEnabled"]
    assert restore.noted(stored, "dev") == TARGET


def test_a_restore_that_was_interrupted_goes_on_with_its_table(stored: Cloud) -> None:
    for _ in range(2):
        assert restore.restore(stored, "dev", AT, OneStack(stored)) == TARGET
    assert restore.restored_tables(stored, "dev") == [TARGET]


def test_the_error_for_a_missing_stage_names_it(cloud: Cloud) -> None:
    with pytest.raises(DeployError, match="no stage dev in us-east-1: deploy it first"):
        restore.restore(cloud, "dev", AT)
    assert cloud.client("s3").list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0


@pytest.mark.parametrize("text", ["yesterday", "2026-11-29T12:00", ""])
def test_a_time_needs_its_zone(text: str) -> None:
    with pytest.raises(DeployError, match="write it like 2026-11-29T12:00Z"):
        restore.moment(text)


def test_a_time_is_taken_in_its_zone() -> None:
    assert restore.moment("2026-11-29T13:00+01:00") == AT == restore.moment("2026-11-29T12:00Z")


def test_policies_allow_the_table_in_use_and_not_the_one_before(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    copy = tmp_path_factory.mktemp("copy") / "app"
    clean_copy(APP, copy)
    policies.use_messages_table(copy, "dev", TARGET)
    text = "".join(
        path.read_text("utf-8") for path in (copy / ".chalice" / "policies" / "dev").glob("*.json")
    )
    assert f":table/{TARGET}" in text
    assert f':table/{SOURCE}"' not in text
    assert ":table/undertone-dev-connections" in text


def test_an_export_has_the_messages_that_are_in_use_after_a_restore(cloud: Cloud, tmp_path: Path) -> None:
    for name in (SOURCE, TARGET):
        make_table(cloud, name)
        messages = Table(cloud.client("dynamodb"), name, CountedMetrics())
        DynamoRooms(messages, SystemClock()).next_position("after" if name == TARGET else "before")
    resources = '{"Topic": {"Type": "AWS::SNS::Topic", "Properties": {}}}'
    outputs = f'{{"MessagesTable": {{"Value": "{TARGET}"}}}}'
    cloud.client("cloudformation").create_stack(
        StackName="undertone-dev", TemplateBody=f'{{"Resources": {resources}, "Outputs": {outputs}}}'
    )
    Export(cloud, "dev", tmp_path).run()
    assert [one.name for one in (tmp_path / "rooms").iterdir()] == ["after"]
