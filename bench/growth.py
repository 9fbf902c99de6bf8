"""What grows with a deployment's past: the list of rooms, and a page of messages behind many changes.

`GET /rooms` with more and more rooms, and a `join` of a room of 15 messages after more and more changes of a
reaction: beside an earlier version, each on a stack of its own, one after the other in one run.
"""

import argparse
import asyncio
import time
from typing import Any

import aiohttp

from bench.earlier import HEAD, REFUSED, Figures, add_argument, beside_earlier, comparison_rows
from bench.people import sign_in
from bench.rejoin import RefusedError, connect, join
from bench.report import Report, Table
from local.testing import RunningStack

ROOMS = (100, 400, 1_600)
CHANGES = (0, 1_000, 6_000, 100_000)
MESSAGES = 15
ROUNDS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument("--rooms", type=int, nargs="+", default=list(ROOMS), help="rooms in the list")
    parser.add_argument("--changes", type=int, nargs="+", default=list(CHANGES), help="changes in the room")
    add_argument(parser)


def run(arguments: argparse.Namespace) -> Report:
    """Measure this version and the earlier one."""
    found = beside_earlier(arguments, lambda stack: _all(stack, arguments))
    table = Table("Milliseconds, the median of five", HEAD, comparison_rows(found, decimals=0))
    return Report({"growth": found}, [table], ["Both ran on stacks of their own, one after the other."])


async def _all(stack: RunningStack, arguments: argparse.Namespace) -> Figures:
    figures: Figures = {}
    async with aiohttp.ClientSession() as http:
        for changes in sorted(arguments.changes):
            await asyncio.to_thread(_write_log, stack, f"changed-{changes}", changes)
            figures[f"join after {changes:,} changes"] = await _joins(http, stack, f"changed-{changes}")
        for rooms in sorted(arguments.rooms):
            await asyncio.to_thread(_write_rooms, stack, rooms)
            figures[f"list of {rooms:,} rooms"] = await _lists(http, stack)
    return figures


async def _joins(http: aiohttp.ClientSession, stack: RunningStack, room: str) -> float:
    took = []
    for _ in range(ROUNDS):
        socket = await connect(http, stack)
        begun = time.monotonic()
        try:
            await join(socket, [room], tries=1)
        except RefusedError:
            return REFUSED
        took.append(1000 * (time.monotonic() - begun))
        await socket.close()
    return sorted(took)[ROUNDS // 2]


async def _lists(http: aiohttp.ClientSession, stack: RunningStack) -> float:
    person = await sign_in(http, stack.rest_url, f"reader {time.monotonic_ns()}")
    took = []
    for _ in range(ROUNDS):
        begun = time.monotonic()
        headers = {"Authorization": f"Bearer {person.token}"}
        async with http.get(f"{stack.rest_url}/rooms", headers=headers) as response:
            await response.read()
            if response.status != 200:
                return REFUSED
        took.append(1000 * (time.monotonic() - begun))
    return sorted(took)[ROUNDS // 2]


def _write_log(stack: RunningStack, room: str, changes: int) -> None:
    """Write what messages and changes of the first one leave, as the application does."""
    from chalicelib.adapters.dynamodb import items, keys  # noqa: PLC0415
    from chalicelib.domain.messages import Message, User  # noqa: PLC0415

    user, sent_at = User("u-bench", "bench"), "2026-11-29T10:00:00.000Z"
    messages = (
        Message(room, at, at, f"{at:032x}", user, "hello", sent_at, None) for at in range(1, MESSAGES + 1)
    )
    rows = [(keys.entry(room, message.seq), items.from_message(message)) for message in messages]
    last = MESSAGES + changes
    rows += [
        (keys.entry(room, at), items.from_change(1, previous=MESSAGES))
        for at in range(MESSAGES + 1, last + 1)
    ]
    rows.append((keys.room_state(room), {"last_place": last, "delivered0": last, "last_message": MESSAGES}))
    _write(stack, rows)


def _write_rooms(stack: RunningStack, count: int) -> None:
    from chalicelib.adapters.dynamodb import keys  # noqa: PLC0415

    now = int(1000 * time.time())
    kept = {"people_online": 0, "counted_at": now, "used_at": now}
    rows = [(keys.listed_room(f"room-{n}"), kept) for n in range(count)]
    rows += [(keys.room_state(f"room-{n}"), {"last_place": 1, "delivered0": 1}) for n in range(count)]
    _write(stack, rows)


def _write(stack: RunningStack, rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    from chalicelib.adapters.dynamodb.values import pack  # noqa: PLC0415

    client, table = stack.client("dynamodb"), stack.outputs["MessagesTable"]
    for start in range(0, len(rows), 25):
        puts = [{"PutRequest": {"Item": {**key, **pack(values)}}} for key, values in rows[start : start + 25]]
        client.batch_write_item(RequestItems={table: puts})
