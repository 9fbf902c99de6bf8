"""An earlier version of the application, to be measured beside the one that is here."""

import asyncio
import io
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bench.stacks import ours
from local.testing import RunningStack, stack_process
from testkit.undertone import ROOT, UNLIMITED

# The last version in which the functions waited for each other's presence, asked for every room of the
# list one by one, and read every change to find the newest messages.
DEFAULT = "7ec781e"
HEAD = ("", "before", "now", "factor")
# A figure of what the chat refused to do.
REFUSED = -1.0
Figures = dict[str, float]
Comparison = dict[str, Figures]
Measure = Callable[[RunningStack], Coroutine[Any, Any, Figures]]


def add_argument(parser: ArgumentParser) -> None:
    """Add ``--against``, the earlier version."""
    parser.add_argument(
        "--against",
        metavar="COMMIT",
        default=DEFAULT,
        help="a commit of this repository that is measured as well; empty for none (default: %(default)s)",
    )


def beside_earlier(arguments: Namespace, measure: Measure) -> Comparison:
    """Measure this version, then the earlier one that `arguments` name, each on a fresh stack of its own."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        stacks = {"now": ours(base / "now")}
        before = earlier(base / "before", base / "code", arguments.against) if arguments.against else None
        if before is not None:
            stacks["before"] = before
        return {name: _measured(stack, measure) for name, stack in stacks.items()}


def _measured(stack: RunningStack, measure: Measure) -> Figures:
    stack.start()
    try:
        return asyncio.run(measure(stack))
    finally:
        stack.stop()


def comparison_rows(found: Comparison, decimals: int) -> list[list[str]]:
    """Return a row for each figure: its name, before, now, and before divided by now.

    A figure that the earlier version did not reach is a hyphen.
    """

    def shown(value: float | None) -> str:
        return "-" if value is None else "refused" if value == REFUSED else f"{value:.{decimals}f}"

    rows = []
    for name, now in found["now"].items():
        before = found.get("before", {}).get(name)
        factor = "-" if before is None or REFUSED in (before, now) else f"{before / now:.1f}"
        rows.append([name, shown(before), shown(now), factor])
    return rows


def earlier(state: Path, folder: Path, commit: str) -> RunningStack | None:
    """Return the chat of a commit, not started yet; None if this clone does not have that commit.

    Parameters
    ----------
    state
        Its state directory.
    folder
        Where its files go.
    commit
        Anything that git takes for one.
    """
    if not unpacked(folder, commit, "chalice_app", "deploy_extras"):
        return None
    return stack_process(
        app=folder / "chalice_app",
        template=folder / "deploy_extras" / "template.yaml",
        parameters={"Stage": "local"},
        stage="local",
        state=state,
        env=UNLIMITED,
        arguments=["--no-reload"],
    )


def unpacked(folder: Path, commit: str, *paths: str) -> bool:
    """Put what a commit has below some paths into a folder; False if this clone does not have that commit."""
    found = subprocess.run(  # noqa: S603 - git takes the commit for nothing else
        ["git", "archive", "--end-of-options", commit, *paths],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if found.returncode != 0:
        return False
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return True
