"""Commands beside the stack: what they see of it, and those that run again and again while it runs."""

import asyncio
import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.errors import StackError
from local.processes import start_child, stop_child

# A command may be in the middle of something that it wants to finish.
_STOP_TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True)
class Scheduled:
    """A command and the pause between the end of one run and the next, in seconds."""

    seconds: float
    command: tuple[str, ...]

    @classmethod
    def parse(cls, seconds: str, command: str) -> "Scheduled":
        """Read what was typed; the command is split as a shell would, and no shell runs it.

        Raises
        ------
        StackError
            The seconds are no positive number, or the command is empty or has an open quote.
        """
        try:
            pause = float(seconds)
        except ValueError:
            pause = 0.0
        if not 0 < pause < float("inf"):
            raise StackError(f"--every {seconds}: it must be a positive number of seconds, 3600 for example")
        try:
            words = tuple(shlex.split(command))
        except ValueError as error:
            raise StackError(f"--every: the command {command!r} cannot be read: {error}") from error
        if not words:
            raise StackError("--every: the command is empty")
        return cls(pause, words)

    @property
    def name(self) -> str:
        """What its output is prefixed with: the module of ``python -m module``, else the program."""
        if "-m" in self.command[1:-1]:
            return self.command[self.command.index("-m") + 1]
        return Path(self.command[0]).name


def stack_variables(
    endpoints: Mapping[str, Any], application: Mapping[str, str], *, region: str
) -> dict[str, str]:
    """What leads a command to the stack, and the variables that the functions of the application have.

    ``endpoints`` has ``aws``, ``lambda``, ``management`` and ``credentials``, as ``endpoints.json`` does.
    """
    services = {
        "AWS_ENDPOINT_URL": endpoints["aws"],
        "AWS_ENDPOINT_URL_LAMBDA": endpoints["lambda"],
        "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": endpoints["management"],
    }
    known = {name: address for name, address in services.items() if address}
    return {
        **application,
        **endpoints["credentials"],
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        **known,
    }


def with_own(variables: Mapping[str, str]) -> dict[str, str]:
    """Return these variables beside the developer's own, but for the ones that lead to an AWS account."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | dict(
        variables
    )


async def repeat(
    scheduled: Scheduled, variables: Mapping[str, str], print_line: Callable[[str, str], None]
) -> None:
    """Run a command again and again until cancelled, never twice at once; a failure is shown, not fatal."""
    while True:
        await asyncio.sleep(scheduled.seconds)
        code = await _run(scheduled.command, variables, lambda line: print_line(scheduled.name, line))
        if code:
            print_line(scheduled.name, f"ended with {code}; the next run is in {scheduled.seconds:g} s")


async def _run(
    command: Sequence[str], variables: Mapping[str, str], print_line: Callable[[str], None]
) -> int:
    try:
        process = await start_child(
            command,
            env=with_own(variables),
            cwd=Path.cwd(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        print_line(f"cannot be started: {error}")
        return 127
    try:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        async for line in process.stdout:
            # A progress bar writes over its line: its last state is what is worth keeping.
            print_line(line.decode("utf-8", "replace").rstrip().rpartition("\r")[2])
        return await process.wait()
    finally:
        await stop_child(process, _STOP_TIMEOUT_SECONDS)
