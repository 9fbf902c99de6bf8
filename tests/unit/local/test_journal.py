"""The journal of writes beside MiniStack's state."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from local.emulator.journal import Journal, is_write

PUT = {"x-amz-target": "DynamoDB_20120810.PutItem"}


class Database(SimpleNamespace):
    """Stands for MiniStack's module of DynamoDB: it keeps the bodies that it was sent."""

    def __init__(self) -> None:
        super().__init__(done=[])
        self.refuses = False

    async def handle_request(self, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        if self.refuses:
            return 400, {}, b"refused"
        self.done.append(body.decode())
        return 200, {}, b"{}"

    def get_state(self) -> dict[str, Any]:
        return {"done": list(self.done)}

    def load_persisted_state(self, state: dict[str, Any]) -> None:
        self.done = list(state["done"])


async def opened(folder: Path, state: dict[str, Any] | None = None) -> tuple[Journal, Database]:
    journal, database = Journal(folder), Database()
    journal.attach(database)
    if state is not None:
        database.load_persisted_state(state)
    await journal.replay()
    return journal, database


async def write(database: Database, *bodies: str, headers: dict[str, str] | None = None) -> None:
    for body in bodies:
        await database.handle_request("POST", "/", headers or PUT, body.encode(), {})


async def test_what_followed_the_state_is_done_again_in_order_and_nothing_twice(tmp_path: Path) -> None:
    _, database = await opened(tmp_path)
    await write(database, "1", "2")
    state = database.get_state()
    await write(database, "3", "4")
    _, again = await opened(tmp_path, state)
    assert again.done == ["1", "2", "3", "4"]
    await write(again, "5")
    _, once_more = await opened(tmp_path, state)
    assert once_more.done == ["1", "2", "3", "4", "5"]


async def test_a_state_that_did_not_reach_the_disk_costs_nothing(tmp_path: Path) -> None:
    _, database = await opened(tmp_path)
    await write(database, "1")
    database.get_state()
    await write(database, "2")
    _, again = await opened(tmp_path)
    assert again.done == ["1", "2"]


async def test_segments_that_the_saved_state_contains_are_deleted(tmp_path: Path) -> None:
    journal, database = await opened(tmp_path)
    await write(database, "1")
    state = database.get_state()
    journal.saved()
    await write(database, "2")
    assert len(list(tmp_path.iterdir())) == 1
    _, again = await opened(tmp_path, state)
    assert again.done == ["1", "2"]


async def test_reads_and_refused_writes_are_not_kept(tmp_path: Path) -> None:
    _, database = await opened(tmp_path)
    await write(database, "read", headers={"x-amz-target": "DynamoDB_20120810.GetItem"})
    database.refuses = True
    await write(database, "refused")
    _, again = await opened(tmp_path)
    assert again.done == []
    assert not is_write("DynamoDB_20120810.Query")
    assert is_write("DynamoDB_20120810.TransactWriteItems")


async def test_a_line_that_a_power_cut_tore_is_left_out(tmp_path: Path) -> None:
    _, database = await opened(tmp_path)
    await write(database, "1", "2")
    [segment] = tmp_path.iterdir()
    whole = segment.read_bytes()
    segment.write_bytes(whole[:-20])
    assert len(whole[:-20].splitlines()) == 2
    _, again = await opened(tmp_path)
    assert again.done == ["1"]
    assert json.loads(whole.splitlines()[0])["body"] == "1"
