"""Every file that decides what the requirements of an application install."""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

_INCLUDING = ("-r", "--requirement", "-c", "--constraint")
_SHORT = ("-r", "-c", "-e", "-f")
_NAMING_PATHS = ("-e", "--editable", "-f", "--find-links")
# pip: a comment begins a line or follows a blank.
_COMMENT = re.compile(r"(^|\s)#.*$", re.MULTILINE)
_EXTRAS = re.compile(r"\[[^]]*\]$")
_CONTINUED = re.compile(r"\\\n")
_URL = re.compile(r"\w[\w+.-]*://")
_NOT_INSTALLED = {"__pycache__", "build", "dist", "node_modules", "venv"}
_METADATA = {"MANIFEST.in", "pyproject.toml", "setup.cfg"}
_ARCHIVES = (".whl", ".zip", ".tar.gz")


def requirement_files(app: Path) -> list[Path]:
    """Return ``requirements.txt``, what it includes, and the local packages that either names.

    A package in a directory stands for its modules and metadata, and a directory of archives for these. Files
    that are not there are left out.
    """
    found: dict[Path, None] = {}
    _collect(app / "requirements.txt", app, found)
    return list(found)


def _collect(file: Path, app: Path, found: dict[Path, None]) -> None:
    path = file.resolve()
    if path in found or not path.is_file():
        return
    found[path] = None
    for line in _COMMENT.sub("", _CONTINUED.sub(" ", path.read_text("utf-8", "replace"))).splitlines():
        option, value = _parsed(line)
        if option in _INCLUDING:
            # pip looks for included files beside the one that includes them.
            _collect(path.parent / value, app, found)
        elif value and not _URL.match(value):
            # And for packages in the directory that it runs in.
            found.update(dict.fromkeys(_files(app / value)))


def _parsed(line: str) -> tuple[str, str]:
    """The option of a line, if it has one, and the path that it names; empty if it names none."""
    try:
        words = shlex.split(line)
    except ValueError:
        return "", ""  # pip will say what is wrong with it
    if not words:
        return "", ""
    first, rest = words[0], words[1:]
    if not first.startswith("-"):
        return "", _package_path(words)
    option, separator, value = first.partition("=")
    if not separator:
        # pip takes "-rbase.txt" as well.
        short = next((each for each in _SHORT if first.startswith(each) and first != each), None)
        option, value = (short, first.removeprefix(short)) if short else (first, rest[0] if rest else "")
    return (option, _without_extras(value)) if option in _INCLUDING + _NAMING_PATHS else ("", "")


def _package_path(words: list[str]) -> str:
    """The path in ``./package[extra]``, ``package @ file:///path`` or ``name.whl``; empty if it has none."""
    text = " ".join(words).partition(";")[0].partition(" --")[0]
    path = _without_extras(text.partition("@")[2] or text)
    named_by_path = path.startswith(".") or "/" in path or path.endswith(_ARCHIVES)
    return path if named_by_path else ""


def _without_extras(text: str) -> str:
    return _EXTRAS.sub("", text.strip().removeprefix("file://").removeprefix("file:"))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path.resolve()
    for root, folders, names in os.walk(path):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _NOT_INSTALLED
        )
        for name in sorted(names):
            if name in _METADATA or name.endswith((*_ARCHIVES, ".py")):
                yield Path(root, name).resolve()
