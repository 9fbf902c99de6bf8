"""The worker pools of all functions of an application, within one worker budget."""

import asyncio
import os
import time
from collections.abc import Callable

from local.application import Application
from local.errors import StackError
from local.import_failure import init_error_sentence
from local.lambdas.invocation import Result
from local.lambdas.launcher import ProcessLauncher
from local.lambdas.pool import FunctionPool
from local.lambdas.variables import function_arn
from local.limits import LambdaLimits


class UnknownFunctionError(LookupError):
    """The application has no function of this name."""


class WorkerPools:
    """Finds functions by name and runs them. Implements ``WorkerBudget`` for their pools."""

    def __init__(
        self,
        application: Application,
        launcher: ProcessLauncher,
        limits: LambdaLimits,
        print_line: Callable[[str, str], None],
    ) -> None:
        self._launcher = launcher
        self._limits = limits
        self._free_workers = limits.extra_workers
        self._ending_surplus: asyncio.Task[None] | None = None
        self.by_function = {
            name: FunctionPool(
                function,
                function_arn(launcher.sandbox.region, name),
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
            The application cannot be imported; the message names the line at which it fails.
        """
        await self._launcher.api.start()
        warm = [pool for pool in self.by_function.values() if pool.function.keep_warm]
        # Importing is CPU work: as many at a time as there are cores.
        cores = asyncio.Semaphore(os.cpu_count() or 2)

        async def warm_up(pool: FunctionPool) -> bytes | None:
            async with cores:
                pool.warm_up()
                return await pool.wait_until_warm()

        for pool, failure in zip(warm, await asyncio.gather(*map(warm_up, warm)), strict=True):
            if failure is not None:
                sandbox = self._launcher.sandbox
                reason = init_error_sentence(sandbox.project, sandbox.task_root, failure)
                raise StackError(f"The function {pool.function.short_name} cannot start: {reason}")
        self._ending_surplus = asyncio.create_task(self._end_surplus())

    async def invoke(self, name: str, payload: bytes) -> Result:
        """Run a function by its full name.

        Raises
        ------
        UnknownFunctionError
            There is no such function.
        ThrottledError
            Too many events wait for it.
        """
        pool = self.by_function.get(name)
        if pool is None:
            raise UnknownFunctionError(name)
        return await pool.invoke(payload)

    def replace_workers(self) -> None:
        """Let events that come from now on run on newly started workers."""
        for pool in self.by_function.values():
            pool.replace_workers()

    async def stop(self) -> None:
        """End every worker."""
        if self._ending_surplus is not None:
            self._ending_surplus.cancel()
        await asyncio.gather(*(pool.stop() for pool in self.by_function.values()))
        await self._launcher.api.stop()

    def acquire(self) -> bool:
        """Take one worker from the budget; False if it is used up."""
        if self._free_workers == 0:
            return False
        self._free_workers -= 1
        return True

    def release(self) -> None:
        """Give an ended worker back to the budget, and let the functions with waiting events use it."""
        self._free_workers += 1
        for pool in self.by_function.values():
            pool.balance()

    async def _end_surplus(self) -> None:
        while True:
            await asyncio.sleep(self._limits.idle_seconds / 4)
            for pool in self.by_function.values():
                pool.end_surplus(time.monotonic())
