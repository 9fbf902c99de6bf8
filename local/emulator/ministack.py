"""Start, watch and stop the MiniStack child."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import BinaryIO

import aiohttp

from local.errors import StackError
from local.lambdas.variables import ACCOUNT_ID, CREDENTIALS
from local.processes import start_child, stop_child

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_SERVICES = "dynamodb,s3,sts,cloudformation"
_START_SECONDS = 60.0
_SAVE_SECONDS = 60.0
_TRIES = 3


class MiniStack:
    """DynamoDB and S3 on a free port of loopback, with their state in a directory."""

    def __init__(self, state: Path, region: str) -> None:
        self._state = state / "aws"
        self._log_path = state / "ministack.log"
        self._region = region
        self._log: BinaryIO | None = None
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    async def start(self) -> None:
        """Start it and wait until it answers.

        Raises
        ------
        StackError
            It ended or did not answer in time; the message names its log.
        """
        (self._state / "tmp").mkdir(parents=True, exist_ok=True)
        for attempt in range(1, _TRIES + 1):
            port = free_port()
            self.url = f"http://127.0.0.1:{port}"
            self._log = self._log_path.open("ab")
            self._process = await start_child(
                [sys.executable, "-m", "local.emulator.child"],
                env=self._variables(port),
                cwd=_PACKAGE_ROOT,
                stdout=self._log.fileno(),
                stderr=self._log.fileno(),
                death_signal=signal.SIGTERM,
            )
            if await self._answers():
                return
            # Somebody else may have taken the free port meanwhile: one more try on another.
            await self.stop()
            if attempt == _TRIES:
                raise StackError(f"MiniStack (DynamoDB and S3) did not start; see {self._log_path}")

    async def watch(self) -> None:
        """Wait until it ends by itself.

        Raises
        ------
        StackError
            Always: without it there is no storage.
        """
        if self._process is None:
            return
        code = await self._process.wait()
        raise StackError(f"MiniStack (DynamoDB and S3) ended with exit code {code}; see {self._log_path}")

    async def stop(self) -> None:
        """Stop it and wait until it has saved its state."""
        if self._process is not None:
            await stop_child(self._process, _SAVE_SECONDS)
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None

    def _variables(self, port: int) -> dict[str, str]:
        # Its own credentials and nothing of the developer's AWS account; PATH and HOME as for any program.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MINISTACK_", "S3_"))}
        return inherited | {
            **CREDENTIALS,
            "AUTH": "false",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            "MINISTACK_ACCOUNT_ID": ACCOUNT_ID,
            "MINISTACK_REGION": self._region,
            "MINISTACK_WORKER_THREADS": "8",
            "PERSIST_STATE": "1",
            "PYTHONUNBUFFERED": "1",
            "S3_DATA_DIR": str(self._state / "s3"),
            "S3_PERSIST": "1",
            "SERVICES": _SERVICES,
            "SFTP_ENABLED": "0",
            "STATE_DIR": str(self._state / "state"),
            # It leaves a file for its process id there.
            "TMPDIR": str(self._state / "tmp"),
        }

    async def _answers(self) -> bool:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _START_SECONDS
        async with aiohttp.ClientSession() as session:
            while loop.time() < deadline and self._process is not None and self._process.returncode is None:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    timeout = aiohttp.ClientTimeout(total=2)
                    async with session.get(f"{self.url}/_ministack/health", timeout=timeout) as response:
                        if response.status == 200:
                            return True
                await asyncio.sleep(0.05)
        return False


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
