"""A stage on emulators, and the commands of `deploy_extras` on it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy_extras import names
from tests.integration.deploy import emulators
from tests.integration.deploy.forks import Forked, Forks, forks

ROOT = Path(__file__).parents[3]
STAGE = "dev"


@dataclass
class Commands:
    """What runs the commands of `deploy_extras`, in processes of their own."""

    _forks: Forks
    _data: Path

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], answer: str) -> Forked:
        """Start a command, which asks AWS for functions that it waits for more often than by default."""
        return self._forks.start(arguments, {**environment, "AWS_DATA_PATH": str(self._data)}, answer)


@contextmanager
def commands() -> Iterator[Commands]:
    """Load what commands need."""
    with tempfile.TemporaryDirectory(prefix="waiters-") as folder:
        data = emulators.fast_waiters(Path(folder))
        with forks("tests.integration.deploy.run_command", AWS_DATA_PATH=str(data)) as running:
            yield Commands(running, data)


@dataclass
class Deployed:
    """A stage on emulators: the REST API is moto's, for MiniStack lacks its import; the rest is MiniStack's.

    Every machine has a workspace of its own in ``folder``, with the finished Lambda package of ``packages``:
    making it does not involve AWS and takes longest.
    """

    ministack: str
    moto: str
    folder: Path
    packages: Path
    commands: Commands
    stage: str = STAGE

    def start(self, *arguments: str, machine: str = "first", answer: str = "") -> Forked:
        """Start a command in a new process group, with the workspace of this machine."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        if arguments[0] == "deploy":
            arguments = (*arguments, "--architecture", emulators.ARCHITECTURE)
        if not self._made(machine).exists():
            shutil.copytree(self.packages, self._made(machine))
        return self.commands.start(
            [*arguments, "--stage", self.stage, "--workspace", str(self.folder / machine)],
            environment | emulators.variables(self.ministack, api_gateway=self.moto),
            answer,
        )

    def command(self, *arguments: str, machine: str = "first", answer: str = "") -> str:
        """Run a command to its end and return its output."""
        process = self.start(*arguments, machine=machine, answer=answer)
        said, complaint = process.wait()
        assert process.returncode == 0, said + complaint
        return said

    def refused(self, *arguments: str, answer: str = "", machine: str = "first") -> str:
        """Run a command that fails; return what it says on standard error."""
        process = self.start(*arguments, machine=machine, answer=answer)
        said, complaint = process.wait()
        assert process.returncode == 1, said + complaint
        return complaint

    def resolve_connections(self) -> None:
        """Give the functions the address of `@connections`, whose host name at AWS is not resolved here."""
        client = self.client("lambda")
        api = self.client("apigatewayv2").get_apis()["Items"][0]["ApiId"]
        for name in names.FUNCTIONS:
            function = names.function(self.stage, name)
            environment = client.get_function_configuration(FunctionName=function)["Environment"]
            endpoint = f"{self.ministack}/_aws/execute-api/{api}/api"
            environment["Variables"]["AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"] = endpoint
            client.update_function_configuration(FunctionName=function, Environment=environment)

    def client(self, service: str) -> Any:
        """Return a client of the emulator that serves this service."""
        return emulators.client(service, self.moto if service == "apigateway" else self.ministack)

    def status(self) -> dict[str, Any]:
        """Return the output of `status --json`."""
        found: dict[str, Any] = json.loads(self.command("status", "--json"))
        return found

    def _made(self, machine: str) -> Path:
        """Return where Chalice keeps the packages of a machine."""
        return self.folder / machine / self.stage / "app" / ".chalice" / "deployments"
