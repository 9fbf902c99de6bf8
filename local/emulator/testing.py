"""Run MiniStack from a test or a benchmark, without a stack around it.

Example
-------
>>> with running_ministack(tmp_path, services=("dynamodb", "s3")) as url:
...     boto3.client("dynamodb", endpoint_url=url)
"""

import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

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
from local.ports import free_port


class EmulatorFailedError(AssertionError):
    """The emulator ended or did not become ready; the message holds its log."""


@contextmanager
def running_ministack(
    folder: Path,
    *,
    services: Iterable[str] = (),
    region: str = "us-east-1",
    persistent: bool = False,
    command: Sequence[str] = COMMAND,
    variables: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Run MiniStack in a process of its own for the time of a ``with`` block.

    Parameters
    ----------
    folder
        Where its log (``ministack.log``), temporary files and state go.
    services
        Names of the services it offers, for example ``("dynamodb", "s3")``; all of them if there are none.
    persistent
        Whether its data are kept in ``folder`` for the next run.
    command
        What runs it, with the variables of MiniStack in its environment.
    variables
        Further settings of MiniStack, for example ``{"AUTH": "true"}`` to enforce permissions.

    Yields
    ------
    str
        Endpoint of every service, on a free port of loopback.

    Raises
    ------
    EmulatorFailedError
        It ended or did not answer in time.
    """
    offered = tuple(services)
    with (folder / LOG_NAME).open("ab") as log:
        for _ in range(START_ATTEMPTS):
            port = free_port()
            url = f"http://127.0.0.1:{port}"
            process = subprocess.Popen(  # noqa: S603 - our own interpreter
                list(command),
                env=ministack_variables(
                    folder, port, region=region, services=offered, persistent=persistent, extra=variables
                ),
                cwd=WORKING_DIRECTORY,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            try:
                if _becomes_ready(process, url):
                    yield url
                    return
            finally:
                _stop(process)
    written = (folder / LOG_NAME).read_text("utf-8", "replace")
    raise EmulatorFailedError(f"MiniStack did not start:\n{written}")


def _becomes_ready(process: "subprocess.Popen[bytes]", url: str) -> bool:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if answers(url):
            return True
        time.sleep(0.05)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(SAVE_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
