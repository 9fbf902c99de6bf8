"""Make a release: set the version, date the changelog, commit and tag. It never pushes.

`make release VERSION=0.2.0` runs it.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
BRANCH = "main"
VERSION_FILE = Path("chalice_app/chalicelib/__init__.py")
CHANGELOG = Path("CHANGELOG.md")

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_VERSION_LINE = re.compile(r'^__version__ = "(.*)"$', re.MULTILINE)
_UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class ReleaseError(Exception):
    """The repository is not ready for the release; the message says why."""


def current_version(root: Path = ROOT) -> str:
    """Return the version in the one place where it stands."""
    found = _VERSION_LINE.search((root / VERSION_FILE).read_text("utf-8"))
    if found is None:
        raise ReleaseError(f'{VERSION_FILE} has no line __version__ = "…".')
    return found[1]


def release(root: Path, version: str, today: date) -> str:
    """Commit and tag a release.

    Returns
    -------
    str
        The name of the tag.

    Raises
    ------
    ReleaseError
        Nothing was changed.
    """
    tag = f"v{version}"
    _check_version(version, current_version(root))
    _check_repository(root, tag)
    before = {path: (root / path).read_text("utf-8") for path in (VERSION_FILE, CHANGELOG)}
    after = {
        VERSION_FILE: _VERSION_LINE.sub(f'__version__ = "{version}"', before[VERSION_FILE]),
        CHANGELOG: _dated(before[CHANGELOG], version, today),
    }
    try:
        _write(root, after)
        _git(root, "commit", "--quiet", "--message", f"Release {version}", "--", *map(str, after))
    except ReleaseError:
        _write(root, before)
        raise
    _git(root, "tag", "--annotate", "--message", f"Undertone {version}", tag)
    return tag


def _check_version(version: str, current: str) -> None:
    wanted, known = _VERSION.fullmatch(version), _VERSION.fullmatch(current)
    if wanted is None:
        raise ReleaseError(f"{version!r} is not a version such as 0.2.0: make release VERSION=0.2.0")
    if known is not None and tuple(map(int, wanted.groups())) <= tuple(map(int, known.groups())):
        raise ReleaseError(f"{version} is not newer than {current}, the current version.")


def _check_repository(root: Path, tag: str) -> None:
    branch = _git(root, "branch", "--show-current")
    if branch != BRANCH:
        raise ReleaseError(f"The branch is {branch or 'none'}; releases are made on {BRANCH}.")
    if changed := _git(root, "status", "--porcelain"):
        raise ReleaseError(f"Commit or remove what has changed first:\n{changed}")
    if _git(root, "tag", "--list", tag):
        raise ReleaseError(f"The tag {tag} exists already.")


def _dated(changelog: str, version: str, today: date) -> str:
    section = _UNRELEASED.search(changelog)
    if section is None or not section[1].strip():
        raise ReleaseError(f'{CHANGELOG} has nothing under "## [Unreleased]".')
    heading = f"## [Unreleased]\n\n## [{version}] - {today.isoformat()}\n"
    return changelog[: section.start()] + heading + changelog[section.start(1) :]


def _write(root: Path, texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        (root / path).write_text(text, "utf-8")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - git, with arguments of our own
        ["git", *arguments],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ReleaseError(f"git {arguments[0]} failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout.rstrip()


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Release the version that is the only argument; without one, print the current version."""
    try:
        if not arguments:
            sys.stdout.write(f"{current_version(root)}\n")
            return 0
        tag = release(root, arguments[0], date.today())
    except ReleaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"Committed and tagged {tag}; nothing was pushed. Next:\n"
        f"  look at it:  git show {tag}\n"
        f"  publish it:  git push origin {BRANCH} {tag}\n"
        f"  deploy it:   make deploy STAGE=prod\n"
        f"To undo it before it is pushed: git tag -d {tag} && git reset --hard HEAD~1\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
