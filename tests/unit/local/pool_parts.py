"""A function's pool whose workers are processes that sleep, within a budget that is counted."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from local.application import Function
from local.lambdas.pool import FunctionPool
from local.lambdas.runtime_client import WorkerRuntimeClient
from local.lambdas.worker import Worker
from local.limits import LambdaLimits
from local.processes import start_child

LIMITS = replace(LambdaLimits(), workers_per_function=2, queued_events=3, idle_seconds=10, response_bytes=100)


class SleepingProcesses:
    """Implements ``Launcher`` with processes that sleep."""

    def __init__(self) -> None:
        self.ports: list[WorkerRuntimeClient] = []
        self.cleared = 0

    async def launch(self, function: Function, port: WorkerRuntimeClient) -> Worker:
        process = await start_child(
            [sys.executable, "-S", "-c", "import time; time.sleep(60)"],
            env={},
            cwd=Path("/"),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self.ports.append(port)
        return Worker(process)

    async def clear(self, port: WorkerRuntimeClient) -> None:
        self.cleared += 1

    async def port(self, number: int) -> WorkerRuntimeClient:
        async with asyncio.timeout(30):
            while len(self.ports) <= number:
                await asyncio.sleep(0.005)
        return self.ports[number]


class CountedBudget:
    """Implements ``WorkerBudget`` and counts what is taken."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.taken = 0

    def acquire(self) -> bool:
        if self.taken == self.size:
            return False
        self.taken += 1
        return True

    def release(self) -> None:
        self.taken -= 1


class Pool:
    def __init__(self, limits: LambdaLimits, budget: int = 10, **function: Any) -> None:
        values: dict[str, Any] = {
            "name": "a-dev-f",
            "short_name": "f",
            "handler": "app.f",
            "logical_id": "F",
            "timeout_seconds": 5,
            "memory_mb": 128,
        }
        self.processes = SleepingProcesses()
        self.budget = CountedBudget(budget)
        self.said: list[str] = []
        arn = "arn:aws:lambda:us-east-1:000000000000:function:a-dev-f"
        self.pool = FunctionPool(
            Function(**(values | function)), arn, limits, self.processes, self.budget, self.said.append
        )

    def invoke(self, payload: bytes = b"{}") -> "asyncio.Task[Any]":
        return asyncio.create_task(self.pool.invoke(payload))
