"""A journal of the writes to MiniStack's DynamoDB, so that whatever was acknowledged survives any end.

MiniStack writes all of its state at once, which takes the longer the more there is, and nothing can happen
meanwhile. So it is written now and then, and each write in between is appended to a file when it has been
done. At a start the state is loaded and what followed it is done again: the requests in their order, which
have the same outcome because DynamoDB's conditions depend on the items and the request alone.

The state names the first segment of the journal that it does not contain. A new segment begins whenever the
state is written, and older ones are deleted once it is on the disk.
"""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ministack.core import responses  # type: ignore[import-untyped]

logger = logging.getLogger(__name__)

_READING = ("Get", "Query", "Scan", "BatchGet", "Describe", "List", "TransactGet", "Search")
_FIRST_SEGMENT = "journal"
# A journal of this size takes some seconds to be done again.
_LARGE_BYTES = 64 * 1024 * 1024


def is_write(target: str) -> bool:
    """Return whether an operation, such as ``DynamoDB_20120810.PutItem``, may change something."""
    return not target.rpartition(".")[2].startswith(_READING)


class Journal:
    """Appends DynamoDB's writes to a file of `folder`, and does them again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded_from = 0
        self._segment = 0
        self._file: int | None = None
        self._bytes = 0
        self._unsynced = False

    @property
    def large(self) -> bool:
        """Whether the state should be written soon, even if there is no quiet moment."""
        return self._bytes > _LARGE_BYTES

    def attach(self, dynamodb: Any) -> None:
        """Let MiniStack's module of DynamoDB write to this journal, and name it in its state."""
        handle, get_state, load = dynamodb.handle_request, dynamodb.get_state, dynamodb.load_persisted_state
        self._handle = handle

        async def handle_request(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
            # The module awaits nothing before it answers, so the journal has the order of the effects.
            answer = await handle(method, path, headers, body, query)
            target = headers.get("x-amz-target", "")
            if answer[0] == 200 and is_write(target):
                self._append(target, body)
            return answer

        def state_with_journal() -> Any:
            state = get_state()
            self._begin_segment(self._segment + 1)
            return {**state, _FIRST_SEGMENT: self._segment}

        def load_persisted_state(state: Any) -> None:
            self._loaded_from = int(state.get(_FIRST_SEGMENT, 0))
            load({name: value for name, value in state.items() if name != _FIRST_SEGMENT})

        dynamodb.handle_request = handle_request
        dynamodb.get_state = state_with_journal
        dynamodb.load_persisted_state = load_persisted_state

    async def replay(self) -> int:
        """Do again what followed the loaded state; return how many writes that were."""
        self._folder.mkdir(parents=True, exist_ok=True)
        segments = sorted(int(path.stem) for path in self._folder.glob("*.jsonl"))
        count = 0
        for number in segments:
            if number < self._loaded_from:
                self._path(number).unlink()
                continue
            for write in self._writes(number):
                await self._do_again(write)
                count += 1
        self._begin_segment(max([self._loaded_from, *segments]) + 1)
        self._bytes = sum(path.stat().st_size for path in self._folder.glob("*.jsonl"))
        return count

    def saved(self) -> None:
        """Delete the segments that the state on the disk contains."""
        for path in self._folder.glob("*.jsonl"):
            if int(path.stem) < self._segment:
                path.unlink()

    def sync(self) -> None:
        """Put what was appended onto the disk, so that it survives a power cut too; may run in a thread."""
        if self._unsynced and self._file is not None:
            self._unsynced = False
            os.fsync(self._file)

    def _append(self, target: str, body: bytes) -> None:
        if self._file is None:
            return
        write = {
            "target": target,
            "account": responses.get_account_id(),
            "region": responses.get_region(),
            "body": body.decode(),
        }
        line = json.dumps(write, ensure_ascii=False).encode() + b"\n"
        self._bytes += os.write(self._file, line)
        self._unsynced = True

    async def _do_again(self, write: dict[str, str]) -> None:
        responses._request_account_id.set(write["account"])
        responses.set_request_region(write["region"])
        answer = await self._handle(
            "POST", "/", {"x-amz-target": write["target"]}, write["body"].encode(), {}
        )
        if answer[0] != 200:
            logger.warning("%s of the journal could not be done again: %s", write["target"], answer[2])

    def _writes(self, number: int) -> Iterator[dict[str, str]]:
        with self._path(number).open("rb") as lines:
            for line in lines:
                try:
                    yield json.loads(line)
                except ValueError:
                    # Only the last line can be torn, by a power cut: its write was not on the disk yet.
                    logger.warning("the journal ends in the middle of a write")
                    return

    def _begin_segment(self, number: int) -> None:
        if self._file is not None:
            os.close(self._file)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._segment, self._bytes = number, 0
        self._file = os.open(self._path(number), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:09d}.jsonl"
