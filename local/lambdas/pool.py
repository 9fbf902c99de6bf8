"""The workers of one function: events are dispatched, workers are started, timed out, replaced and ended."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from local.application import Function
from local.lambdas.invocation import Invocation, Result, ThrottledError
from local.lambdas.runtime_client import WorkerRuntimeClient
from local.lambdas.worker import Worker
from local.limits import LambdaLimits


class WorkerBudget(Protocol):
    """How many workers all functions together may have beyond the first of each."""

    def acquire(self) -> bool:
        """Take one worker from the budget; False if it is used up."""

    def release(self) -> None:
        """Give an ended worker back to the budget."""


class Launcher(Protocol):
    """Starts the processes of workers and cleans up after them."""

    async def launch(self, function: Function, port: WorkerRuntimeClient) -> Worker:
        """Start the process of a worker that talks to ``port``."""

    async def clear(self, port: WorkerRuntimeClient) -> None:
        """Forget a worker that has ended, or could not be started."""


class FunctionPool:
    """All workers of one function and the events that wait for one."""

    def __init__(
        self,
        function: Function,
        arn: str,
        limits: LambdaLimits,
        launcher: Launcher,
        budget: WorkerBudget,
        report: Callable[[str], None],
    ) -> None:
        self.function = function
        self.arn = arn
        self.workers: list[Worker] = []
        """Live workers, the initialising ones too."""
        self._limits = limits
        self._launcher = launcher
        self._budget = budget
        self._report = report
        self._pending: deque[Invocation] = deque()
        self._started = 0
        self._initialising = 0
        self._failed_inits = 0
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def starved(self) -> bool:
        """Whether more events wait than workers are starting."""
        return len(self._pending) > self._initialising

    async def invoke(self, payload: bytes) -> Result:
        """Run the function on one event, after those that wait already.

        Raises
        ------
        ThrottledError
            Too many events wait.
        """
        if self._closed or len(self._pending) >= self._limits.queued_events:
            raise ThrottledError(f"{self.function.name}: {len(self._pending)} events wait already")
        invocation = Invocation(payload, asyncio.get_running_loop().create_future())
        idle = [worker for worker in self.workers if worker.idle and not worker.retired]
        if idle and not self._pending:
            # The most recently used one, so that the others reach the idle timeout.
            self._dispatch(max(idle, key=lambda worker: worker.idle_since), invocation)
        else:
            self._pending.append(invocation)
            self.balance()
        return await invocation.result

    def balance(self) -> None:
        """Start workers for events that wait, up to the function's limit and within the budget."""
        while not self._closed and self.starved and self._started < self._limits.workers_per_function:
            # The first worker needs no budget, so that no function can starve another.
            if self._started and not self._budget.acquire():
                return
            self._start(extra=self._started > 0)

    def warm_up(self) -> None:
        """Start the first worker before there is an event."""
        if not self._started and not self._closed:
            self._start(extra=False)

    async def wait_until_warm(self) -> bytes | None:
        """Wait for the first worker; return the report of its failure if it could not initialise."""
        while self._started and not self.workers:
            await asyncio.sleep(0.01)
        if not self.workers:
            return b""
        worker = self.workers[0]
        await worker.settled.wait()
        return None if worker.initialised else worker.init_error or worker.exit_sentence().encode()

    def end_surplus(self, now: float) -> None:
        """End workers that were idle for too long, but not the last one of a function that is kept warm."""
        spare = len(self.workers) - (1 if self.function.keep_warm else 0)
        for worker in sorted(self.workers, key=lambda each: each.idle_since):
            if spare > 0 and worker.idle and now - worker.idle_since > self._limits.idle_seconds:
                worker.retired = True
                worker.kill()
                spare -= 1

    def replace_workers(self) -> None:
        """End idle workers now and busy ones after their event: the application's code has changed."""
        for worker in self.workers:
            worker.retired = True
            if worker.idle:
                worker.kill()

    async def stop(self) -> None:
        """Kill every worker and fail the events that wait."""
        self._closed = True
        while self._pending:
            self._pending.popleft().fail("Runtime.ExitError", "the stack is stopping")
        for worker in self.workers:
            worker.retired = True
            worker.kill()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def next_event(self, worker: Worker) -> Invocation | None:
        """Wait until there is an event for a worker; None if it should exit."""
        if worker.process.returncode is not None:
            # The process exited right after it asked, and its exit was handled first.
            return None
        if not worker.initialised:
            worker.initialised = True
            worker.settled.set()
            self._initialising -= 1
            self._failed_inits = 0
        if worker.retired:
            worker.kill()
            return None
        if self._pending:
            invocation = self._pending.popleft()
            self._begin(worker, invocation)
            return invocation
        worker.idle_since = time.monotonic()
        worker.parked = asyncio.get_running_loop().create_future()
        try:
            return await worker.parked
        except asyncio.CancelledError:
            return None
        finally:
            worker.parked = None

    def settle(self, worker: Worker, request_id: str, payload: bytes, *, error: bool) -> bool:
        """Answer the caller of the worker's event; False if the event timed out meanwhile."""
        if worker.current is None or worker.current.request_id != request_id:
            return False
        invocation = worker.release()
        if invocation is None:
            return False
        largest = self._limits.response_bytes
        if error:
            invocation.fail_with(payload)
        elif len(payload) > largest:
            message = f"Response payload size exceeded maximum allowed payload size ({largest} bytes)."
            self._report(f"{invocation.request_id} answered {len(payload)} bytes: {message}")
            invocation.fail("Function.ResponseSizeTooLarge", message)
        else:
            invocation.succeed(payload)
        return True

    def _dispatch(self, worker: Worker, invocation: Invocation) -> None:
        self._begin(worker, invocation)
        if worker.parked is not None:
            worker.parked.set_result(invocation)

    def _begin(self, worker: Worker, invocation: Invocation) -> None:
        timeout_seconds = self.function.timeout_seconds
        invocation.deadline_ms = int((time.time() + timeout_seconds) * 1000)
        timer = asyncio.get_running_loop().call_later(timeout_seconds, self._time_out, worker)
        worker.take(invocation, timer)

    def _time_out(self, worker: Worker) -> None:
        invocation = worker.release()
        if invocation is not None:
            sentence = f"Task timed out after {self.function.timeout_seconds:.2f} seconds"
            self._report(f"{invocation.request_id} {sentence}")
            invocation.fail("Sandbox.Timedout", sentence)
        worker.kill()

    def _start(self, *, extra: bool) -> None:
        self._started += 1
        self._initialising += 1
        task = asyncio.create_task(self._run_worker(extra))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_worker(self, extra: bool) -> None:
        """Start a process, and clean up after it whenever and however it ends."""
        port = WorkerRuntimeClient(self)
        initialised = False
        try:
            worker = await self._launcher.launch(self.function, port)
            self.workers.append(worker)
            port.worker.set_result(worker)
            if self._closed:
                worker.kill()
            watchdog = asyncio.get_running_loop().call_later(
                self._limits.init_seconds, self._init_overdue, worker
            )
            await worker.process.wait()
            watchdog.cancel()
            self.workers.remove(worker)
            initialised = worker.initialised
            self._fail_event_of(worker)
        except OSError as error:
            self._report(f"a worker could not be started: {error}")
            if self._pending:
                self._pending.popleft().fail("Runtime.ExitError", str(error))
        finally:
            self._started -= 1
            self._initialising -= 0 if initialised else 1
            await self._launcher.clear(port)
            if extra:
                self._budget.release()
            self.balance()
        if initialised and self.function.keep_warm:
            self.warm_up()

    def _init_overdue(self, worker: Worker) -> None:
        if not worker.initialised:
            self._report(f"importing the application took more than {self._limits.init_seconds:g} seconds")
            worker.init_error = b'{"errorType": "Sandbox.Timedout", "errorMessage": "Init phase timed out"}'
            worker.kill()

    def _fail_event_of(self, worker: Worker) -> None:
        """Fail the event of an ended worker, and no other."""
        worker.settled.set()
        if worker.idle and worker.parked is not None:
            worker.parked.cancel()
        invocation = worker.release()
        if invocation is not None:
            self._report(f"{invocation.request_id} {worker.exit_sentence()}")
            invocation.fail("Runtime.ExitError", worker.exit_sentence())
        elif not worker.initialised and not worker.retired:
            self._fail_init(worker)

    def _fail_init(self, worker: Worker) -> None:
        """Fail one queued event: no worker could start for it. The first that dies is replaced instead."""
        self._failed_inits += 1
        if not self._pending or (worker.init_error is None and self._failed_inits == 1):
            return
        waiting = self._pending.popleft()
        if worker.init_error is not None:
            waiting.fail_with(worker.init_error)
        else:
            waiting.fail("Runtime.ExitError", worker.exit_sentence())
