"""Storage by another emulator than the usual one, and the usual one without a stack."""

import json
from pathlib import Path

import boto3
import pytest

from local.emulator.ministack_process import answers
from local.emulator.testing import EmulatorFailedError, running_ministack
from local.testing import running_stack

APPS = Path(__file__).parent / "apps"


def test_the_stack_runs_on_the_emulator_that_is_chosen(tmp_path: Path) -> None:
    with running_stack(
        app=APPS / "echo",
        state=tmp_path / "state",
        template=APPS / "template.yaml",
        parameters={"Stage": "dev"},
        arguments=["--no-reload", "--storage", "moto"],
        module="tests.integration.local.moto_stack",
    ) as stack:
        assert stack.outputs["Items"] == "echo-dev-items"
        payload = json.dumps({"table": stack.outputs["Items"], "item": {"pk": "1", "text": "grüße"}})
        answer = stack.client("lambda").invoke(FunctionName="echo-dev-store", Payload=payload)
        assert json.load(answer["Payload"]) == {"pk": "1", "text": "grüße"}
        assert not (stack.state / "aws").exists(), "MiniStack was not started"
        assert stack.stop() == 0
        assert "Traceback" not in stack.output


def test_ministack_runs_for_the_time_of_a_block_and_keeps_its_data_if_asked(tmp_path: Path) -> None:
    expectations: list[set[str]] = [set(), {"kept"}]
    for expected in expectations:
        with running_ministack(tmp_path, services=("s3",), persistent=True) as url:
            s3 = boto3.client(
                "s3",
                endpoint_url=url,
                region_name="us-east-1",
                aws_access_key_id="local",
                aws_secret_access_key="local",
            )
            assert {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]} == expected
            if not expected:
                s3.create_bucket(Bucket="kept")
        assert not answers(url), "it ended with the block"


def test_a_ministack_that_cannot_start_is_shown_with_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(EmulatorFailedError, match="did not start"),
        running_ministack(tmp_path, services=("s3",), variables={"GATEWAY_PORT": "no port"}),
    ):
        pass
