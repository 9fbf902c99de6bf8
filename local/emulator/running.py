"""MiniStack by itself, for tests that need storage and no stack."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local.emulator.ministack import HEALTH_PATH, ministack_environment
from local.errors import StackError
from local.ports import free_port

_START_TIMEOUT_SECONDS = 60.0
_STOP_TIMEOUT_SECONDS = 30.0
PROGRAM = ("-m", "ministack")


@contextmanager
def running_ministack(
    folder: Path, *, program: Sequence[str] = PROGRAM, region: str = "us-east-1", **settings: Any
) -> Iterator[str]:
    """Run MiniStack for the time of a `with` block; yields its endpoint.

    Parameters
    ----------
    folder
        Where it keeps its files and `ministack.log`. Nothing is saved for another run.
    program
        What is given to Python to start it.
    settings
        As for `ministack_environment`: `services`, and MiniStack's own variables.

    Raises
    ------
    StackError
        It ended or did not answer in time; the message holds its log.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    path = folder / "ministack.log"
    unsaved = {"PERSIST_STATE": "0", "S3_PERSIST": "0"}
    with path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, *program],
            cwd=folder,
            env=ministack_environment(port, folder, region, **(unsaved | settings)),
            stdout=log,
            stderr=log,
        )
        try:
            _wait(f"{url}{HEALTH_PATH}", process, path)
            yield url
        finally:
            process.terminate()
            process.wait(_STOP_TIMEOUT_SECONDS)


def _wait(health: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise StackError(f"MiniStack did not start:\n{log.read_text(errors='replace')}")
