"""MiniStack as the stack's storage, and by itself for tests."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import aiohttp

from local.emulator.provisioning import apply_template
from local.errors import StackError
from local.lambdas.variables import ACCOUNT_ID, CREDENTIALS
from local.ports import free_port
from local.processes import start_child, stop_child

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_SERVICES = "dynamodb,s3,sts,cloudformation"
_START_TIMEOUT_SECONDS = 60.0
_SAVE_TIMEOUT_SECONDS = 60.0
_MAX_ATTEMPTS = 3
HEALTH_PATH = "/_ministack/health"


class MiniStack:
    """The protocol `Storage` on a free port of loopback."""

    def __init__(self, state: Path, region: str) -> None:
        self._state = state / "aws"
        self._log_path = state / "ministack.log"
        self._region = region
        self._log: BinaryIO | None = None
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    async def start(self) -> None:
        self._state.mkdir(parents=True, exist_ok=True)
        for attempt in range(1, _MAX_ATTEMPTS + 1):
            port = free_port()
            self.url = f"http://127.0.0.1:{port}"
            self._log = self._log_path.open("ab")
            self._process = await start_child(
                [sys.executable, "-m", "local.emulator.child"],
                env=ministack_environment(port, self._state, self._region),
                cwd=_PACKAGE_ROOT,
                stdout=self._log.fileno(),
                stderr=self._log.fileno(),
                death_signal=signal.SIGTERM,
            )
            if await self._answers():
                return
            # Somebody else may have taken the free port meanwhile: try another.
            await self.stop()
            if attempt == _MAX_ATTEMPTS:
                raise StackError(f"MiniStack (DynamoDB and S3) did not start; see {self._log_path}")

    async def apply(self, template: Path, parameters: Mapping[str, str], stack: str) -> dict[str, str]:
        return await asyncio.to_thread(
            apply_template, template, parameters, stack=stack, url=self.url, region=self._region
        )

    async def watch(self) -> None:
        if self._process is None:
            return
        code = await self._process.wait()
        raise StackError(f"MiniStack (DynamoDB and S3) ended with exit code {code}; see {self._log_path}")

    async def stop(self) -> None:
        if self._process is not None:
            await stop_child(self._process, _SAVE_TIMEOUT_SECONDS)
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None

    async def _answers(self) -> bool:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _START_TIMEOUT_SECONDS
        async with aiohttp.ClientSession() as session:
            while loop.time() < deadline and self._process is not None and self._process.returncode is None:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    timeout = aiohttp.ClientTimeout(total=2)
                    async with session.get(f"{self.url}{HEALTH_PATH}", timeout=timeout) as response:
                        if response.status == 200:
                            return True
                await asyncio.sleep(0.05)
        return False


def ministack_environment(
    port: int, folder: Path, region: str, *, services: str | None = _SERVICES, **settings: str
) -> dict[str, str]:
    """Return the environment of a MiniStack process.

    Parameters
    ----------
    port
        Where it listens, on loopback.
    folder
        Where it keeps its state.
    services
        What it serves, separated by commas; None for everything that it knows.
    settings
        Further variables, or other values for these.
    """
    # Its own credentials and nothing of the developer's AWS account; PATH and HOME as for any program.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MINISTACK_", "S3_"))}
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return inherited | {
        **CREDENTIALS,
        "AUTH": "false",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_ACCOUNT_ID": ACCOUNT_ID,
        "MINISTACK_REGION": region,
        "MINISTACK_WORKER_THREADS": "8",
        "PERSIST_STATE": "1",
        "PYTHONUNBUFFERED": "1",
        "S3_DATA_DIR": str(folder / "s3"),
        "S3_PERSIST": "1",
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        # It leaves a file for its process id there.
        "TMPDIR": str(temporary),
        **({} if services is None else {"SERVICES": services}),
        **settings,
    }
