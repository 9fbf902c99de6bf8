"""MiniStack as the stack's storage: a child process whose state is kept in the state directory."""

import asyncio
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from local.emulator.cloudformation import apply_template
from local.emulator.ministack_process import (
    COMMAND,
    LOG_NAME,
    SAVE_TIMEOUT_SECONDS,
    START_ATTEMPTS,
    START_TIMEOUT_SECONDS,
    WORKING_DIRECTORY,
    answers,
    ministack_variables,
)
from local.errors import StackError
from local.ports import free_port
from local.processes import start_child, stop_child

_SERVICES = ("dynamodb", "s3", "sts", "cloudformation")
_THREADS = {"MINISTACK_WORKER_THREADS": "8"}


class MiniStack:
    """Implements :class:`local.emulator.port.Storage` on a free port of loopback."""

    def __init__(self, state: Path, region: str) -> None:
        self.url = ""
        self._folder = state / "aws"
        self._log_path = state / LOG_NAME
        self._region = region
        self._log: BinaryIO | None = None
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Try another port if it does not answer on the first."""
        for _ in range(START_ATTEMPTS):
            port = free_port()
            self.url = f"http://127.0.0.1:{port}"
            variables = ministack_variables(
                self._folder,
                port,
                region=self._region,
                services=_SERVICES,
                persistent=True,
                extra=_THREADS,
            )
            self._log = self._log_path.open("ab")
            self._process = await start_child(
                COMMAND,
                env=variables,
                cwd=WORKING_DIRECTORY,
                stdout=self._log.fileno(),
                stderr=self._log.fileno(),
                death_signal=signal.SIGTERM,
            )
            if await self._becomes_ready():
                return
            await self.stop()
        raise StackError(f"MiniStack (DynamoDB and S3) did not start; see {self._log_path}")

    async def apply_template(
        self, template: Path, parameters: Mapping[str, str], *, stack: str
    ) -> dict[str, str]:
        """Give its CloudFormation the part of the template that it understands."""
        return await asyncio.to_thread(
            apply_template, template, parameters, stack=stack, url=self.url, region=self._region
        )

    async def watch(self) -> None:
        """Wait for the end of the process."""
        if self._process is None:
            return
        code = await self._process.wait()
        raise StackError(f"MiniStack (DynamoDB and S3) ended with exit code {code}; see {self._log_path}")

    async def stop(self) -> None:
        """Stop it with SIGTERM, upon which it saves."""
        if self._process is not None:
            await stop_child(self._process, SAVE_TIMEOUT_SECONDS)
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None

    async def _becomes_ready(self) -> bool:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + START_TIMEOUT_SECONDS
        while loop.time() < deadline and self._process is not None and self._process.returncode is None:
            if await asyncio.to_thread(answers, self.url):
                return True
            await asyncio.sleep(0.05)
        return False
