"""What the Runtime API sees of one worker: the pool's answers to its three calls."""

import asyncio
from typing import Protocol

from local.lambdas.invocation import Invocation
from local.lambdas.worker import Worker


class EventSource(Protocol):
    """The part of a pool that workers reach."""

    arn: str

    async def next_event(self, worker: Worker) -> Invocation | None:
        """Park a worker until there is an event for it."""

    def settle(self, worker: Worker, request_id: str, payload: bytes, *, error: bool) -> bool:
        """Answer the caller of the worker's event."""


class WorkerRuntimeClient:
    """Implements :class:`local.lambdas.runtime_api.RuntimeClient` for one worker of a pool."""

    def __init__(self, pool: EventSource) -> None:
        self._pool = pool
        # The port exists before the process, because the process is started with its address.
        self.worker: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()

    @property
    def arn(self) -> str:
        """ARN of the function."""
        return self._pool.arn

    async def next_event(self) -> Invocation | None:
        """Wait for an event."""
        return await self._pool.next_event(await self.worker)

    def succeeded(self, request_id: str, payload: bytes) -> bool:
        """Settle the event with what the handler returned."""
        return self._pool.settle(self.worker.result(), request_id, payload, error=False)

    def failed(self, request_id: str, payload: bytes) -> bool:
        """Settle the event with the error that the handler raised."""
        return self._pool.settle(self.worker.result(), request_id, payload, error=True)

    def init_failed(self, payload: bytes) -> None:
        """Remember why the application could not be imported; the process ends by itself."""
        self.worker.result().init_error = payload
