"""Tables and buckets come from the template that AWS gets, and keep what is in them."""

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from local.testing import StackFailedError, stack_process

APPS = Path(__file__).parent / "apps"


def test_functions_reach_the_tables_of_the_template(stack: Any) -> None:
    payload = json.dumps({"table": stack.outputs["Items"], "item": {"pk": "1", "text": "grüße"}})
    answer = stack.client("lambda").invoke(FunctionName="echo-dev-store", Payload=payload)
    assert json.load(answer["Payload"]) == {"pk": "1", "text": "grüße"}


def test_names_and_settings_are_those_of_the_template(stack: Any) -> None:
    assert stack.outputs == {"Items": "echo-dev-items", "Files": "echo-dev-files-000000000000"}
    expiry = stack.client("dynamodb").describe_time_to_live(TableName="echo-dev-items")
    assert expiry["TimeToLiveDescription"] == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
    versioning = stack.client("s3").get_bucket_versioning(Bucket="echo-dev-files-000000000000")
    assert versioning["Status"] == "Enabled"


def test_a_parameter_that_the_template_lacks_is_said(tmp_path: Path) -> None:
    stack = stack_process(
        app=APPS / "echo",
        state=tmp_path / "state",
        template=APPS / "template.yaml",
        parameters={"Stage": "dev", "Size": "large"},
    )
    with pytest.raises(StackFailedError, match="has no parameter Size; it has: Stage"):
        stack.start()


def test_a_template_that_the_emulator_refuses_is_said_with_its_reason(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    template.write_text((APPS / "template.yaml").read_text())
    stack = stack_process(app=APPS / "echo", state=tmp_path / "state", template=template)
    with pytest.raises(StackFailedError, match=r"(?s)template\.yaml.*Stage"):
        stack.start()


def test_data_survives_restarts_kills_and_a_changed_template(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    template.write_text((APPS / "template.yaml").read_text())
    stack = stack_process(
        app=APPS / "echo", state=tmp_path / "state", template=template, parameters={"Stage": "dev"}
    )
    try:
        stack.start()
        put(stack, "before a restart")
        assert stack.stop() == 0
        changed = template.read_text().replace("expires, Enabled", "gone, Enabled")
        template.write_text(changed + "  Constant: {Value: new}\n")
        stack.start()
        assert stack.outputs["Constant"] == "new"
        assert items(stack) == {"before a restart"}
        assert stack.client("s3").get_object(Bucket=bucket(stack), Key="a/b.txt")["Body"].read() == b"data"
        put(stack, "before a kill")
        stack.stop(signal.SIGKILL)
        stack.start()
        assert items(stack) == {"before a restart", "before a kill"}
    finally:
        stack.stop()


def test_nothing_that_was_acknowledged_is_lost_when_everything_is_killed_while_it_never_rests(
    tmp_path: Path,
) -> None:
    stack = stack_process(
        app=APPS / "echo",
        state=tmp_path / "state",
        template=APPS / "template.yaml",
        parameters={"Stage": "dev"},
    )
    acknowledged: set[str] = set()
    try:
        stack.start()
        await_state(stack)
        writer = threading.Thread(target=write_until_it_fails, args=(stack, acknowledged))
        writer.start()
        while len(acknowledged) < 100:
            time.sleep(0.01)
        kill_everything(stack)
        writer.join()
        stack.wait()
        stack.start()
        assert acknowledged <= items(stack)
        assert len(items(stack) - acknowledged) <= 1, "the write that was under way"
        total = stack.client("dynamodb").get_item(
            TableName=stack.outputs["Items"], Key={"pk": {"S": "total"}}
        )
        count = int(total["Item"]["count"]["N"])
        assert len(acknowledged) <= count <= len(items(stack)) + 1, "no write is done twice"
    finally:
        stack.stop()


def await_state(stack: Any) -> None:
    """Wait until the tables are on the disk, which takes a moment after the first start."""
    while not (stack.state / "aws" / "state" / "dynamodb.json").exists():
        time.sleep(0.1)


def write_until_it_fails(stack: Any, acknowledged: set[str]) -> None:
    client, table = stack.client("dynamodb"), stack.outputs["Items"]
    for n in range(1_000_000):
        try:
            client.update_item(
                TableName=table,
                Key={"pk": {"S": "total"}},
                UpdateExpression="ADD #count :one",
                ExpressionAttributeNames={"#count": "count"},
                ExpressionAttributeValues={":one": {"N": "1"}},
            )
            client.put_item(TableName=table, Item={"pk": {"S": f"number {n}"}})
        except (BotoCoreError, ClientError):
            return
        acknowledged.add(f"number {n}")


def kill_everything(stack: Any) -> None:
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and str(stack.state) in environment_of(each):
            os.kill(int(each.name), signal.SIGKILL)


def environment_of(process: Path) -> str:
    try:
        return (process / "environ").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def bucket(stack: Any) -> str:
    return str(stack.outputs["Files"])


def put(stack: Any, key: str) -> None:
    stack.client("dynamodb").put_item(TableName=stack.outputs["Items"], Item={"pk": {"S": key}})
    stack.client("s3").put_object(Bucket=bucket(stack), Key="a/b.txt", Body=b"data")


def items(stack: Any) -> set[str]:
    found = stack.client("dynamodb").scan(TableName=stack.outputs["Items"])["Items"]
    return {item["pk"]["S"] for item in found} - {"total"}
