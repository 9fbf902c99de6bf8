"""The gateway wired together: APIs, site and their two servers."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from aiohttp import web

from local.application import Application
from local.gateway.access import Access
from local.gateway.connections import Connections
from local.gateway.half_open import close_half_open, request_logger
from local.gateway.integration import Integration
from local.gateway.management import ManagementApi
from local.gateway.rest import RestApi
from local.gateway.server import internal_application, public_application
from local.gateway.site import Site
from local.gateway.websocket import WebSocketApi
from local.lambdas.invoke_api import InvokeApi
from local.lambdas.variables import ACCOUNT_ID
from local.lambdas.worker_pools import WorkerPools
from local.options import StackOptions
from local.output import Console


@asynccontextmanager
async def serve(
    application: Application,
    pools: WorkerPools,
    options: StackOptions,
    console: Console,
    *,
    api_key: str,
    public: socket.socket,
    internal: socket.socket,
) -> AsyncIterator[None]:
    """Start the internal server, then the workers that need it, then the public one; stop in reverse."""
    api_id = application.api_id
    connections = Connections(options.gateway.send_buffer_bytes)
    management = ManagementApi(connections, options.gateway)
    invoke = InvokeApi(pools, options.functions, options.region, console.function_line)
    integration = Integration(pools, options.gateway.integration_seconds, options.functions.request_bytes)

    def report(line: str) -> None:
        console.function_line("gateway", line)

    websocket = WebSocketApi(application, api_id, integration, connections, options.gateway, report)
    access = Access(
        integration,
        method_arns=f"arn:aws:execute-api:{options.region}:{ACCOUNT_ID}:{api_id}/{application.api_stage}",
        identities=options.identities,
        api_key=api_key,
    )
    inside = internal_application(
        api_stage=application.api_stage,
        pools=pools,
        invoke=invoke,
        management=management,
        limits=options.functions,
    )
    outside = public_application(
        api_stage=application.api_stage,
        site=Site(options.site, application, options.version, options.site_headers, options.site_config),
        websocket=websocket if application.websocket_routes else None,
        rest=RestApi(application, api_id, integration, access, options.gateway, report),
        management=management,
        limits=options.gateway,
    )
    async with AsyncExitStack() as cleanup:
        await cleanup.enter_async_context(_listening(inside, internal))
        cleanup.push_async_callback(invoke.stop)
        await pools.start()
        # Bodies are decompressed as API Gateway does it, which is not as aiohttp does.
        await cleanup.enter_async_context(
            _listening(outside, public, close_half_open, auto_decompress=False, logger=request_logger(report))
        )
        cleanup.push_async_callback(websocket.stop)
        yield


@asynccontextmanager
async def nothing_deployed(internal: socket.socket) -> AsyncIterator[None]:
    """Answer on the internal port that there are no functions yet.

    Otherwise an application that calls one while it is imported would wait until it times out.
    """

    async def refuse(request: web.Request) -> web.Response:
        sentence = "There is no function yet: the application is being described and not yet deployed."
        headers = {"x-amzn-ErrorType": "ResourceNotFoundException"}
        return web.json_response({"Message": sentence, "message": sentence}, status=404, headers=headers)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", refuse)
    # A duplicate, because what listens is closed at the end.
    async with _listening(application, internal.dup()):
        yield


@asynccontextmanager
async def _listening(
    application: web.Application,
    listener: socket.socket,
    beside: Callable[[web.Server], Coroutine[Any, Any, None]] | None = None,
    **options: Any,
) -> AsyncIterator[None]:
    """Serve on a socket; `beside` runs as long as the server does."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1, **options)
    await runner.setup()
    task = asyncio.create_task(beside(runner.server)) if beside and runner.server else None
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        if task is not None:
            task.cancel()
        await runner.cleanup()
