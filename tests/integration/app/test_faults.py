"""Workers die, storage stalls, the stack restarts: nothing that was acknowledged is lost."""

import asyncio
import contextlib
import os
import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.testing import RunningStack
from testkit.client import Client, people_at, unique
from testkit.undertone import running_undertone


@pytest.fixture(scope="module")
def private_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A stack that these tests may hurt."""
    with running_undertone(tmp_path_factory.mktemp("hurt")) as running:
        yield running


async def send_until_heard(client: Client, room: str, text: str) -> None:
    """Do what every client does: send, and send again with the same id until the own copy comes."""
    identifier = str(uuid.uuid4())
    for _ in range(10):
        await client.send("send", room=room, id=identifier, text=text)
        try:
            async with asyncio.timeout(4):
                await client.message(room, lambda message: message.get("id") == identifier)
            return
        except TimeoutError:
            continue
    raise AssertionError(f"{text!r} was never acknowledged; there are {client.events}")


async def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(private_stack: RunningStack) -> None:
    room = unique("room")
    async with people_at(private_stack.url) as people:
        ada, bob = await people.in_room(room, 2)
        texts = [f"message {n}" for n in range(30)]

        async def kill_workers() -> None:
            for _ in range(3):
                await asyncio.sleep(0.2)
                for pid in private_stack.worker_pids("websocket_message"):
                    with contextlib.suppress(ProcessLookupError):  # it may just have ended by itself
                        os.kill(pid, signal.SIGKILL)

        async def talk(client: Client, mine: list[str]) -> None:
            for text in mine:
                await send_until_heard(client, room, text)

        await asyncio.gather(kill_workers(), talk(ada, texts[::2]), talk(bob, texts[1::2]))
        log = await bob.log(room)
        said = [entry["text"] for entry in log if not entry.get("void")]
        assert sorted(said) == sorted(texts)
        assert [entry["at"] for entry in log] == list(range(1, len(log) + 1))
        carol = await people.connect()
        await carol.join(room)
        assert await carol.log(room) == log


@contextmanager
def stalled(pid: int) -> Iterator[None]:
    """Stop a process for the time of the block: its sockets stay open and nothing answers."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def storage_pid(stack: RunningStack) -> int:
    """Return the process of MiniStack, a child of the stack."""
    children = Path(f"/proc/{stack.pid}/task/{stack.pid}/children").read_text().split()
    [found] = [int(c) for c in children if b"emulator.child" in Path(f"/proc/{c}/cmdline").read_bytes()]
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the storage's process in /proc")
async def test_everything_is_unavailable_while_storage_is_down_and_works_afterwards(
    private_stack: RunningStack,
) -> None:
    room = unique("room")
    identifier = str(uuid.uuid4())
    async with people_at(private_stack.url) as people:
        [ada] = await people.in_room(room)
        with stalled(storage_pid(private_stack)):
            await ada.send("send", room=room, id=identifier, text="lost?", ref="r")
            (status, body), error = await asyncio.gather(people.rest("GET", "/health"), ada.event("error"))
        assert (status, body["code"]) == (503, "unavailable")
        assert (error["code"], error["id"], error["action"]) == ("unavailable", identifier, "send")
        assert error["message"]
        assert (await ada.say(room, "lost?", identifier))["text"] == "lost?"
        assert (await people.rest("GET", "/health"))[0] == 200
        assert [e["text"] for e in await ada.log(room) if not e.get("void")] == ["lost?"]


async def test_a_restart_keeps_messages_names_and_sessions(private_stack: RunningStack) -> None:
    room, name = unique("room"), unique("ada")
    async with people_at(private_stack.url) as people:
        ada = await people.connect(name)
        await ada.join(room)
        said = [await ada.say(room, f"message {n}") for n in range(3)]
        user, token = ada.user, ada.token
        await asyncio.to_thread(private_stack.restart)
        assert await ada.closed() in (1001, 1006)
    async with people_at(private_stack.url) as people:
        again = await people.open(user, token)
        joined = await again.join(room)
        assert joined["messages"] == said
        assert joined["online"] == 1
        missed = await again.join(room, after=1)
        assert missed["messages"] == said[1:]
        status, body = await people.rest("POST", "/session", json={"name": name})
        assert (status, body["code"]) == (409, "name_taken")
        assert (await again.say(room, "and on"))["seq"] == joined["lastSeq"] + 1
