"""Models on the running chat: promoted while messages flow, described, and labels found again."""

import asyncio
import subprocess
import sys
from typing import Any

import aiohttp

from chalicelib.sentiment.manifest import REPORT_FILE, Manifest, sha256
from local.testing import RunningStack
from testkit.client import People
from testkit.undertone import APP, ROOT
from trainer import artifact, evaluation, publish
from trainer.learning.index import Index
from trainer.learning.reader import follow, labelled
from trainer.learning.table import MessagesTable

BUCKET = "undertone-local-models-000000000000"
TABLE = "undertone-local-messages"
VERSION = "2027-01-01T00-00-00Z-aaaaaa"
PAGE = b"<!doctype html><title>report</title>"
TAKEN_OVER_SECONDS = 60
IN_A_ROW = 10  # so many messages from the new model: every worker that is still in use has it


def promoted_model() -> artifact.Artifact:
    default = artifact.read(evaluation.DEFAULT_MODEL)
    files = {**default.files, REPORT_FILE: PAGE}
    described = {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in files.items()}
    content: dict[str, Any] = {**default.manifest.content, "version": VERSION, "files": described}
    return artifact.Artifact(Manifest(content), files)


async def test_a_promoted_model_takes_over_without_delaying_messages(
    stack: RunningStack, people: People, room: str
) -> None:
    ada, bob = await people.in_room(room, 2)
    s3 = stack.client("s3")
    await ada.say(room, "before")
    await asyncio.to_thread(publish.publish, s3, BUCKET, promoted_model())
    loop = asyncio.get_running_loop()
    deadline = loop.time() + TAKEN_OVER_SECONDS
    sent = ["before"]
    models: list[str] = []
    while models[-IN_A_ROW:] != [VERSION] * IN_A_ROW:
        assert loop.time() < deadline, f"after a minute messages still come from {set(models)}"
        text = f"a lovely day {len(sent)}"
        message = await ada.say(room, text)
        sent.append(text)
        assert message["sentiment"]["label"] == "positive"
        models.append(message["sentiment"]["model"])
        await asyncio.sleep(0.25)
    assert [entry["text"] for entry in await bob.log(room)] == sent

    status, described = await people.rest("GET", "/model")
    assert status == 200
    while described["version"] != VERSION:
        assert loop.time() < deadline, "the description does not follow"
        await asyncio.sleep(1)
        _, described = await people.rest("GET", "/model")
    assert described["source"] == "bucket"
    # Another process of the function may serve it, and knows the model a moment later.
    response = await people.http.get(described["report"])
    while response.status == 404:
        assert loop.time() < deadline, "the report does not follow"
        await asyncio.sleep(1)
        response = await people.http.get(described["report"])
    async with response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert await response.read() == PAGE


async def test_labels_are_found_with_their_texts_except_withdrawn_ones(
    stack: RunningStack, people: People, room: str
) -> None:
    ada, bob = await people.in_room(room, 2)
    for text in ("first", "second", "third"):
        message = await ada.say(room, text)
        for client in (ada, bob):
            await client.send("label", room=room, seq=message["seq"], label="positive")
            await bob.message(room, lambda m, said=message: m["at"] > said["at"])  # type: ignore[misc]
    await bob.raw(f'{{"action":"label","room":"{room}","seq":1,"label":null}}')
    await bob.message(room, lambda m: m["seq"] == 1 and m.get("labels") == {"positive": 1})
    table = MessagesTable(stack.client("dynamodb"), TABLE)

    def learned() -> dict[str, int]:
        index = Index({room: follow(table, Index()).rooms[room]})
        return {each.text: len(each.labels) for each in labelled(table, index)}

    assert await asyncio.to_thread(learned) == {"first": 1, "second": 2, "third": 2}


async def test_the_trainers_commands_reach_the_running_stack(stack: RunningStack, people: People) -> None:
    within = [sys.executable, "-m", "local.within", "--app", str(APP), "--stage", "local"]
    command = [*within, "--state", str(stack.state), "--", sys.executable, "-m", "trainer", "list"]
    done = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    async with aiohttp.ClientSession() as http, http.get(f"{stack.rest_url}/health") as response:
        assert response.status == 200
