"""Handing events to workers: processes that do nothing, and tests that speak for their runtime client."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from local.application import Function
from local.lambdas.invocation import ThrottledError
from local.lambdas.runtime_client import WorkerRuntimeClient
from local.lambdas.variables import function_name
from local.lambdas.worker import Worker
from tests.unit.local.pool_parts import LIMITS, Pool


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    made = Pool(LIMITS)
    yield made
    await made.pool.stop()
    assert made.budget.taken == 0 and made.processes.cleared == len(made.processes.ports)


async def test_a_result_comes_back_to_its_caller(pool: Pool) -> None:
    before_ms = time.time() * 1000
    call = pool.invoke(b'{"n": 1}')
    port = await pool.processes.port(0)
    event = await port.next_event()
    assert event is not None and event.payload == b'{"n": 1}'
    assert before_ms + 4_999 <= event.deadline_ms <= time.time() * 1000 + 5_000
    assert port.succeeded(event.request_id, b"42")
    result = await call
    assert (result.payload, result.is_error, result.request_id) == (b"42", False, event.request_id)


async def test_more_workers_start_while_all_are_busy_up_to_the_bound(pool: Pool) -> None:
    calls = [pool.invoke() for _ in range(3)]
    first, second = await pool.processes.port(0), await pool.processes.port(1)
    events = [await first.next_event(), await second.next_event()]
    await asyncio.sleep(0.05)
    assert len(pool.processes.ports) == 2
    assert events[0] is not None and first.succeeded(events[0].request_id, b"1")
    third = await first.next_event()
    assert third is not None and first.succeeded(third.request_id, b"3")
    assert (await calls[2]).payload == b"3"


async def test_the_first_worker_needs_no_budget_and_further_ones_do() -> None:
    made = Pool(LIMITS, budget=0)
    calls = [made.invoke(), made.invoke()]
    port = await made.processes.port(0)
    await asyncio.sleep(0.05)
    assert len(made.processes.ports) == 1
    for call in calls:
        event = await port.next_event()
        assert event is not None and port.succeeded(event.request_id, b"done")
        assert (await call).payload == b"done"
    await made.pool.stop()


async def test_a_process_that_cannot_be_started_fails_its_event() -> None:
    made = Pool(LIMITS)

    async def refuse(function: Function, port: WorkerRuntimeClient) -> Worker:
        raise OSError("no more processes")

    made.processes.launch = refuse  # type: ignore[method-assign]
    result = await asyncio.wait_for(made.invoke(), 30)
    assert result.is_error and b"no more processes" in result.payload
    await made.pool.stop()


async def test_an_import_that_never_ends_fails_its_event() -> None:
    made = Pool(replace(LIMITS, init_seconds=0.05))
    result = await asyncio.wait_for(made.invoke(), 30)
    assert result.is_error and b"Init phase timed out" in result.payload
    await made.pool.stop()


async def test_a_worker_that_dies_while_it_starts_is_replaced_once(pool: Pool) -> None:
    call = pool.invoke()
    (await (await pool.processes.port(0)).worker).kill()
    (await (await pool.processes.port(1)).worker).kill()
    result = await asyncio.wait_for(call, 30)
    assert result.is_error and b"signal: killed" in result.payload


async def test_a_waiting_worker_is_used_before_another_starts(pool: Pool) -> None:
    call = pool.invoke()
    port = await pool.processes.port(0)
    event = await port.next_event()
    assert event is not None and port.succeeded(event.request_id, b"1")
    await call
    parked = asyncio.create_task(port.next_event())
    await asyncio.sleep(0)
    again = pool.invoke()
    second = await asyncio.wait_for(parked, 30)
    assert second is not None and port.succeeded(second.request_id, b"2")
    assert (await again).payload == b"2" and len(pool.processes.ports) == 1


async def test_a_timeout_fails_that_invocation_and_ends_its_worker() -> None:
    made = Pool(LIMITS, timeout_seconds=0.1)
    call = made.invoke()
    port = await made.processes.port(0)
    event = await port.next_event()
    assert event is not None
    error = json.loads((await call).payload)
    assert error["errorType"] == "Sandbox.Timedout"
    assert error["errorMessage"].endswith("Error: Task timed out after 0.10 seconds")
    assert not port.succeeded(event.request_id, b"too late")
    assert port.worker.result().process.returncode in (None, -signal.SIGKILL)
    await made.pool.stop()


async def test_a_dead_worker_fails_its_own_event_alone(pool: Pool) -> None:
    calls = [pool.invoke(), pool.invoke()]
    ports = [await pool.processes.port(0), await pool.processes.port(1)]
    events = [await port.next_event() for port in ports]
    assert all(events)
    ports[0].worker.result().kill()
    failed = await calls[0]
    assert failed.is_error and json.loads(failed.payload)["errorType"] == "Runtime.ExitError"
    assert "signal: killed" in json.loads(failed.payload)["errorMessage"]
    assert events[1] is not None and ports[1].succeeded(events[1].request_id, b"fine")
    assert (await calls[1]).payload == b"fine"


async def test_an_import_error_reaches_the_caller(pool: Pool) -> None:
    call = pool.invoke()
    port = await pool.processes.port(0)
    worker = await port.worker
    port.init_failed(b'{"errorType": "Runtime.ImportModuleError", "errorMessage": "no module"}')
    worker.process.kill()
    result = await call
    assert result.is_error and b"ImportModuleError" in result.payload


async def test_a_queue_that_is_full_throttles(pool: Pool) -> None:
    calls = [pool.invoke() for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(ThrottledError):
        await pool.pool.invoke(b"{}")
    for call in calls:
        call.cancel()


async def test_a_response_that_is_too_large_is_an_error(pool: Pool) -> None:
    call = pool.invoke()
    port = await pool.processes.port(0)
    event = await port.next_event()
    assert event is not None and port.succeeded(event.request_id, b"x" * 101)
    assert json.loads((await call).payload)["errorType"] == "Function.ResponseSizeTooLarge"
    [line] = pool.said
    assert "answered 101 bytes" in line and "maximum allowed payload size (100 bytes)" in line


async def test_only_surplus_workers_end_when_idle() -> None:
    made = Pool(LIMITS, keep_warm=True)
    calls = [made.invoke(), made.invoke()]
    parked = []
    for number in range(2):
        port = await made.processes.port(number)
        event = await port.next_event()
        assert event is not None and port.succeeded(event.request_id, b"1")
        parked.append(asyncio.create_task(port.next_event()))
    await asyncio.gather(*calls)
    made.pool.end_surplus(time.monotonic() + LIMITS.idle_seconds + 1)
    async with asyncio.timeout(30):
        while len(made.pool.workers) > 1:
            await asyncio.sleep(0.01)
    made.pool.end_surplus(time.monotonic() + LIMITS.idle_seconds + 1)
    await asyncio.sleep(0.05)
    assert len(made.pool.workers) == 1
    await made.pool.stop()
    await asyncio.gather(*parked)


async def test_changed_code_runs_in_new_workers_after_the_current_event(pool: Pool) -> None:
    call = pool.invoke()
    port = await pool.processes.port(0)
    event = await port.next_event()
    pool.pool.replace_workers()
    assert event is not None and port.succeeded(event.request_id, b"old code")
    assert (await call).payload == b"old code"
    assert await port.next_event() is None
    again = pool.invoke()
    fresh = await pool.processes.port(1)
    event = await fresh.next_event()
    assert event is not None and fresh.succeeded(event.request_id, b"new code")
    assert (await again).payload == b"new code"


@pytest.mark.parametrize(
    "identifier",
    [
        "chat-dev-deliver",
        "chat-dev-deliver:$LATEST",
        "000000000000:function:chat-dev-deliver",
        "arn:aws:lambda:us-east-1:000000000000:function:chat-dev-deliver",
        "arn:aws:lambda:us-east-1:000000000000:function:chat-dev-deliver:live",
    ],
)
def test_functions_are_found_by_name_and_arn(identifier: str) -> None:
    assert function_name(identifier) == "chat-dev-deliver"


async def test_a_dead_worker_whose_last_request_comes_late_gets_no_event(pool: Pool) -> None:
    first = pool.invoke()
    dead = await pool.processes.port(0)
    event = await dead.next_event()
    assert event is not None and dead.succeeded(event.request_id, b"1")
    await first
    worker = await dead.worker
    worker.kill()
    await worker.process.wait()
    call = pool.invoke(b"2")
    alive = await pool.processes.port(1)
    async with asyncio.timeout(30):
        while pool.processes.cleared == 0:
            await asyncio.sleep(0.005)
    assert await dead.next_event() is None
    event = await alive.next_event()
    assert event is not None and event.payload == b"2"
    assert alive.succeeded(event.request_id, b"2")
    assert (await call).payload == b"2"
