"""The real bundle: it is installed in an almost empty environment, trains, and publishes a model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from packaging.tags import platform_tags

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.people import DynamoPeople
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import Message, User
from chalicelib.domain.sessions import Proof, Session
from chalicelib.metrics import NoMetrics
from deploy_extras import bundle
from deploy_extras.errors import DeployError
from tests.integration.deploy.deployed import ROOT
from tests.integration.deploy.instance import Instance
from tests.integration.deploy.trainer_stack import TrainerStage

_TEXTS = [f"thing {n} is marvellous" for n in range(12)]
_READERS = ("bo", "cy", "di")
_LABEL: Literal["positive"] = "positive"
# A whole run takes minutes, so only the first texts of each corpus are used; the rest is as on the instance.
_QUICK = ("trainer run", "trainer run --sample 60")


@pytest.fixture(scope="module")
def archive() -> bytes:
    """Return the bundle that `deploy` makes, with wheels for this machine instead of Graviton."""
    try:
        wheels = bundle.download(
            bundle.REQUIREMENTS, ROOT / "build" / "deploy" / "wheels", tuple(platform_tags())
        )
        return bundle.pack(wheels, bundle.SOURCES, bundle.corpora())
    except DeployError as error:
        pytest.skip(str(error))


def label_messages(client: Any, table: str) -> None:
    """Write messages and their labels as the application does."""
    log_table = Table(client, table, NoMetrics())
    log, rooms = DynamoLog(log_table, SystemClock()), DynamoRooms(log_table, SystemClock())
    people = DynamoPeople(log_table, log_table, SystemClock())
    for reader in _READERS:
        proof = Proof("provider")
        people.signed_in(Session("token", User(reader, reader), SystemClock().now(), "s", proof=proof))
    for text in _TEXTS:
        at = rooms.next_position("general").head
        labels = dict.fromkeys(_READERS, _LABEL)
        sent_at = "2026-11-22T10:00:00.000Z"
        log.append(
            Message("general", at, at, str(at), User("ada", "Ada"), text, sent_at, None, labels=labels)
        )


@pytest.fixture
def objects(stage: TrainerStage, archive: bytes, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """Return the objects in the bucket after the run."""
    label_messages(stage.cloud.client("dynamodb"), stage.table)
    stage.set_bundle(archive)
    ended = Instance(tmp_path, stage).run_script(replaced=_QUICK)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    s3 = stage.cloud.client("s3")
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=stage.bucket)["Contents"]]
    yield {key: s3.get_object(Bucket=stage.bucket, Key=key)["Body"].read() for key in keys}


def test_a_model_is_trained_evaluated_and_stored_with_its_report(
    objects: dict[str, bytes], stage: TrainerStage
) -> None:
    [key] = [key for key in objects if key.endswith("/manifest.json")]
    manifest = json.loads(objects[key])
    assert manifest["data"]["labels"]["labels"] == len(_TEXTS) * len(_READERS)
    assert manifest["data"]["labels"]["people"] == len(_READERS)
    assert manifest["data"]["labels"]["voices"] == len(_READERS)
    # So small a model is worse for other reasons, and its labels may be among what is left out for it.
    left_out = sum(group["texts"] for group in manifest["gate"]["leftOut"])
    assert manifest["data"]["labels"]["texts"] + left_out > 0
    passed = manifest["gate"]["passed"]
    assert ("pointer.json" in objects) == passed
    page = objects[key.replace("manifest.json", "report.html")].decode()
    assert passed or "Refused." in page
    assert stage.failed() is False
    [log] = stage.logs()
    assert f"{manifest['version']}: {'live' if passed else 'refused'}" in log
    # The training data came with the bundle.
    assert "fetching" not in log
