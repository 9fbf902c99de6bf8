"""A stage on emulators, and the commands that a machine gives."""

import json
import os
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

    def command(self, *arguments: str, machine: str = "first", answer: str = "") -> str:
        """Run a command of `deploy_extras` as a machine with a workspace of its own; return what it said."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        ended = subprocess.run(
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
            input=answer,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def client(self, service: str) -> Any:
        """Return a client of the emulator that has a service."""
        return emulators.client(service, self.moto if service == "apigateway" else self.ministack)

    def status(self) -> dict[str, Any]:
        """Return what `status --json` says."""
        found: dict[str, Any] = json.loads(self.command("status", "--json"))
        return found
