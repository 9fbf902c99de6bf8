"""`chalice local` on the data of a running stack: the REST routes in one process, for a debugger.

Example
-------
``python -m local.rest_only --app chalice_app --stage local --state .undertone --port 8000``
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from local.commands import stack_variables, with_own
from local.errors import StackError
from local.ports import listen
from local.state import read_endpoints


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
        endpoints = read_endpoints(given.state)
        # Chalice would end with a traceback, and as if all were well.
        listen("127.0.0.1", given.port).close()
    except StackError as error:
        sys.exit(str(error))
    # Chalice itself sets the functions' own variables.
    environment = with_own(stack_variables(endpoints, {}, region=endpoints["region"]))
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
