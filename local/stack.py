"""What starts after what, and stops in the reverse order, whatever happens in between."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass

from local.application import Application
from local.callers import check_identities, guard_notes
from local.commands import repeat, stack_variables
from local.configuration import load_config
from local.deployment import Deployment, Redeployment
from local.emulator.choice import STORAGES
from local.emulator.port import Storage
from local.gateway.serving import nothing_deployed, serve
from local.lambdas.launcher import ProcessLauncher
from local.lambdas.sandbox import Endpoints
from local.lambdas.variables import CREDENTIALS
from local.lambdas.worker_pools import WorkerPools
from local.options import StackOptions
from local.output import Console
from local.ports import listen, listen_internally
from local.reloading import snapshot, watch
from local.state import StateDirectory
from local.template_variables import TemplateVariables, unused_templates


@dataclass(frozen=True)
class Prepared:
    """What is taken before anything is started."""

    options: StackOptions
    console: Console
    state: StateDirectory
    public: socket.socket
    internal: socket.socket
    started: float


def run_stack(options: StackOptions, console: Console) -> int:
    """Run until SIGINT or SIGTERM; return the exit code.

    Raises
    ------
    StackError
        Something could not start, or storage ended by itself. Everything is stopped by then.
    """
    started = time.monotonic()
    # Until the event loop takes over, SIGTERM ends the start as Ctrl-C does: through every `finally`.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # aiohttp warns of each client whose subprotocol the application does not choose; AWS does not either.
    logging.getLogger("aiohttp.websocket").setLevel(logging.ERROR)
    with ExitStack() as cleanup:
        load_config(options.app, options.stage)
        state = StateDirectory(options.state)
        state.lock()
        cleanup.callback(state.unlock)
        public = cleanup.enter_context(listen(options.host, options.port))
        internal = cleanup.enter_context(listen_internally())
        prepared = Prepared(options, console, state, public, internal, started)
        asyncio.run(_until_stopped(prepared))
    return 0


async def _until_stopped(prepared: Prepared) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    # SIGHUP comes when the terminal is closed.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.create_task(_run(prepared))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        prepared.console.say("Stopping …")
        running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _run(prepared: Prepared) -> None:
    options, console = prepared.options, prepared.console
    async with AsyncExitStack() as cleanup:
        storage = STORAGES[options.storage](options.state, options.region)
        # Registered before the start: what is half started is stopped as well.
        cleanup.push_async_callback(storage.stop)
        console.say("Starting …")
        # First, because the application may use its tables as soon as it is imported.
        outputs = await _start_storage(storage, options)
        variables = TemplateVariables.read(
            options.template, outputs, region=options.region, elsewhere=options.env
        )
        # Taken before the application is read, so that a change during the start is noticed as well.
        files = snapshot(options.app)
        deployment = Deployment(
            options,
            internal_url=f"http://127.0.0.1:{prepared.internal.getsockname()[1]}",
            aws_url=storage.url,
            variables=variables,
            say=console.say,
        )
        async with nothing_deployed(prepared.internal):
            application, sandbox = await deployment.deploy()
        check_identities(application, options.identities)
        api_key = prepared.state.api_key()
        guards = guard_notes(application, options.identities, api_key)
        for sentence in (*_unused_templates(options), *application.notes, *guards):
            console.say(f"Note: {sentence}")

        launcher = ProcessLauncher(sandbox, console.function_line)
        pools = WorkerPools(application, launcher, options.functions, console.function_line)
        cleanup.push_async_callback(pools.stop)
        servers = serve(
            application,
            pools,
            options,
            console,
            api_key=api_key,
            public=prepared.public,
            internal=prepared.internal,
        )
        await cleanup.enter_async_context(servers)
        address = _address(options)
        _publish(prepared, application, sandbox.endpoints, outputs, address)
        cleanup.callback(prepared.state.forget_endpoints)
        await cleanup.enter_async_context(_scheduled(prepared, sandbox.endpoints))
        seconds = time.monotonic() - prepared.started
        console.say(f"Ready after {seconds:.1f} s: http://{address}/  (Ctrl-C stops)")
        if options.reload:
            redeployment = Redeployment(deployment, application, launcher, pools, console.say)
            reloading = asyncio.create_task(watch(options.app, files, redeployment.run))
            cleanup.callback(reloading.cancel)
        await storage.watch()


@asynccontextmanager
async def _scheduled(prepared: Prepared, endpoints: Endpoints) -> AsyncIterator[None]:
    """Run the scheduled commands; leaving waits until they have stopped."""
    options = prepared.options
    application = load_config(options.app, options.stage).environment_variables | options.env
    where = {
        "aws": endpoints.aws,
        "lambda": endpoints.functions,
        "management": endpoints.management,
        "credentials": CREDENTIALS,
    }
    variables = stack_variables(where, application, region=options.region)
    tasks = [
        asyncio.create_task(repeat(each, variables, prepared.console.function_line))
        for each in options.scheduled
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _start_storage(storage: Storage, options: StackOptions) -> dict[str, str]:
    await storage.start()
    if options.template is None:
        return {}
    return await storage.apply_template(options.template, options.parameters, stack=f"local-{options.stage}")


def _unused_templates(options: StackOptions) -> list[str]:
    if options.template is not None:
        return []
    return [
        f"{path} is a CloudFormation template: --template {path} makes its tables and buckets, and gives "
        "functions the variables in it"
        for path in unused_templates(options.app)
    ]


def _address(options: StackOptions) -> str:
    """Host and port for a browser on this machine."""
    everywhere = options.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    host = "127.0.0.1" if everywhere else f"[{options.host}]" if ":" in options.host else options.host
    return f"{host}:{options.port}"


def _publish(
    prepared: Prepared,
    application: Application,
    endpoints: Endpoints,
    outputs: dict[str, str],
    address: str,
) -> None:
    prepared.state.publish(
        {
            "url": f"http://{address}/",
            **application.addresses(f"http://{address}"),
            "aws": endpoints.aws,
            "lambda": endpoints.functions,
            "management": endpoints.management,
            "region": prepared.options.region,
            "credentials": CREDENTIALS,
            "apiKey": prepared.state.api_key(),
            "outputs": outputs,
            "pid": os.getpid(),
        }
    )
