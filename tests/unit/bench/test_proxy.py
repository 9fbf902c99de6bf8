"""The proxy that injects the faults of a stress run."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bench.endpoint import Endpoint, Rules
from bench.stress.plan import Storm
from bench.stress.proxy import FaultyProxy


@pytest.fixture
async def service() -> AsyncIterator[Endpoint]:
    endpoint = Endpoint(Rules(latency_seconds=0.0, keep=True))
    endpoint.port = await endpoint.start()  # type: ignore[attr-defined]
    yield endpoint
    endpoint.stop()


@pytest.fixture
async def proxy(service: Endpoint) -> AsyncIterator[tuple[FaultyProxy, str]]:
    proxy = FaultyProxy(1)
    url = f"http://127.0.0.1:{await proxy.start()}"
    proxy.forward_to(f"http://127.0.0.1:{service.port}")  # type: ignore[attr-defined]
    yield proxy, url
    await proxy.stop()


async def post(url: str, body: bytes = b"hello") -> int:
    """Return the status, or 0 where there was no answer."""
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{url}/api/@connections/abc%3D", data=body) as response,
        ):
            return response.status
    except aiohttp.ClientError:
        return 0


async def during(proxy: FaultyProxy, url: str, kind: str) -> int:
    storm = asyncio.create_task(proxy.blow(Storm(0.0, 0.1, kind, 1.0)))
    await asyncio.sleep(0.01)
    status = await post(url)
    await storm
    return status


async def test_a_quiet_proxy_passes_everything_on(service, proxy):
    assert await post(proxy[1], b"frame") == 200
    assert [body for _, body in service.frames["abc="]] == [b"frame"]
    assert not proxy[0].injected


@pytest.mark.parametrize(
    ("kind", "status", "arrived"),
    [("post_throttled", 429, 0), ("post_error", 500, 0), ("post_cut", 0, 0), ("post_unanswered", 0, 1)],
)
async def test_each_fault_looks_as_it_would(service, proxy, kind, status, arrived):
    assert await during(*proxy, kind) == status
    # aiohttp asks again where a kept-alive link closed without an answer; each of them was hit.
    assert proxy[0].injected[kind] >= 1
    assert (len(service.frames.get("abc=", [])) >= 1) == bool(arrived)
    assert await post(proxy[1]) == 200


async def test_throttled_storage_says_so_as_dynamodb_does(proxy):
    assert await during(*proxy, "storage_throttled") == 400
