"""The real bundle, on an instance that has nothing: it is installed, trains, and leaves a model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.tags import platform_tags

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import Message, User
from chalicelib.metrics import NoMetrics
from deploy_extras import bundle
from deploy_extras.errors import DeployError
from tests.integration.deploy.deployed import ROOT
from tests.integration.deploy.instance import Instance
from tests.integration.deploy.trainer_stack import TrainerStage

_TEXTS = [f"thing {n} is marvellous" for n in range(12)]
_READERS = ("bo", "cy", "di")
# A whole run takes minutes. Of the corpora, the first texts; all else is what the instance does.
_QUICK = ("trainer run", "trainer run --sample 60 --no-curve")


@pytest.fixture(scope="module")
def archive() -> bytes:
    """Return the bundle as `deploy` makes it, with wheels for this machine in place of Graviton's."""
    try:
        wheels = bundle.download(
            bundle.REQUIREMENTS, ROOT / "build" / "deploy" / "wheels", tuple(platform_tags())
        )
        return bundle.pack(wheels, bundle.SOURCES, bundle.corpora())
    except DeployError as error:
        pytest.skip(str(error))


def label_messages(client: Any, table: str) -> None:
    """Write what people said and how others labelled it, as the application does."""
    log, rooms = (
        DynamoLog(Table(client, table, NoMetrics()), SystemClock()),
        DynamoRooms(Table(client, table, NoMetrics()), SystemClock()),
    )
    for text in _TEXTS:
        at = rooms.next_position("general").head
        labels = dict.fromkeys(_READERS, "positive")
        sent_at = "2026-11-22T10:00:00.000Z"
        log.append(
            Message("general", at, at, str(at), User("ada", "Ada"), text, sent_at, None, labels=labels)
        )


@pytest.fixture
def objects(stage: TrainerStage, archive: bytes, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """Return what the bucket holds when the instance has ended."""
    label_messages(stage.cloud.client("dynamodb"), stage.table)
    stage.gets(archive)
    ended = Instance(tmp_path, stage).boot(replaced=_QUICK)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    s3 = stage.cloud.client("s3")
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=stage.bucket)["Contents"]]
    yield {key: s3.get_object(Bucket=stage.bucket, Key=key)["Body"].read() for key in keys}


def test_a_model_is_trained_measured_and_stored_with_its_report(
    objects: dict[str, bytes], stage: TrainerStage
) -> None:
    [key] = [key for key in objects if key.endswith("/manifest.json")]
    manifest = json.loads(objects[key])
    assert manifest["data"]["labels"]["labels"] == len(_TEXTS) * len(_READERS)
    assert manifest["data"]["labels"]["people"] == len(_READERS)
    passed = manifest["gate"]["passed"]
    assert ("pointer.json" in objects) == passed
    page = objects[key.replace("manifest.json", "report.html")].decode()
    assert passed or "Refused." in page
    assert stage.failed() is False
    [log] = stage.logs()
    assert f"{manifest['version']}: {'live' if passed else 'refused'}" in log
    # What is learned from came with the bundle.
    assert "fetching" not in log
