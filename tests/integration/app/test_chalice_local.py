"""`chalice local` serves the REST routes on the data of a running stack."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from local.ports import free_port
from local.testing import RunningStack
from tests.support.client import People, unique
from tests.support.undertone import APP, ROOT

COMMAND = [sys.executable, "-m", "local.rest_only", "--app", str(APP), "--stage", "local"]


@pytest.fixture
def rest_url(stack: RunningStack) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "--state", str(stack.state), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


async def healthy(http: aiohttp.ClientSession, url: str) -> None:
    for _ in range(200):
        try:
            async with http.get(f"{url}/health") as response:
                assert response.status == 200
                return
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.1)
    raise AssertionError("chalice local did not start")


async def test_chalice_local_shares_people_and_messages_with_the_stack(
    people: People, room: str, rest_url: str
) -> None:
    [ada] = await people.in_room(room)
    said = await ada.say(room, "seen by both")
    await healthy(people.http, rest_url)
    bearer = {"Authorization": f"Bearer {ada.token}"}
    async with people.http.get(f"{rest_url}/rooms/{room}/messages", headers=bearer) as response:
        assert (await response.json())["messages"] == [said]
    async with people.http.post(f"{rest_url}/session", json={"name": ada.user["name"]}) as response:
        assert (response.status, (await response.json())["code"]) == (409, "name_taken")
    async with people.http.post(f"{rest_url}/session", json={"name": unique("bob")}) as response:
        assert response.status == 201
        token = (await response.json())["token"]
    assert (await people.rest("GET", "/rooms", token=token))[0] == 200


def test_chalice_local_without_a_running_stack_says_so(tmp_path: Path) -> None:
    ended = subprocess.run([*COMMAND, "--state", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "no stack runs" in ended.stderr


def test_a_port_that_is_taken_is_said_in_a_sentence(stack: RunningStack) -> None:
    taken = stack.url.rstrip("/").rpartition(":")[2]
    ended = subprocess.run(
        [*COMMAND, "--state", str(stack.state), "--port", taken],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == f"Port {taken} is taken by another program. Choose another one with --port.\n"
