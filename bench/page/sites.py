"""The page of an earlier version."""

import io
import subprocess
import tarfile
from pathlib import Path

from testkit.undertone import ROOT


def earlier_site(folder: Path, commit: str) -> Path | None:
    """Return the page of a commit, put into a folder; None if this clone does not have that commit."""
    found = subprocess.run(  # noqa: S603 - git takes the commit for nothing else
        ["git", "archive", "--end-of-options", commit, "static_site"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if found.returncode != 0:
        return None
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "static_site"
