"""One run: a stack, clients, faults, a quiet time to recover, and the check."""

import asyncio
import contextlib
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bench import progress, stacks
from bench.people import read_log, sign_in
from bench.stress import check
from bench.stress.client import StressClient
from bench.stress.log import Json
from bench.stress.plan import FAULTS, KILLS, POSTS, STORAGE, Kill, Plan
from bench.stress.proxy import FaultyProxy
from local.testing import RunningStack

JOIN_SECONDS = 10.0
GRACE_SECONDS = 240.0
"""How much longer than its faults a run may take, from the start of the stack to its end."""
STOP_SECONDS = 8.0
WORKERS = 6


@dataclass
class Outcome:
    """What a run found."""

    stored: int = 0
    voids: int = 0
    entries: int = 0
    quiet_seconds: float = 0.0
    behind: int = 0
    findings: check.Findings = field(default_factory=check.Findings)
    faults: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    output: str = ""


async def stress(plan: Plan, keep_output: Path | None = None) -> Outcome:
    """Run a plan on a stack of its own."""
    outcome = Outcome()
    deadline = time.monotonic() + plan.seconds + GRACE_SECONDS - STOP_SECONDS
    async with _faulty_stack(plan.seed) as (stack, storage, posts), aiohttp.ClientSession() as http:
        try:
            async with _clients(plan, stack, http) as clients:
                killed = await _storm(plan, clients, stack, {STORAGE: storage, POSTS: posts})
                began = time.monotonic()
                due = await _recover(clients, stack, http, plan, deadline)
                outcome.quiet_seconds = time.monotonic() - began
                outcome.behind = sum(not _all_have([client], due) for client in clients)
            # Read again: a worker may have stored an old request late, and a client may have received it.
            logs = await _read(stack, http, clients[0].person.token, plan)
            outcome.findings = check.check(clients, logs, due)
        finally:
            if keep_output is not None:
                keep_output.write_text(stack.output, "utf-8")
    for client in clients:
        outcome.counts.update(client.counts)
    seen = Counter({KILLS: killed}) + storage.injected + posts.injected + outcome.counts
    outcome.faults = {kind: seen[kind] for kind in FAULTS}
    everything = [entry for log in logs.values() for entry in log]
    outcome.entries = len(everything)
    outcome.voids = sum(1 for entry in everything if entry.get("void"))
    outcome.stored = sum(1 for e in everything if not e.get("void") and e["at"] == e["seq"])
    return outcome


@asynccontextmanager
async def _faulty_stack(seed: int) -> AsyncIterator[tuple[RunningStack, FaultyProxy, FaultyProxy]]:
    """A stack whose functions reach DynamoDB and ``@connections`` through proxies."""
    async with AsyncExitStack() as cleanup:
        storage, posts = FaultyProxy(seed), FaultyProxy(seed)
        addresses = []
        for proxy in (storage, posts):
            addresses.append(f"http://127.0.0.1:{await proxy.start()}")
            cleanup.push_async_callback(proxy.stop)
        state = cleanup.enter_context(tempfile.TemporaryDirectory(prefix="undertone-stress-"))
        stack = stacks.ours(
            Path(state),
            {
                "AWS_ENDPOINT_URL_DYNAMODB": addresses[0],
                "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": f"{addresses[1]}/api",
            },
            ["--max-workers", str(WORKERS), "--async-retry-seconds", "1"],
        )
        progress.show("starting the stack")
        cleanup.push_async_callback(asyncio.to_thread, stack.stop)
        await asyncio.to_thread(stack.start)
        storage.forward_to(stack.aws_url)
        posts.forward_to(stack.management_url.removesuffix("/api"))
        yield stack, storage, posts


@asynccontextmanager
async def _clients(
    plan: Plan, stack: RunningStack, http: aiohttp.ClientSession
) -> AsyncIterator[list[StressClient]]:
    """Clients in every room, connected and joined; they leave at the end."""
    clients = []
    for number in range(plan.clients):
        person = await sign_in(http, stack.rest_url, f"client {number}")
        # Most follow the log from its start; some want only what is new.
        whole = {room: (number + index) % 4 != 3 for index, room in enumerate(plan.rooms)}
        clients.append(StressClient(http, stack.ws_url, person, whole))
    running = [asyncio.create_task(client.run()) for client in clients]
    try:
        await _until(lambda: all(v.joined for c in clients for v in c.views.values()), JOIN_SECONDS)
        yield clients
    finally:
        await asyncio.gather(*(client.stop() for client in clients))
        await asyncio.gather(*running)


async def _storm(
    plan: Plan, clients: list[StressClient], stack: RunningStack, proxies: dict[str, FaultyProxy]
) -> int:
    """Carry out every action and fault at its time; return how many workers were killed."""
    began = time.monotonic()

    async def at(moment: float, what: Callable[[], Awaitable[object]]) -> object:
        await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
        return await what()

    async def act() -> None:
        for action in plan.actions:
            await at(action.at, lambda action=action: clients[action.client].act(action))  # type: ignore[misc]

    async def show() -> None:
        while True:
            left = plan.seconds - (time.monotonic() - began)
            progress.show(f"seed {plan.seed}: {max(0.0, left):.0f} s of faults left")
            await asyncio.sleep(0.5)

    shown = asyncio.create_task(show())
    storms = [at(s.at, lambda s=s: proxies[s.service].blow(s)) for s in plan.storms]  # type: ignore[misc]
    kills = [at(k.at, lambda k=k: _kill(stack, k)) for k in plan.kills]  # type: ignore[misc]
    try:
        results = await asyncio.gather(act(), *kills, *storms)
    finally:
        shown.cancel()
    return sum(1 for done in results if done is True)


async def _kill(stack: RunningStack, kill: Kill) -> bool:
    """Kill a worker, a busy one if one is found within half a second."""
    workers = []
    for _ in range(10):
        workers = await asyncio.to_thread(stack.workers, kill.function)
        if busy := [worker for worker in workers if worker["busy"]]:
            workers = busy
            break
        await asyncio.sleep(0.05)
    if not workers:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(int(workers[int(kill.pick * len(workers))]["pid"]), signal.SIGKILL)
        return True
    return False


async def _recover(
    clients: list[StressClient],
    stack: RunningStack,
    http: aiohttp.ClientSession,
    plan: Plan,
    deadline: float,
) -> dict[str, int]:
    """Wait, without faults, until every client has everything; return the last position of each log."""
    progress.show(f"seed {plan.seed}: recovering")
    while True:
        await _until(lambda: not any(c.pending for c in clients), deadline - time.monotonic())
        logs = await _read(stack, http, clients[0].person.token, plan)
        last = {room: log[-1]["at"] if log else 0 for room, log in logs.items()}
        seconds = min(2.0, deadline - time.monotonic())
        if await _until(lambda: _all_have(clients, last), seconds) or time.monotonic() > deadline:  # noqa: B023
            progress.show("")
            return last


async def _read(
    stack: RunningStack, http: aiohttp.ClientSession, token: str, plan: Plan
) -> dict[str, list[Json]]:
    return {room: await read_log(http, stack.rest_url, token, room) for room in plan.rooms}


def _all_have(clients: list[StressClient], last: dict[str, int]) -> bool:
    return all(
        # A client may know of more than REST shows: entries after a dead writer's position wait.
        view.joined and not client.pending and view.log.top >= max(last[room], view.log.wanted)
        for client in clients
        for room, view in client.views.items()
    )


async def _until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is true; return whether it became so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True
