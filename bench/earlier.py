"""An earlier version of the application, to be measured beside the one that is here."""

import io
import subprocess
import tarfile
from argparse import ArgumentParser
from pathlib import Path

from local.testing import RunningStack, stack_process
from testkit.undertone import ROOT, UNLIMITED

# The last version in which the functions waited for each other's presence, asked for every room of the
# list one by one, and read every change to find the newest messages.
DEFAULT = "7ec781e"


def add_argument(parser: ArgumentParser) -> None:
    """Add ``--against``, the earlier version."""
    parser.add_argument(
        "--against",
        metavar="COMMIT",
        default=DEFAULT,
        help="a commit of this repository that is measured as well; empty for none (default: %(default)s)",
    )


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
    found = subprocess.run(  # noqa: S603 - git takes the commit for nothing else
        ["git", "archive", "--end-of-options", commit, "chalice_app", "deploy_extras"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if found.returncode != 0:
        return None
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return stack_process(
        app=folder / "chalice_app",
        template=folder / "deploy_extras" / "template.yaml",
        parameters={"Stage": "local"},
        stage="local",
        state=state,
        env=UNLIMITED,
        arguments=["--no-reload"],
    )
