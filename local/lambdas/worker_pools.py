"""All functions of the application, within one bound on the number of workers."""

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from local.application import Application, Function
from local.errors import StackError
from local.lambdas.init_error import init_error_text
from local.lambdas.invocation import Result
from local.lambdas.pool import FunctionPool
from local.lambdas.port import WorkerPort
from local.lambdas.runtime_api import RuntimeApi
from local.lambdas.variables import Endpoints, function_arn, worker_variables
from local.lambdas.worker import Worker, forward_lines
from local.limits import LambdaLimits
from local.processes import start_child


class UnknownFunctionError(LookupError):
    """The application has no function of this name."""


class ProcessLauncher:
    """Starts workers: ``python -m awslambdaric`` in the worker environment, one Runtime API port for each."""

    def __init__(
        self,
        *,
        python: Path,
        app: Path,
        home: Path,
        region: str,
        endpoints: Endpoints,
        extra: Mapping[str, str],
        print_line: Callable[[str, str], None],
    ) -> None:
        self.api = RuntimeApi()
        self.region = region
        self._python = python
        self._app = app
        self._home = home
        self._endpoints = endpoints
        self._extra = extra
        self._print_line = print_line
        self._ports: dict[WorkerPort, int] = {}
        self._outputs: dict[WorkerPort, asyncio.Task[None]] = {}

    async def launch(self, function: Function, port: WorkerPort) -> Worker:
        """Start one worker of a function."""
        self._ports[port] = await self.api.open(port)
        variables = worker_variables(
            function,
            app=self._app,
            home=self._home,
            region=self.region,
            runtime_api=f"127.0.0.1:{self._ports[port]}",
            endpoints=self._endpoints,
            extra=self._extra,
        )
        process = await start_child(
            [str(self._python), "-m", "awslambdaric", function.handler],
            env=variables,
            cwd=self._app,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        if process.stdout is not None:
            lines = forward_lines(process.stdout, lambda line: self._print_line(function.short_name, line))
            self._outputs[port] = asyncio.create_task(lines)
        return Worker(process)

    async def clear(self, port: WorkerPort) -> None:
        """Close the port of an ended worker after the rest of its output was printed."""
        output = self._outputs.pop(port, None)
        if output is not None:
            # A process that the worker has left behind may hold the pipe open.
            await asyncio.wait({output}, timeout=1)
            output.cancel()
        number = self._ports.pop(port, None)
        if number is not None:
            await self.api.close(number)


class WorkerPools:
    """The worker pools of all functions, and the budget of workers that they share."""

    def __init__(
        self,
        application: Application,
        launcher: ProcessLauncher,
        limits: LambdaLimits,
        print_line: Callable[[str, str], None],
    ) -> None:
        self._launcher = launcher
        self._limits = limits
        self._free = limits.extra_workers
        self._reaper: asyncio.Task[None] | None = None
        self.pools = {
            name: FunctionPool(
                function,
                function_arn(launcher.region, name),
                limits,
                launcher,
                self,
                lambda line, short=function.short_name: print_line(short, line),  # type: ignore[misc]
            )
            for name, function in application.functions.items()
        }

    async def start(self) -> None:
        """Start the Runtime API and one worker of each function that is kept warm, and wait for them.

        Raises
        ------
        StackError
            The application cannot be imported; the message carries its traceback.
        """
        await self._launcher.api.start()
        warm = [pool for pool in self.pools.values() if pool.function.keep_warm]
        # One after another, as many at a time as there are cores: importing is CPU work.
        gate = asyncio.Semaphore(os.cpu_count() or 2)

        async def warm_up(pool: FunctionPool) -> bytes | None:
            async with gate:
                pool.warm_up()
                return await pool.wait_until_warm()

        for pool, failure in zip(warm, await asyncio.gather(*map(warm_up, warm)), strict=True):
            if failure is not None:
                name = pool.function.short_name
                raise StackError(f"The function {name} cannot start:\n{init_error_text(failure)}")
        self._reaper = asyncio.create_task(self._end_surplus())

    async def invoke(self, name: str, payload: bytes) -> Result:
        """Run a function by its full name.

        Raises
        ------
        UnknownFunctionError
            There is no such function.
        ThrottledError
            Too many events wait for it.
        """
        pool = self.pools.get(name)
        if pool is None:
            raise UnknownFunctionError(name)
        return await pool.invoke(payload)

    def replace_workers(self) -> None:
        """Let events that come from now on run on newly started workers."""
        for pool in self.pools.values():
            pool.replace_workers()

    async def stop(self) -> None:
        """End every worker."""
        if self._reaper is not None:
            self._reaper.cancel()
        await asyncio.gather(*(pool.stop() for pool in self.pools.values()))
        await self._launcher.api.stop()

    def acquire(self) -> bool:
        """Take a worker beyond the first of its function from the budget."""
        if self._free == 0:
            return False
        self._free -= 1
        return True

    def release(self) -> None:
        """Give an ended worker back to the budget, and let the functions that need one have it."""
        self._free += 1
        for pool in self.pools.values():
            pool.balance()

    async def _end_surplus(self) -> None:
        while True:
            await asyncio.sleep(self._limits.idle_seconds / 4)
            for pool in self.pools.values():
                pool.end_surplus(time.monotonic())
