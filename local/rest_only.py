"""`chalice local` on the data of a running stack: the REST routes in one process, for a debugger.

Example
-------
``python -m local.rest_only --app chalice_app --stage local --state .undertone --port 8000``
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from local.errors import StackError
from local.state import ENDPOINTS_FILE


def environment_of(state: Path) -> dict[str, str]:
    """Return the variables that lead AWS's clients to the stack that runs on a state directory.

    Raises
    ------
    StackError
        No stack runs there.
    """
    path = state / ENDPOINTS_FILE
    try:
        endpoints: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise StackError(f"{path} is not there: no stack runs on {state}. Start one first.") from None
    return {
        **endpoints["credentials"],
        "AWS_REGION": endpoints["region"],
        "AWS_DEFAULT_REGION": endpoints["region"],
        "AWS_ENDPOINT_URL": endpoints["aws"],
        "AWS_ENDPOINT_URL_LAMBDA": endpoints["lambda"],
        "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": endpoints["management"],
    }


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Replace this process by ``chalice local``."""
    parser = argparse.ArgumentParser(
        prog="python -m local.rest_only",
        description="Run `chalice local` on the data of a running stack.",
    )
    parser.add_argument("--app", type=Path, required=True, metavar="DIR", help="the Chalice project")
    parser.add_argument("--stage", default="dev", metavar="NAME", help="Chalice stage (%(default)s)")
    parser.add_argument("--state", type=Path, required=True, metavar="DIR", help="of the running stack")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="where to serve (%(default)s)")
    given = parser.parse_args(arguments)
    try:
        environment = os.environ | environment_of(given.state)
    except StackError as error:
        sys.exit(str(error))
    options = ["--stage", given.stage, "--host", "127.0.0.1", "--port", str(given.port), "--no-autoreload"]
    command = [
        sys.executable,
        "-c",
        "from chalice.cli import main; main()",
        "--project-dir",
        str(given.app),
        "local",
        *options,
    ]
    os.execve(sys.executable, command, environment)  # noqa: S606 - Chalice's own command, no shell


if __name__ == "__main__":
    main()
