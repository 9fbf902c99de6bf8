"""Starting the processes of workers."""

import asyncio
from collections.abc import Callable

from local.application import Function
from local.lambdas.runtime_api import RuntimeApi
from local.lambdas.runtime_client import WorkerRuntimeClient
from local.lambdas.sandbox import Sandbox
from local.lambdas.variables import worker_variables
from local.lambdas.worker import Worker, forward_lines
from local.processes import start_child

_OUTPUT_TIMEOUT_SECONDS = 1.0


class ProcessLauncher:
    """Implements ``Launcher`` with ``python -m awslambdaric`` in a sandbox."""

    def __init__(self, sandbox: Sandbox, print_line: Callable[[str, str], None]) -> None:
        self.api = RuntimeApi()
        self.sandbox = sandbox
        """Where workers start; another one may be set for those that start from then on."""
        self._print_line = print_line
        self._ports: dict[WorkerRuntimeClient, int] = {}
        self._outputs: dict[WorkerRuntimeClient, asyncio.Task[None]] = {}

    async def launch(self, function: Function, port: WorkerRuntimeClient) -> Worker:
        sandbox = self.sandbox
        self._ports[port] = await self.api.open(port)
        process = await start_child(
            [str(sandbox.python), "-m", "awslambdaric", function.handler],
            env=worker_variables(function, sandbox, runtime_api=f"127.0.0.1:{self._ports[port]}"),
            cwd=sandbox.task_root,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

        def write(line: str) -> None:
            self._print_line(function.short_name, sandbox.in_project(line))

        if process.stdout is not None:
            self._outputs[port] = asyncio.create_task(forward_lines(process.stdout, write))
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
