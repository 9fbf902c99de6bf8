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
    """Return the status, or 0 if there was no answer."""
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{url}/api/@connections/abc%3D", data=body) as response,
        ):
            return response.status
    except aiohttp.ClientError:
        return 0


async def during(proxied: tuple[FaultyProxy, str], kind: str) -> int:
    proxy, url = proxied
    storm = asyncio.create_task(proxy.blow(Storm(0.0, 0.1, kind, 1.0)))
    await asyncio.sleep(0.01)
    status = await post(url)
    await storm
    return status


async def test_a_proxy_without_a_storm_forwards_everything(
    service: Endpoint, proxy: tuple[FaultyProxy, str]
) -> None:
    assert await post(proxy[1], b"frame") == 200
    assert [body for _, body in service.frames["abc="]] == [b"frame"]
    assert not proxy[0].injected


@pytest.mark.parametrize(
    ("kind", "status", "arrived"),
    [("post_throttled", 429, 0), ("post_error", 500, 0), ("post_cut", 0, 0), ("post_unanswered", 0, 1)],
)
async def test_each_fault_looks_like_that_of_the_real_service(
    service: Endpoint, proxy: tuple[FaultyProxy, str], kind: str, status: int, arrived: int
) -> None:
    assert await during(proxy, kind) == status
    # aiohttp retries if a kept-alive connection closed without an answer; each of them was hit.
    assert proxy[0].injected[kind] >= 1
    assert (len(service.frames.get("abc=", [])) >= 1) == bool(arrived)
    assert await post(proxy[1]) == 200


async def test_throttled_storage_answers_as_dynamodb_does(proxy: tuple[FaultyProxy, str]) -> None:
    assert await during(proxy, "storage_throttled") == 400
