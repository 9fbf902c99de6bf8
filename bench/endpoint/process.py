"""The simulated endpoint as a process of its own, on a core of its own if there is one."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, Any, Self

from bench.endpoint.rules import Rules

ROOT = Path(__file__).parents[2]


class EndpointProcess:
    """Context manager around the process; ``url`` is the endpoint for senders."""

    def __init__(self, cores: set[int] | None = None) -> None:
        self._cores = cores

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.endpoint"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        if self._cores and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(self._process.pid, self._cores)
        line = self._pipe(self._process.stdout).readline()
        if not line:
            raise RuntimeError(
                f"the simulated endpoint ended with code {self._process.wait()} before it listened"
            )
        self._port = int(line)
        self.url = f"http://127.0.0.1:{self._port}/bench"
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait(timeout=10)
        self._pipe(self._process.stdout).close()

    def apply(self, rules: Rules) -> None:
        """Behave by these rules from now on, and reset the counters."""
        self._ask("POST", "/_rules", json.dumps(asdict(rules)))

    def stats(self) -> dict[str, Any]:
        """Return ``Endpoint.stats``."""
        return self._ask("GET", "/_stats")

    def frames(self) -> dict[str, list[bytes]]:
        """Return the accepted frames of each connection, in order; only with ``Rules.keep``."""
        kept = self._ask("GET", "/_frames")
        return {who: [frame.encode("latin-1") for _, frame in frames] for who, frames in kept.items()}

    def deliveries(self) -> tuple[list[bytes], dict[str, list[tuple[float, int]]]]:
        """Return the distinct frames, and for each connection the time and number of each accepted frame.

        Only with ``Rules.keep``. Times are of ``time.monotonic()``, which all processes of a machine share.
        """
        kept = self._ask("GET", "/_deliveries")
        frames = [frame.encode("latin-1") for frame in kept["frames"]]
        return frames, {who: [(at, n) for at, n in accepted] for who, accepted in kept["accepted"].items()}

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise RuntimeError("the simulated endpoint was started without its pipes")
        return pipe

    def _ask(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(
                f"the simulated endpoint answered {response.status} to {method} {path}: {answer}"
            )
        return answer
