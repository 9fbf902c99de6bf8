"""Taking a chat's data away: every room as JSON Lines in the wire's form, with its files beside it.

What is read is written at once, so that a chat of any size needs little memory, and an export that was cut
off goes on where it was.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.room_register import DynamoRoomRegister
from chalicelib.adapters.dynamodb.rooms import DynamoRooms
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.access import About
from chalicelib.protocol import entries
from deploy_extras import names
from deploy_extras.cloud import Cloud, error_code
from deploy_extras.console import say
from deploy_extras.errors import DeployError
from deploy_extras.tables import messages_table

FINISHED = "export.json"
_ROOM, _MESSAGES, _FILES, _PART = "room.json", "messages.jsonl", "files", ".part"
_CHUNK_BYTES = 1 << 20
_MISSING = ("NoSuchKey", "404")


def running_here(state: Path) -> Cloud:
    """Return the storage of the chat that `make run` has started on a state directory."""
    path = state / "endpoints.json"
    try:
        endpoints = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DeployError(f"{path} is not there: start the chat with `make run` first.") from None
    os.environ["AWS_ENDPOINT_URL"] = endpoints["aws"]
    given = endpoints["credentials"]
    session = boto3.Session(given["AWS_ACCESS_KEY_ID"], given["AWS_SECRET_ACCESS_KEY"])
    cloud = Cloud(session, given.get("AWS_REGION") or given.get("AWS_DEFAULT_REGION") or "us-east-1")
    cloud.account = cloud.client("sts").get_caller_identity()["Account"]
    return cloud


@dataclass
class Export:
    """An export of a stage into a folder; `messages`, `files` and `missing` count what is there so far."""

    cloud: Cloud
    stage: str
    to: Path
    messages: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Write everything that is not there yet.

        Raises
        ------
        DeployError
            The folder has a finished export, which stays as it is.
        """
        if (self.to / FINISHED).exists():
            raise DeployError(f"{self.to} has a finished export already: choose another folder with TO=.")
        self.to.mkdir(mode=0o700, parents=True, exist_ok=True)  # what is private in the chat is so here
        table = messages_table(self.cloud, self.stage)
        clock = SystemClock()
        self._log, self._rooms = DynamoLog(table, clock), DynamoRooms(table, clock)
        self._register = DynamoRoomRegister(table, clock)
        count = 0
        for room in sorted(_names(table)):
            about = self._register.abouts([room]).get(room) or About(room)
            if about.deleted:
                continue
            self._room(room, about)
            count += 1
            say(f"{room}: {self.messages} messages and {self.files} files so far")
        told = {"stage": self.stage, "exportedAt": datetime.now(UTC).isoformat(timespec="seconds")}
        _write(self.to / FINISHED, {**told, "rooms": count, "missingFiles": self.missing})
        say(f"{count} rooms are in {self.to}")

    def _room(self, room: str, about: About) -> None:
        folder = self.to / "rooms" / room
        folder.mkdir(parents=True, exist_ok=True)
        members = [
            {**entries.user(one.user), "role": one.membership.role}
            for one in self._register.members(room)
            if one.membership.role is not None
        ]
        _write(folder / _ROOM, {"room": room, **entries.described(about), "members": members})
        self._write_messages(room, folder)
        for message in _lines(folder / _MESSAGES):
            self.messages += 1
            for file in message["files"]:
                self._fetch(room, file, folder / _FILES)

    def _write_messages(self, room: str, folder: Path) -> None:
        """Write the messages as they are now, a line for each; go on behind those that are there."""
        done, part = folder / _MESSAGES, folder / (_MESSAGES + _PART)
        if done.exists():
            return
        last = _last_seq(part)
        head = self._rooms.state(room).head
        with part.open("ab") as written:
            first = last + 1
            while first <= head:
                end = min(head + 1, (first // keys.PARTITION_SIZE + 1) * keys.PARTITION_SIZE)
                for message in self._log.messages(room, first, end):
                    written.write(entries.encode(entries.entry(message)) + b"\n")
                first = end
        part.rename(done)

    def _fetch(self, room: str, file: dict[str, Any], folder: Path) -> None:
        """Fetch a file of a message, unless it is there; one that is gone from the bucket is noted."""
        path = folder / file["id"] / _file_name(file["name"])
        self.files += 1
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        bucket = names.files_bucket(self.stage, self.cloud.account)
        try:
            found = self.cloud.client("s3").get_object(Bucket=bucket, Key=f"files/{room}/{file['id']}")
        except ClientError as error:
            if error_code(error) not in _MISSING:
                raise
            self.missing.append(f"{room}/{file['id']}")
            return
        part = path.with_name(_PART)
        with part.open("wb") as written:
            for chunk in found["Body"].iter_chunks(_CHUNK_BYTES):
                written.write(chunk)
        part.rename(path)


def _names(table: Table) -> set[str]:
    """Return the names of all rooms, open or not."""
    lists = (keys.rooms(), keys.hidden_rooms())
    return {row["sk"] for which in lists for row in table.query(which) if "moved" not in row}


def _write(path: Path, value: dict[str, Any]) -> None:
    part = path.with_name(path.name + _PART)
    part.write_bytes(entries.encode(value) + b"\n")
    part.rename(path)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as read:
        for line in read:
            yield json.loads(line)


def _last_seq(part: Path) -> int:
    """Return the position of the last message that was written whole, and cut off what is behind it."""
    if not part.exists():
        return 0
    last = size = 0
    with part.open("rb") as read:
        for line in read:
            if not line.endswith(b"\n"):
                break
            size += len(line)
            last = int(json.loads(line)["seq"])
    os.truncate(part, size)
    return last


def _file_name(name: str) -> str:
    """Return a name under which every system can keep a file; people named it."""
    kept = "".join("_" if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name)
    shortened = kept.strip(". ").encode()[-150:].decode(errors="ignore")
    return shortened or "file"
