"""Bring an application to its functions, as ``chalice deploy`` does: environment, package, description."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

from local.application import Application
from local.configuration import load_config
from local.description import describe
from local.environment import READY, existing_python
from local.errors import StackError
from local.lambdas.launcher import ProcessLauncher
from local.lambdas.sandbox import Endpoints, Sandbox
from local.lambdas.worker_pools import WorkerPools
from local.options import StackOptions
from local.package import UnpackedPackage
from local.processes import kill_group, start_child
from local.template_variables import TemplateVariables

_ROOT = Path(__file__).resolve().parents[1]


class Deployment:
    """Deploys an application again and again; what is deployed stays until the next one has succeeded.

    Parameters
    ----------
    internal_url
        Where Lambda and ``@connections`` are.
    aws_url
        Where DynamoDB and S3 are.
    variables
        What the template gives to functions.
    say
        Takes lines about what takes long.
    """

    def __init__(
        self,
        options: StackOptions,
        *,
        internal_url: str,
        aws_url: str,
        variables: TemplateVariables,
        say: Callable[[str], None],
    ) -> None:
        self._options = options
        self._internal_url = internal_url
        self._aws_url = aws_url
        self._variables = variables
        self._say = say
        self._package = UnpackedPackage(options.app, options.state / "package")
        # An empty one, as on Lambda.
        self._home = options.state / "home"

    async def deploy(self) -> tuple[Application, Sandbox]:
        """Make the environment if there is none for these requirements, unpack the package and describe it.

        Raises
        ------
        StackError
            One of these failed; the message says what is wrong.
        """
        options = self._options
        api_stage = load_config(options.app, options.stage).api_gateway_stage
        self._home.mkdir(parents=True, exist_ok=True)
        sandbox = Sandbox(
            python=await self._environment(),
            task_root=await asyncio.to_thread(self._package.unpack),
            project=options.app,
            home=self._home,
            region=options.region,
            endpoints=Endpoints(
                aws=self._aws_url,
                functions=self._internal_url,
                management=f"{self._internal_url}/{api_stage}",
            ),
            extra=options.env,
        )
        application = self._variables.given_to(await describe(options.stage, sandbox))
        self._package.accept()
        return application, sandbox

    async def _environment(self) -> Path:
        """Return the interpreter; make its environment in a process that ends with the stack."""
        app = self._options.app
        while (python := await asyncio.to_thread(existing_python, app)) is None:
            # Again if the requirements have changed while it was made.
            process = await start_child(
                [sys.executable, "-m", "local", "--app", str(app), "--prepare"],
                env=os.environ,
                cwd=_ROOT,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                complaints, _ = await asyncio.gather(_text(process.stderr), self._say_lines(process.stdout))
                code = await process.wait()
            finally:
                kill_group(process)
            if code:
                raise StackError(complaints.strip())
        return python

    async def _say_lines(self, stream: asyncio.StreamReader | None) -> None:
        if stream is not None:
            async for line in stream:
                text = line.decode("utf-8", "replace").rstrip()
                if not text.startswith(READY):
                    self._say(text)


class Redeployment:
    """Takes a change over while the stack runs; what the gateway was told at the start stays."""

    def __init__(
        self,
        deployment: Deployment,
        started_with: Application,
        launcher: ProcessLauncher,
        pools: WorkerPools,
        say: Callable[[str], None],
    ) -> None:
        self._deployment = deployment
        self._started_with = started_with
        self._launcher = launcher
        self._pools = pools
        self._say = say

    async def run(self) -> None:
        """Let events that come from now on run on the project as it is now, if it can be deployed."""
        try:
            application, sandbox = await self._deployment.deploy()
        except StackError as error:
            self._say(f"The change is not taken over:\n{error}")
            return
        if application != self._started_with:
            self._say("Routes, functions or settings changed: restart the stack to take them over.")
        self._launcher.sandbox = sandbox
        self._pools.replace_workers()
        self._say("The application changed: its functions restart.")


async def _text(stream: asyncio.StreamReader | None) -> str:
    return (await stream.read()).decode("utf-8", "replace") if stream is not None else ""
