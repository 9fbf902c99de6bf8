"""Processes that begin with everything imported, for programs that take longer to import than to run.

A server imports what it is told to and forks for each call. What is forked is a process as any other: it has
its own environment, its own session and its own standard streams, and can be killed.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

_TIMEOUT_SECONDS = 600.0
_ROOT = Path(__file__).parents[3]


@dataclass
class Forked:
    """A process that runs, or has run: then with its exit code, which is negative for a signal."""

    pid: int
    _server: "Forks"
    _said: Path
    _complained: Path
    returncode: int | None = None

    def wait(self, timeout_seconds: float = _TIMEOUT_SECONDS) -> tuple[str, str]:
        """Wait until it has ended; return its standard output and its standard error."""
        if self.returncode is None:
            try:
                self.returncode = self._server.answer(timeout_seconds)
            except BaseException:
                os.killpg(self.pid, signal.SIGKILL)
                raise
        return self._said.read_text("utf-8"), self._complained.read_text("utf-8")


class Forks:
    """A server that has imported a module, and runs its function ``main`` in one process after the other."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        self._folder = folder

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], given: str = "") -> Forked:
        """Start ``main(arguments)`` in a process of its own, with this text as its standard input."""
        asked, said, complained = (self._folder / name for name in ("given", "said", "complained"))
        asked.write_text(given, "utf-8")
        call = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "streams": [str(asked), str(said), str(complained)],
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        return Forked(self.answer(_TIMEOUT_SECONDS), self, said, complained)

    def answer(self, timeout_seconds: float) -> int:
        """Return the next number that the server says: a process id, then that process's exit code."""
        said = self._process.stdout
        assert said is not None
        ready, _, _ = select.select([said], [], [], timeout_seconds)
        line = said.readline() if ready else ""
        if not line:
            raise TimeoutError(
                f"no answer after {timeout_seconds} s" if not ready else "the server has ended"
            )
        return int(line)


@contextmanager
def forks(module: str, *path: Path, **variables: str) -> Iterator[Forks]:
    """Start a server that has imported this module, with these folders on its path and these variables."""
    with (
        tempfile.TemporaryDirectory(prefix="forks-") as folder,
        subprocess.Popen(
            [sys.executable, "-m", "tests.integration.deploy.forks", module],
            cwd=_ROOT,
            env={**os.environ, **variables, "PYTHONPATH": os.pathsep.join(map(str, path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Each number is read as soon as `select` says that there is one: none may wait in a buffer.
            bufsize=1,
        ) as process,
    ):
        yield Forks(process, Path(folder))
        assert process.stdin is not None
        process.stdin.close()


def _serve(main: Callable[[Sequence[str]], int]) -> None:
    calls, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    for line in calls:
        call = json.loads(line)
        pid = os.fork()
        if pid == 0:
            calls.close()
            _run(main, call)
        print(pid, file=answers, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _run(main: Callable[[Sequence[str]], int], call: dict[str, Any]) -> None:
    """Run it with the streams and the environment of the call, and end."""
    code = 1
    try:
        os.setsid()
        for number, path in enumerate(call["streams"]):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
            os.close(opened)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        os.environ.clear()
        os.environ.update(call["environment"])
        code = main(call["arguments"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(import_module(sys.argv[1]).main)
