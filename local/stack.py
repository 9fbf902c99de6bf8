"""Everything wired together: what starts after what, and stops in the reverse order."""

import asyncio
import contextlib
import hashlib
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web

from local.application import Application
from local.description import describe, load_config
from local.emulator.ministack import MiniStack
from local.emulator.storage import apply_template
from local.environment import worker_python
from local.gateway.connections import Connections
from local.gateway.integration import Integration
from local.gateway.management import ManagementApi
from local.gateway.rest import RestApi
from local.gateway.server import internal_application, public_application
from local.gateway.site import Site
from local.gateway.websocket import WebSocketApi
from local.lambdas.fleet import Fleet, ProcessLauncher
from local.lambdas.invoke_api import InvokeApi
from local.lambdas.variables import CREDENTIALS, Endpoints
from local.options import StackOptions
from local.output import Console
from local.ports import listen, listen_internally
from local.state import StateDirectory


async def run_stack(options: StackOptions, console: Console) -> int:
    """Run until SIGINT or SIGTERM; return the exit code.

    Raises
    ------
    StackError
        Something could not start, or storage ended by itself. Everything is stopped by then.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.create_task(_run(options, console, stop))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stop.is_set() and not running.done():
        console.say("Stopping …")
        running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    return 0


async def _run(options: StackOptions, console: Console, stop: asyncio.Event) -> None:
    started = time.monotonic()
    async with AsyncExitStack() as cleanup:
        load_config(options.app, options.stage)
        state = StateDirectory(options.state)
        state.lock()
        cleanup.callback(state.unlock)
        public = listen(options.host, options.port)
        cleanup.callback(public.close)
        internal = listen_internally()
        cleanup.callback(internal.close)

        python = await asyncio.to_thread(worker_python, options.app, console.say)
        ministack = MiniStack(options.state, options.region)
        # Registered before the start: what is half started is stopped as well.
        cleanup.push_async_callback(ministack.stop)
        home = options.state / "home"
        home.mkdir(exist_ok=True)
        console.say("Starting …")
        application, outputs = await asyncio.gather(
            asyncio.to_thread(
                describe,
                options.app,
                options.stage,
                python=python,
                home=home,
                region=options.region,
                extra=options.env,
            ),
            _start_storage(ministack, options),
        )
        for sentence in application.unserved:
            console.say(f"Note: {sentence}")

        internal_url = f"http://127.0.0.1:{internal.getsockname()[1]}"
        endpoints = Endpoints(
            aws=ministack.url,
            functions=internal_url,
            management=f"{internal_url}/{application.api_stage}",
        )
        launcher = ProcessLauncher(
            python=python,
            app=options.app,
            home=home,
            region=options.region,
            endpoints=endpoints,
            extra=options.env,
            print_line=console.function_line,
        )
        fleet = Fleet(application, launcher, options.functions, console.function_line)
        cleanup.push_async_callback(fleet.stop)
        await cleanup.enter_async_context(
            _servers(application, fleet, options, console, public=public, internal=internal)
        )
        host = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host  # noqa: S104 - compared, not bound
        address = f"{host}:{options.port}"
        state.publish(
            {
                "url": f"http://{address}/",
                "websocketUrl": f"ws://{address}/ws",
                "restUrl": f"http://{address}/{application.api_stage}",
                "aws": endpoints.aws,
                "lambda": endpoints.functions,
                "management": endpoints.management,
                "region": options.region,
                "credentials": CREDENTIALS,
                "outputs": outputs,
                "pid": os.getpid(),
            }
        )
        cleanup.callback(state.forget_endpoints)
        console.say(f"Ready after {time.monotonic() - started:.1f} s: http://{address}/  (Ctrl-C stops)")
        await ministack.watch()


async def _start_storage(ministack: MiniStack, options: StackOptions) -> dict[str, str]:
    await ministack.start()
    if options.template is None:
        return {}
    name = f"local-{options.stage}"
    return await asyncio.to_thread(
        apply_template,
        options.template,
        options.parameters,
        stack=name,
        url=ministack.url,
        region=options.region,
    )


@asynccontextmanager
async def _servers(
    application: Application,
    fleet: Fleet,
    options: StackOptions,
    console: Console,
    *,
    public: socket.socket,
    internal: socket.socket,
) -> AsyncIterator[None]:
    """Start the internal server, then the workers that need it, then the public one; stop in reverse."""
    api_id = hashlib.sha256(f"{application.name}-{application.stage}".encode()).hexdigest()[:10]
    connections = Connections(options.gateway.send_buffer_bytes)
    management = ManagementApi(connections, options.gateway)
    invoke = InvokeApi(fleet, options.functions, options.region, console.function_line)
    integration = Integration(fleet, options.gateway.integration_seconds)

    def report(line: str) -> None:
        console.function_line("gateway", line)

    websocket = WebSocketApi(application, api_id, integration, connections, options.gateway, report)
    inside = internal_application(
        api_stage=application.api_stage,
        fleet=fleet,
        invoke=invoke,
        management=management,
        limits=options.functions,
    )
    outside = public_application(
        api_stage=application.api_stage,
        site=Site(options.site, application.api_stage, options.version, options.site_headers),
        websocket=websocket,
        rest=RestApi(application, api_id, integration, options.gateway),
        management=management,
        limits=options.gateway,
    )
    async with AsyncExitStack() as cleanup:
        await cleanup.enter_async_context(_serving(inside, internal))
        cleanup.push_async_callback(invoke.stop)
        await fleet.start()
        await cleanup.enter_async_context(_serving(outside, public))
        cleanup.push_async_callback(websocket.stop)
        yield


@asynccontextmanager
async def _serving(application: web.Application, listener: socket.socket) -> AsyncIterator[None]:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()
