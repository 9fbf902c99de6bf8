"""The version stands in one place, and everything else reads it there."""

import subprocess
import sys
import tomllib

from chalicelib import __version__
from testkit.undertone import ROOT
from tools.release import current_version


def test_the_project_takes_its_version_from_the_application() -> None:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert described["project"]["dynamic"] == ["version"]
    assert described["tool"]["setuptools"]["dynamic"]["version"] == {
        "attr": "chalice_app.chalicelib.__version__"
    }


def test_a_release_begins_with_the_version_of_the_application() -> None:
    assert current_version() == __version__


def test_the_local_stack_is_started_with_the_version_of_the_application() -> None:
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", "run", "VERSION=9.9.9"]
    command.append(f"PYTHON={sys.executable}")
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    assert f'--version "{__version__}"' in shown
