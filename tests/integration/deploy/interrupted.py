"""Deployments and deletions by one machine after the other, some of which are killed on the way."""

import itertools
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from botocore.exceptions import ClientError

from tests.integration.deploy import emulators
from tests.integration.deploy.crashing_proxy import CrashingProxy, CrashPoint, crashing_proxy
from tests.integration.deploy.deployed import STAGE, Commands, Deployed
from tests.integration.deploy.snapshot import MODELS


@dataclass
class InterruptedDeployments:
    """A stage that is deployed and destroyed by machines, each with an empty workspace.

    ``stage`` talks to the emulators directly, ``_machines`` through the proxy.
    """

    stage: Deployed
    _machines: Deployed
    proxy: CrashingProxy
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def crash(self, point: CrashPoint, command: str = "deploy") -> bool:
        """Run a command on a new machine that is killed at this point; return whether it came so far."""
        code, said = self._run(command, point)
        assert code in (0, -signal.SIGKILL), said
        return code != 0

    def complete(self, command: str = "deploy") -> str:
        """Run a command on a new machine to its end; return its output."""
        code, said = self._run(command, None)
        assert code == 0, said
        # Each machine gets the finished package: to make it anew costs more than everything else here.
        assert command != "deploy" or "Reusing existing deployment package" in said, said
        return said

    def is_locked(self) -> bool:
        """Whether a killed machine has left its lock."""
        try:
            self.stage.client("s3").head_object(Bucket=MODELS, Key="deployment/lock")
        except ClientError:
            return False
        return True

    def empty_account(self) -> None:
        """Delete everything from the emulators."""
        emulators.reset_ministack(self.stage.ministack)
        emulators.reset_moto(self.stage.moto)

    def _run(self, command: str, point: CrashPoint | None) -> tuple[int, str]:
        machine = f"machine-{next(self._numbers)}"
        self.proxy.reset(point)
        options = self._options(command)
        process = self._machines.start(command, *options, machine=machine, answer=f"{STAGE}\n")
        self.proxy.set_process_group(process.pid)
        said, complaint = process.wait()
        shutil.rmtree(self.stage.folder / machine, ignore_errors=True)
        assert process.returncode is not None
        return process.returncode, said + complaint

    def _options(self, command: str) -> list[str]:
        if command == "destroy":
            return ["--data", "delete"]
        options = ["--trainer", "no", "--access-code", "sesame"]
        return [*options, "--unlock"] if self.is_locked() else options


@contextmanager
def interrupted_deployments(
    folder: Path, packages: Path, commands: Commands, ministack: str
) -> Iterator[InterruptedDeployments]:
    """Start moto beside MiniStack, and the proxy in front of both."""
    with emulators.moto() as moto, crashing_proxy(ministack=ministack, moto=moto) as proxy:
        machines = Deployed(proxy.addresses["ministack"], proxy.addresses["moto"], folder, packages, commands)
        yield InterruptedDeployments(Deployed(ministack, moto, folder, packages, commands), machines, proxy)
