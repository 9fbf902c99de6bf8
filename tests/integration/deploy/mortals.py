"""Machines that deploy or destroy one after the other, each with nothing of the one before; they may die."""

import itertools
import shutil
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from botocore.exceptions import ClientError

from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import STAGE, Deployed
from tests.integration.deploy.picture import MODELS
from tests.integration.deploy.wire import Death, Wire, wire

_PACKAGES = Path(STAGE) / "app" / ".chalice" / "deployments"


@dataclass
class Mortals:
    """A stage that is deployed by machines that die.

    ``stage`` looks at the emulators themselves, ``_machines`` goes to them over the wire.
    """

    stage: Deployed
    _machines: Deployed
    wire: Wire
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def dies(self, death: Death, command: str = "deploy") -> bool:
        """Deploy or destroy from a new machine; whether it died where it should, and nowhere else."""
        code, said = self._run(command, death)
        assert code in (0, -signal.SIGKILL), said
        return code != 0

    def completes(self, command: str = "deploy") -> str:
        """Deploy or destroy from a new machine that lives; return what it said."""
        code, said = self._run(command, None)
        assert code == 0, said
        return said

    def is_locked(self) -> bool:
        """Whether a machine that died has left its lock."""
        try:
            self.stage.client("s3").head_object(Bucket=MODELS, Key="deployment/lock")
        except ClientError:
            return False
        return True

    def forget_everything(self) -> None:
        """Empty the account."""
        for address in (f"{self.stage.ministack}/_ministack/reset", f"{self.stage.moto}/moto-api/reset"):
            with urllib.request.urlopen(urllib.request.Request(address, method="POST")):
                pass

    def _run(self, command: str, death: Death | None) -> tuple[int, str]:
        machine = f"machine-{next(self._numbers)}"
        self._hand_on_the_package(machine)
        self.wire.expect(death)
        with self._machines.start(command, *self._options(command), machine=machine) as process:
            self.wire.belongs_to(process.pid)
            said, complaint = process.communicate(f"{STAGE}\n", timeout=600)
        self._keep_the_package(machine)
        return process.returncode, said + complaint

    def _options(self, command: str) -> list[str]:
        if command == "destroy":
            return ["--data", "delete"]
        options = ["--trainer", "no", "--access-code", "sesame"]
        return [*options, "--unlock"] if self.is_locked() else options

    def _hand_on_the_package(self, machine: str) -> None:
        """Spare the machine making the package, which has nothing to do with AWS and takes longest."""
        kept = self.stage.folder / "packages"
        if kept.exists():
            shutil.copytree(kept, self.stage.folder / machine / _PACKAGES)

    def _keep_the_package(self, machine: str) -> None:
        made = self.stage.folder / machine / _PACKAGES
        if made.exists() and not (self.stage.folder / "packages").exists():
            shutil.copytree(made, self.stage.folder / "packages")
        shutil.rmtree(self.stage.folder / machine, ignore_errors=True)


@contextmanager
def mortals(folder: Path) -> Iterator[Mortals]:
    """Start emulators of their own for a stage, and the wire that leads to them."""
    with (
        emulators.ministack(folder) as ministack,
        emulators.moto() as moto,
        wire(ministack=ministack, moto=moto) as way,
    ):
        machines = Deployed(way.addresses["ministack"], way.addresses["moto"], folder)
        yield Mortals(Deployed(ministack, moto, folder), machines, way)
