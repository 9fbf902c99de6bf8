"""Starting the processes of workers."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from local.application import Function
from local.lambdas.runtime_api import RuntimeApi
from local.lambdas.runtime_client import WorkerRuntimeClient
from local.lambdas.variables import Endpoints, worker_variables
from local.lambdas.worker import Worker, forward_lines
from local.processes import start_child

_OUTPUT_TIMEOUT_SECONDS = 1.0


class ProcessLauncher:
    """Implements ``Launcher`` with ``python -m awslambdaric`` in the worker environment."""

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
        self._ports: dict[WorkerRuntimeClient, int] = {}
        self._outputs: dict[WorkerRuntimeClient, asyncio.Task[None]] = {}

    async def launch(self, function: Function, port: WorkerRuntimeClient) -> Worker:
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

    async def clear(self, port: WorkerRuntimeClient) -> None:
        """Close the worker's Runtime API port after the rest of its output was printed."""
        output = self._outputs.pop(port, None)
        if output is not None:
            # A process that the worker has left behind may hold the pipe open.
            await asyncio.wait({output}, timeout=_OUTPUT_TIMEOUT_SECONDS)
            output.cancel()
        number = self._ports.pop(port, None)
        if number is not None:
            await self.api.close(number)
