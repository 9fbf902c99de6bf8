"""Run a stack from a test: a real process on free ports, with a state directory of its own.

Example
-------
>>> with running_stack(app=Path("chalice_app"), template=Path("template.yaml"), state=tmp_path) as stack:
...     requests.get(f"{stack.rest_url}/health")
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3

from local.ports import reserve_port
from local.state import ENDPOINTS_FILE

_ROOT = Path(__file__).resolve().parents[1]
_START_TIMEOUT_SECONDS = 300.0
_STOP_TIMEOUT_SECONDS = 60.0


class StackFailedError(AssertionError):
    """The stack ended or did not become ready; the message holds what it printed."""


class RunningStack:
    """A stack in a child process. ``start`` and ``stop`` may be called again and again: the state stays."""

    def __init__(
        self,
        arguments: Sequence[str],
        state: Path,
        env: Mapping[str, str] | None = None,
        module: str = "local",
    ) -> None:
        self.state = state
        self._command = [sys.executable, "-m", module, *arguments]
        self._env = {**os.environ, **(env or {}), "PYTHONUNBUFFERED": "1"}
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._lines: list[str] = []
        self.endpoints: dict[str, Any] = {}

    # -- where everything is -------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Address of the site, with a slash at its end."""
        return str(self.endpoints["url"])

    @property
    def ws_url(self) -> str:
        """Address of the WebSocket API; a ``KeyError`` if the application has none."""
        return str(self.endpoints["websocketUrl"])

    @property
    def rest_url(self) -> str:
        """Address of the REST API, without a slash at its end; a ``KeyError`` if there is none."""
        return str(self.endpoints["restUrl"])

    @property
    def aws_url(self) -> str:
        """Endpoint of DynamoDB and S3."""
        return str(self.endpoints["aws"])

    @property
    def lambda_url(self) -> str:
        """Endpoint of Lambda's ``Invoke``."""
        return str(self.endpoints["lambda"])

    @property
    def management_url(self) -> str:
        """Endpoint of ``@connections``, as for boto3's ``apigatewaymanagementapi``."""
        return str(self.endpoints["management"])

    @property
    def outputs(self) -> dict[str, str]:
        """Outputs of the template, for example names of tables."""
        return dict(self.endpoints["outputs"])

    @property
    def api_key(self) -> str:
        """What opens routes that require an API key, in the header ``x-api-key``."""
        return str(self.endpoints["apiKey"])

    @property
    def pid(self) -> int:
        """Process id of the stack."""
        return int(self.endpoints["pid"])

    @property
    def output(self) -> str:
        """Everything that the stack has printed so far."""
        return "".join(self._lines)

    def client(self, service: str) -> Any:
        """A boto3 client of this stack; ``lambda`` and ``apigatewaymanagementapi`` work as well."""
        special = {"lambda": self.lambda_url, "apigatewaymanagementapi": self.management_url}
        credentials = self.endpoints["credentials"]
        return boto3.client(
            service,
            endpoint_url=special.get(service, self.aws_url),
            region_name=self.endpoints["region"],
            aws_access_key_id=credentials["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=credentials["AWS_SECRET_ACCESS_KEY"],
        )

    def workers(self, function: str) -> list[dict[str, Any]]:
        """Live workers (``pid``, ``busy``) of a function, by the end of its name (``websocket_message``).

        The function behind the REST routes is ``rest``.
        """
        address = f"{self.lambda_url}/_local/functions"
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - our own address
            functions: dict[str, dict[str, list[dict[str, Any]]]] = json.load(response)
        if function == "rest":
            name = min(functions, key=len)
        else:
            [name] = [name for name in functions if name == function or name.endswith(f"-{function}")]
        return functions[name]["workers"]

    def worker_pids(self, function: str) -> list[int]:
        """Process ids of :meth:`workers`."""
        return [int(worker["pid"]) for worker in self.workers(function)]

    # -- life ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start it and wait until it is ready.

        Raises
        ------
        StackFailedError
            It ended before, or took too long.
        """
        process = self.launch()
        deadline = time.monotonic() + _START_TIMEOUT_SECONDS
        path = self.state / ENDPOINTS_FILE
        while True:
            if process.poll() is not None:
                self.wait()
                raise StackFailedError(f"the stack ended with exit code {process.returncode}:\n{self.output}")
            if path.exists():
                self.endpoints = json.loads(path.read_text("utf-8"))
                if self.endpoints["pid"] == process.pid:
                    return
            if time.monotonic() > deadline:
                self.stop()
                raise StackFailedError(
                    f"the stack was not ready within {_START_TIMEOUT_SECONDS:g} s:\n{self.output}"
                )
            time.sleep(0.02)

    def launch(self) -> "subprocess.Popen[str]":
        """Start the process without waiting for anything, for tests of a start that fails."""
        self._lines = []
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            self._command,
            cwd=_ROOT,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # As in a terminal of its own: a Ctrl-C for the test runner is not one for the stack.
            start_new_session=True,
        )
        self._process = process
        self._reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._reader.start()
        return process

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; return the exit code. Does nothing after the end."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end of the process and of its output; return the exit code."""
        if self._process is None:
            return 0
        try:
            code = self._process.wait(_STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise StackFailedError(
                f"the stack did not stop within {_STOP_TIMEOUT_SECONDS:g} s:\n{self.output}"
            ) from None
        if self._reader is not None:
            self._reader.join(5)
        return code

    def restart(self) -> None:
        """Stop it, then start it again with the same ports and state."""
        self.stop()
        self.start()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        if process.stdout is not None:
            self._lines.extend(iter(process.stdout.readline, ""))


def stack_process(
    *,
    app: Path,
    state: Path,
    site: Path | None = None,
    template: Path | None = None,
    parameters: Mapping[str, str] | None = None,
    env: Mapping[str, str] | None = None,
    stage: str = "dev",
    port: int | None = None,
    arguments: Sequence[str] = (),
    module: str = "local",
) -> RunningStack:
    """Make a stack without starting it.

    Parameters
    ----------
    env
        Environment variables of the functions.
    port
        The public port; a free one if there is none.
    arguments
        Further options of the command line.
    module
        What ``python -m`` runs, for a command line that knows more emulators.
    """
    command = ["--app", str(app), "--state", str(state), "--stage", stage]
    command += ["--port", str(port or reserve_port())]  # kept for the next start on the same state
    command += ["--site", str(site)] if site else []
    command += ["--template", str(template)] if template else []
    for option, pairs in (("--parameter", parameters), ("--env", env)):
        for name, value in (pairs or {}).items():
            command += [option, f"{name}={value}"]
    return RunningStack([*command, *arguments], state, module=module)


@contextmanager
def running_stack(*, app: Path, state: Path | None = None, **options: Any) -> Iterator[RunningStack]:
    """Run a stack for the time of a ``with`` block.

    Parameters
    ----------
    app
        The Chalice project: the directory of ``app.py``.
    state
        The state directory; a temporary one if there is none.
    options
        Those of :func:`stack_process`.

    Yields
    ------
    RunningStack
        The stack, ready for requests.

    Raises
    ------
    StackFailedError
        It ended or did not become ready; the message holds what it printed.
    """
    with tempfile.TemporaryDirectory(prefix="local-stack-") as temporary:
        stack = stack_process(app=app, state=state or Path(temporary), **options)
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()
