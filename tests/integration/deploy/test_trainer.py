"""The script of the trainer's instance, in an almost empty environment, against the emulator."""

from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.integration.deploy import small_trainer
from tests.integration.deploy.instance import Instance
from tests.integration.deploy.trainer_stack import TrainerStage


@pytest.fixture
def instance(tmp_path: Path, stage: TrainerStage) -> Instance:
    return Instance(tmp_path, stage, whole_venv=False)


def test_the_script_trains_with_the_bundle_alone_and_uploads_its_log(
    instance: Instance, stage: TrainerStage, small_wheels: Path
) -> None:
    stage.set_bundle(small_trainer.pack(instance.folder, small_wheels, small_trainer.TRAINS))
    ended = instance.run_script()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    [log] = stage.logs()
    assert "trained with six 1.17.0" in log
    assert f"['run', '--bucket', '{stage.bucket}', '--table', '{stage.table}']" in log
    assert str(instance.folder / "work" / "venv") in log
    assert stage.failed() is False


def test_a_bundle_with_another_hash_is_not_run(
    instance: Instance, stage: TrainerStage, small_wheels: Path
) -> None:
    archive = small_trainer.pack(instance.folder, small_wheels, small_trainer.TRAINS)
    stage.set_bundle(archive, sha256="0" * 64)
    ended = instance.run_script()
    assert ended.returncode != 0
    assert "trained" not in ended.stdout
    assert stage.failed() is True


def test_a_failure_raises_the_alarm_and_uploads_the_log(
    instance: Instance, stage: TrainerStage, small_wheels: Path
) -> None:
    stage.set_bundle(small_trainer.pack(instance.folder, small_wheels, small_trainer.FAILS))
    ended = instance.run_script()
    assert ended.returncode == 3
    assert "ended with 3 after" in stage.logs()[0]
    assert stage.failed() is True


def test_the_trainers_role_reads_labels_and_no_keys_of_tokens(stage: TrainerStage) -> None:
    stage.set_bundle(b"bundle")
    keys = stage.environment()
    dynamodb = boto3.client(
        "dynamodb",
        endpoint_url=keys["AWS_ENDPOINT_URL"],
        region_name=keys["AWS_DEFAULT_REGION"],
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=keys["AWS_SESSION_TOKEN"],
    )
    dynamodb.get_item(TableName=stage.table, Key={"pk": {"S": "log#general#0"}, "sk": {"S": "1"}})
    with pytest.raises(ClientError, match="AccessDenied"):
        dynamodb.get_item(TableName=stage.table, Key={"pk": {"S": "secret"}, "sk": {"S": "token"}})
