"""An export has every message and every file, and goes on where it was cut off."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.files import DynamoUploads
from chalicelib.domain.access import About
from chalicelib.domain.files import Upload
from chalicelib.domain.messages import File, Message, User
from chalicelib.protocol import entries
from chalicelib.service.repositories import Repositories
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.export import Export
from testkit import memory
from testkit.fakes import CountedMetrics
from tests.unit.deploy.stage import make_table

ADA, BOB = User("u-ada", "Ada"), User("u-bob", "Bob")
PART, WRITTEN = (
    16,
    20,
)  # a part of a log as short as this one, because moto copies a table at each transaction
BUCKET = "undertone-dev-files-123456789012"


class Stage:
    """A stage with two rooms, one of them private, and a room that was deleted."""

    def __init__(self) -> None:
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self.cloud = Cloud(boto3.Session(**keys), "us-east-1", "123456789012")
        dynamodb = self.cloud.client("dynamodb")
        for name in ("connections", "messages"):
            make_table(self.cloud, f"undertone-dev-{name}")
        self.cloud.client("s3").create_bucket(Bucket=BUCKET)
        connections, messages = (
            Table(dynamodb, f"undertone-dev-{name}", CountedMetrics()) for name in ("connections", "messages")
        )
        self.stored: Repositories = repositories(connections, messages, SystemClock(), memory.UNLIMITED)
        self.uploads = DynamoUploads(messages, SystemClock())
        self.stored.register.create(
            "club", About("The club", access="private"), {ADA: "owner", BOB: "member"}
        )
        self.stored.register.create("gone", About("Gone"), {ADA: "owner"})
        self.stored.register.delete(self.stored.register.facts("gone", ADA.id))
        self.said = [self.say("general", f"good {number}") for number in range(WRITTEN)]

    def say(self, room: str, text: str, *files: File) -> Message:
        for file in files:
            self.uploads.add(Upload(file.id, room, ADA.id, file.name, file.type, file.bytes))
            self.cloud.client("s3").put_object(Bucket=BUCKET, Key=f"files/{room}/{file.id}", Body=b"hello")
        seq = self.stored.rooms.next_position(room).head
        sent_at = "2026-11-22T10:00:00.000Z"
        message = Message(room, seq, seq, str(uuid.uuid4()), ADA, text, sent_at, None, files=files)
        self.stored.log.append(message)
        return message


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with mock_aws(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(keys, "PARTITION_SIZE", PART)
        yield Stage()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_room_is_there_in_the_wire_s_form_with_its_files(stage: Stage, tmp_path: Path) -> None:
    file = File("f1", "../notes: a?.txt", "text/plain", 5)
    message = stage.say("club", "読書", file)
    Export(stage.cloud, "dev", tmp_path).run()
    assert sorted(one.name for one in (tmp_path / "rooms").iterdir()) == ["club", "general"]
    about = json.loads((tmp_path / "rooms" / "club" / "room.json").read_text())
    assert (about["title"], about["access"], len(about["members"])) == ("The club", "private", 2)
    assert lines(tmp_path / "rooms" / "club" / "messages.jsonl") == [entries.entry(message)]
    [kept] = (tmp_path / "rooms" / "club" / "files" / "f1").iterdir()
    assert (kept.name, kept.read_bytes()) == ("_notes_ a_.txt", b"hello")
    assert lines(tmp_path / "rooms" / "general" / "messages.jsonl") == [entries.entry(m) for m in stage.said]
    with pytest.raises(DeployError, match="finished export"):
        Export(stage.cloud, "dev", tmp_path).run()


def test_one_that_was_cut_off_goes_on_and_ends_the_same(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, read = DynamoLog.messages, [0]

    def messages(log: DynamoLog, room: str, first: int, end: int) -> list[Message]:
        read[0] += room == "general"
        if read[0] == 2:
            raise KeyboardInterrupt
        return honest(log, room, first, end)

    with monkeypatch.context() as patched:
        patched.setattr(DynamoLog, "messages", messages)
        with pytest.raises(KeyboardInterrupt):
            Export(stage.cloud, "dev", tmp_path).run()
    part = tmp_path / "rooms" / "general" / "messages.jsonl.part"
    assert 0 < len(lines(part)) < WRITTEN
    with part.open("ab") as written:
        written.write(b'{"room": "gene')  # the machine went off in the middle of a line
    Export(stage.cloud, "dev", tmp_path).run()
    assert lines(tmp_path / "rooms" / "general" / "messages.jsonl") == [entries.entry(m) for m in stage.said]
    assert not part.exists()


def test_a_file_that_is_not_there_any_more_is_noted(stage: Stage, tmp_path: Path) -> None:
    stage.say("club", "here", File("f2", "a.txt", "text/plain", 5))
    stage.cloud.client("s3").delete_object(Bucket=BUCKET, Key="files/club/f2")
    Export(stage.cloud, "dev", tmp_path / "new").run()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0, "others on the machine can read it"
    assert json.loads((tmp_path / "new" / "export.json").read_text())["missingFiles"] == ["club/f2"]
