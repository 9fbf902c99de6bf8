"""A stage on emulators, and the commands that a machine gives."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.integration.deploy import emulators

ROOT = Path(__file__).parents[3]
STAGE = "dev"


@dataclass
class Deployed:
    """A stage on emulators. MiniStack has everything but the REST API's import, which moto has."""

    ministack: str
    moto: str
    folder: Path

    def start(self, *arguments: str, machine: str = "first") -> "subprocess.Popen[str]":
        """Start a command of `deploy_extras` as a machine with a workspace and a process group of its own."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "deploy_extras", *arguments),
                *("--stage", STAGE, "--workspace", str(self.folder / machine)),
            ],
            cwd=ROOT,
            env={
                **environment,
                **emulators.variables(self.ministack, api_gateway=self.moto),
                "AWS_DATA_PATH": str(emulators.impatient(self.folder)),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def command(self, *arguments: str, machine: str = "first", answer: str = "") -> str:
        """Run a command to its end and return what it said."""
        with self.start(*arguments, machine=machine) as process:
            try:
                said, complaint = process.communicate(answer, timeout=600)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        assert process.returncode == 0, said + complaint
        return said

    def client(self, service: str) -> Any:
        """Return a client of the emulator that has a service."""
        return emulators.client(service, self.moto if service == "apigateway" else self.ministack)

    def status(self) -> dict[str, Any]:
        """Return what `status --json` says."""
        found: dict[str, Any] = json.loads(self.command("status", "--json"))
        return found
