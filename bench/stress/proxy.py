"""An HTTP proxy that makes a share of the requests fail during a storm."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack

import aiohttp
from aiohttp import web
from yarl import URL

from bench.stress.plan import Storm

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "host"}
MAX_EXTRA_SECONDS = 5.0
_MAX_BODY_BYTES = 16 * 1024 * 1024
# What the services say: kind of fault -> status, body.
_ANSWERS = {
    "storage_throttled": (
        400,
        b'{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"Rate exceeded"}',
    ),
    "storage_error": (
        500,
        b'{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Internal error"}',
    ),
    "post_error": (500, b'{"message":"Internal server error"}'),
    "post_throttled": (429, b'{"message":"Too Many Requests"}'),
}
_UNANSWERED = ("storage_unanswered", "post_unanswered")


class FaultyProxy:
    """A proxy in front of a service whose address `forward_to` gets once it runs."""

    def __init__(self, seed: int) -> None:
        self.injected: Counter[str] = Counter()
        self.requests = 0
        self._seed = seed
        self._target = ""
        self._blowing: dict[Storm, random.Random] = {}
        self._cleanup = AsyncExitStack()

    async def start(self) -> int:
        """Listen on a free loopback port and return it."""
        # Bytes are forwarded unchanged: a signature or a checksum covers them.
        self._http = await self._cleanup.enter_async_context(
            aiohttp.ClientSession(
                auto_decompress=False,
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=60),
            )
        )
        application = web.Application(client_max_size=_MAX_BODY_BYTES)
        application.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._cleanup.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port: int = runner.addresses[0][1]
        return port

    def forward_to(self, address: str) -> None:
        """Forward requests to the service at an address (scheme, host and port)."""
        self._target = address.rstrip("/")

    async def stop(self) -> None:
        """Close the port and every connection."""
        await self._cleanup.aclose()

    async def blow(self, storm: Storm) -> None:
        """Make requests fail during a storm; prolong it, within limits, until at least one has failed."""
        # The decisions of each storm follow from the seed: the n-th request in it fails in every run.
        self._blowing[storm] = random.Random(f"{self._seed} {storm.kind} {storm.at}")
        before = self.injected[storm.kind]
        try:
            await asyncio.sleep(storm.seconds)
            for _ in range(round(MAX_EXTRA_SECONDS / 0.05)):
                if self.injected[storm.kind] > before:
                    break
                await asyncio.sleep(0.05)
        finally:
            del self._blowing[storm]

    def _fault(self) -> str | None:
        for storm, rng in self._blowing.items():
            if rng.random() < storm.share:
                return storm.kind
        return None

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        body = await request.read()
        kind = self._fault()
        if kind is None:
            return await self._forward(request, body)
        self.injected[kind] += 1
        if kind in _ANSWERS:
            status, answer = _ANSWERS[kind]
            return web.Response(status=status, body=answer, content_type="application/json")
        if kind in _UNANSWERED:
            await self._forward(request, body)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        try:
            async with self._http.request(
                request.method,
                URL(f"{self._target}{request.raw_path}", encoded=True),
                headers=_end_to_end(request.headers) | {"Host": request.host},
                data=body,
            ) as answer:
                content = await answer.read()
                return web.Response(status=answer.status, body=content, headers=_end_to_end(answer.headers))
        except aiohttp.ClientError as error:
            return web.Response(status=502, text=f"the service behind the proxy did not answer: {error}")


def _end_to_end(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _HOP}
