"""A real stack that runs the application under ``apps/echo``, shared by all tests of this folder."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from local.testing import RunningStack, running_stack

APPS = Path(__file__).parent / "apps"
QUICK = [
    *("--max-workers", "3"),
    *("--worker-idle-seconds", "2"),
    *("--async-retry-seconds", "0.2"),
    *("--integration-seconds", "6"),
    "--no-reload",
]
Connect = Callable[..., AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse]]


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """The shared stack: three workers for each function, short idle and retry times."""
    with running_stack(
        app=APPS / "echo",
        template=APPS / "template.yaml",
        parameters={"Stage": "dev"},
        env={"SHARED": "from the command line"},
        arguments=QUICK,
    ) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as client:
        yield client


@pytest.fixture
def connect(stack: RunningStack, session: aiohttp.ClientSession) -> Connect:
    """Open a WebSocket: ``async with connect("?mode=refuse") as socket``."""

    @asynccontextmanager
    async def opened(query: str = "", **options: Any) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        async with session.ws_connect(stack.ws_url + query, **options) as socket:
            yield socket

    return opened


@pytest.fixture
def ask() -> Callable[..., Any]:
    """Send one message and return the answer."""

    async def asked(socket: aiohttp.ClientWebSocketResponse, message: str) -> str:
        await socket.send_str(message)
        return await socket.receive_str(timeout=30)

    return asked


@pytest.fixture
def eventually() -> Callable[..., Any]:
    """Wait until something holds: ``await eventually(lambda: …)``."""

    async def waited(holds: Callable[[], Any], timeout_seconds: float = 30) -> Any:
        deadline = time.monotonic() + timeout_seconds
        while not (value := holds()):
            assert time.monotonic() < deadline, "it did not happen in time"
            await asyncio.sleep(0.05)
        return value

    return waited
