"""Run a command once as if it were part of a running stack: with its endpoints, and the functions' variables.

Example
-------
``python -m local.within --app chalice_app --stage local --state .undertone -- python -m trainer list``
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from local.commands import stack_variables, with_own
from local.configuration import load_config
from local.errors import StackError
from local.state import read_endpoints


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Replace this process by the command."""
    parser = argparse.ArgumentParser(
        prog="python -m local.within", description="Run a command against a running stack."
    )
    parser.add_argument("--app", type=Path, required=True, metavar="DIR", help="the Chalice project")
    parser.add_argument("--stage", default="dev", metavar="NAME", help="Chalice stage (%(default)s)")
    parser.add_argument("--state", type=Path, required=True, metavar="DIR", help="of the running stack")
    parser.add_argument("command", nargs="+", metavar="COMMAND", help="after --: a program and its arguments")
    given = parser.parse_args(arguments)
    try:
        endpoints = read_endpoints(given.state)
        application = load_config(given.app, given.stage).environment_variables
    except StackError as error:
        sys.exit(str(error))
    variables = stack_variables(endpoints, application, region=endpoints["region"])
    try:
        os.execvpe(given.command[0], given.command, with_own(variables))  # noqa: S606 - no shell
    except OSError as error:
        sys.exit(f"{given.command[0]} cannot be run: {error.strerror}")


if __name__ == "__main__":
    main()
