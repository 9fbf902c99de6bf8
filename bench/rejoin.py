"""Many people come back to many rooms at once, and one connection joins and leaves all the time.

Measured beside an earlier version, each on a stack of its own, one after the other in one run: how long it
takes until everybody has the answer to every `join`, and how long somebody else's `send` takes meanwhile.
"""

import argparse
import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bench.earlier import HEAD, Figures, add_argument, beside_earlier, comparison_rows
from bench.people import sign_in
from bench.report import Report, Table
from bench.statistic import percentile
from local.testing import RunningStack

CROWDS = ((20, 8), (100, 10))
FLOOD_ROOMS = 6
FLOOD_PER_SECOND = 10
ANSWER_SECONDS = 300.0
MAX_TRIES = 100
SETTLING_SECONDS = 5.0  # until the crowd that left is announced


class RefusedError(RuntimeError):
    """The chat refused a join; the message has its answer."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument("--crowds", type=_crowds, default=CROWDS, help="people x rooms, as 20x8,100x10")
    parser.add_argument(
        "--seconds", type=float, default=15.0, help="length of the flood (default: %(default)s)"
    )
    add_argument(parser)


def run(arguments: argparse.Namespace) -> Report:
    """Measure this version and the earlier one."""
    found = beside_earlier(arguments, lambda stack: _all(stack, arguments))
    title = "People come back, and one connection floods the chat with joins"
    table = Table(title, HEAD, comparison_rows(found, decimals=2))
    return Report({"rejoin": found}, [table], ["Both ran on stacks of their own, one after the other."])


async def _all(stack: RunningStack, arguments: argparse.Namespace) -> Figures:
    figures: Figures = {}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        for people, rooms in arguments.crowds:
            # They were there before: what is kept of their presence is a large room's.
            await _rejoin(http, stack, people, rooms)
            await asyncio.sleep(SETTLING_SECONDS)
            took = await _rejoin(http, stack, people, rooms)
            figures[f"{people} x {rooms}: all joined, s"] = took
            figures[f"{people} x {rooms}: joins a second"] = people * rooms / took
        await asyncio.sleep(SETTLING_SECONDS)
        quiet = await _sends(http, stack, arguments.seconds)
        async with _flood(http, stack):
            flooded = await _sends(http, stack, arguments.seconds)
    figures["send, median, ms"] = percentile(quiet, 50)
    figures["send beside a flood of joins, median, ms"] = percentile(flooded, 50)
    figures["send beside a flood of joins, p95, ms"] = percentile(flooded, 95)
    return figures


async def _rejoin(http: aiohttp.ClientSession, stack: RunningStack, people: int, rooms: int) -> float:
    """Return the seconds until everybody has every answer."""
    names = [f"{people}-{rooms}-{n}" for n in range(rooms)]
    sockets = [await connect(http, stack) for _ in range(people)]
    begun = time.monotonic()
    await asyncio.gather(*(join(socket, names) for socket in sockets))
    took = time.monotonic() - begun
    for socket in sockets:
        await socket.close()
    return took


async def join(socket: aiohttp.ClientWebSocketResponse, rooms: list[str], tries: int = MAX_TRIES) -> None:
    """Join rooms at once and wait for every answer; like a client, try again what the gateway gave up.

    Raises
    ------
    RefusedError
        The chat refused a join, or the gateway gave up `tries` times.
    """
    waiting = set(rooms)
    await _ask_to_join(socket, waiting)
    while waiting:
        event: dict[str, Any] = json.loads(await socket.receive_str(timeout=ANSWER_SECONDS))
        if event.get("event") == "joined":
            waiting.discard(event["room"])
        elif event.get("event") == "error":
            raise RefusedError(f"the chat refused a frame: {event}")
        elif "event" not in event:
            tries -= 1
            if tries == 0:
                raise RefusedError(f"the gateway gave up: {event}")
            await _ask_to_join(socket, waiting)


async def _ask_to_join(socket: aiohttp.ClientWebSocketResponse, rooms: set[str]) -> None:
    for room in sorted(rooms):
        await socket.send_str(json.dumps({"action": "join", "room": room}))


async def _sends(http: aiohttp.ClientSession, stack: RunningStack, seconds: float) -> list[float]:
    """Return the milliseconds from each `send` to the sender's own copy, ascending."""
    socket = await connect(http, stack)
    await join(socket, ["quiet"])
    took: list[float] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        begun = time.monotonic()
        frame = {"action": "send", "room": "quiet", "id": str(uuid.uuid4()), "text": "still here?"}
        await socket.send_str(json.dumps(frame))
        await _own_copy(socket, frame["id"])
        took.append(1000 * (time.monotonic() - begun))
        await asyncio.sleep(0.1)
    await socket.close()
    return sorted(took)


async def _own_copy(socket: aiohttp.ClientWebSocketResponse, identifier: str) -> None:
    """Wait until a message comes back to its sender."""
    while True:
        event: dict[str, Any] = json.loads(await socket.receive_str(timeout=ANSWER_SECONDS))
        if identifier in {message.get("id") for message in event.get("messages", [])}:
            return


@asynccontextmanager
async def _flood(http: aiohttp.ClientSession, stack: RunningStack) -> AsyncIterator[None]:
    """Join and leave rooms on one connection, as fast as a connection may send frames."""
    socket = await connect(http, stack)

    async def flood() -> None:
        n = 0
        while True:
            action = "leave" if n // FLOOD_ROOMS % 2 else "join"
            await socket.send_str(json.dumps({"action": action, "room": f"flooded-{n % FLOOD_ROOMS}"}))
            n += 1
            await asyncio.sleep(1 / FLOOD_PER_SECOND)

    async def drop_answers() -> None:
        async for _ in socket:
            pass

    tasks = [asyncio.create_task(flood()), asyncio.create_task(drop_answers())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await socket.close()


async def connect(http: aiohttp.ClientSession, stack: RunningStack) -> aiohttp.ClientWebSocketResponse:
    """Sign somebody new in and open a connection."""
    person = await sign_in(http, stack.rest_url, uuid.uuid4().hex[:12])
    return await http.ws_connect(stack.ws_url, params={"token": person.token}, max_msg_size=0)


def _crowds(text: str) -> tuple[tuple[int, int], ...]:
    try:
        pairs = [tuple(map(int, one.split("x"))) for one in text.split(",")]
        return tuple((people, rooms) for people, rooms in pairs)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not people x rooms: write 20x8,100x10") from None
