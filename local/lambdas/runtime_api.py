"""The Runtime API that ``awslambdaric`` polls, one listening port for each worker.

The runtime client sends nothing that tells one worker from another, and takes a host and port only (its
error path refuses a URL path). So every worker has a port of its own, and the port identifies the caller.
"""

from typing import Protocol

from aiohttp import web

from local.lambdas.invocation import Invocation

_PREFIX = "/2018-06-01/runtime"
_BODY_BYTES = 64 * 1024 * 1024


class RuntimeClient(Protocol):
    """What a pool offers to one worker."""

    async def next_event(self) -> Invocation | None:
        """Wait for an event; None if the worker should exit."""

    def succeeded(self, request_id: str, payload: bytes) -> bool:
        """The handler returned; False if this event is not the worker's (any more)."""

    def failed(self, request_id: str, payload: bytes) -> bool:
        """The handler raised; False as above."""

    def init_failed(self, payload: bytes) -> None:
        """The application could not be imported."""

    @property
    def arn(self) -> str:
        """ARN of the function."""


class RuntimeApi:
    """Serves workers over HTTP on loopback."""

    def __init__(self) -> None:
        self._workers: dict[int, RuntimeClient] = {}
        self._sites: dict[int, web.TCPSite] = {}
        application = web.Application(client_max_size=_BODY_BYTES)
        application.router.add_get(f"{_PREFIX}/invocation/next", self._next)
        application.router.add_post(f"{_PREFIX}/invocation/{{id}}/response", self._response)
        application.router.add_post(f"{_PREFIX}/invocation/{{id}}/error", self._error)
        application.router.add_post(f"{_PREFIX}/init/error", self._init_error)
        # A worker that dies while it waits is noticed by its connection, before an event is handed to it.
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )

    async def start(self) -> None:
        """Get ready to open ports."""
        await self._runner.setup()

    async def open(self, worker: RuntimeClient) -> int:
        """Listen for one worker; return the port."""
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        server = site._server
        port = int(server.sockets[0].getsockname()[1])  # type: ignore[union-attr]
        self._workers[port] = worker
        self._sites[port] = site
        return port

    async def close(self, port: int) -> None:
        """Stop listening for a worker that has ended."""
        self._workers.pop(port, None)
        site = self._sites.pop(port, None)
        if site is not None:
            await site.stop()

    async def stop(self) -> None:
        """Close every port."""
        self._workers.clear()
        await self._runner.cleanup()

    def _worker(self, request: web.Request) -> RuntimeClient:
        transport = request.transport
        port = transport.get_extra_info("sockname")[1] if transport is not None else 0
        worker = self._workers.get(port)
        if worker is None:
            raise web.HTTPForbidden(text="this worker is no longer known")
        return worker

    async def _next(self, request: web.Request) -> web.Response:
        worker = self._worker(request)
        invocation = await worker.next_event()
        if invocation is None:
            raise web.HTTPForbidden(text="this worker should exit")
        headers = {
            "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
            "Lambda-Runtime-Deadline-Ms": str(invocation.deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": worker.arn,
            "Lambda-Runtime-Trace-Id": _trace_id(invocation),
        }
        return web.Response(body=invocation.payload, headers=headers, content_type="application/json")

    async def _response(self, request: web.Request) -> web.Response:
        known = self._worker(request).succeeded(request.match_info["id"], await request.read())
        return _accepted(known)

    async def _error(self, request: web.Request) -> web.Response:
        known = self._worker(request).failed(request.match_info["id"], await request.read())
        return _accepted(known)

    async def _init_error(self, request: web.Request) -> web.Response:
        self._worker(request).init_failed(await request.read())
        return _accepted(True)


def _trace_id(invocation: Invocation) -> str:
    """X-Ray header of an event that is not sampled."""
    started = f"{invocation.deadline_ms // 1000:08x}"
    root = invocation.request_id.replace("-", "")[:24]
    return f"Root=1-{started}-{root};Parent={root[:16]};Sampled=0"


def _accepted(known: bool) -> web.Response:
    if known:
        return web.json_response({"status": "OK"}, status=202)
    error = {"errorMessage": "Invalid request ID", "errorType": "InvalidRequestID"}
    return web.json_response(error, status=400)
