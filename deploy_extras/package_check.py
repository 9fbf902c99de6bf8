"""Checks what a Lambda package contains, on the zip itself."""

import stat
import sys
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy_extras.target import Target

MAX_PACKAGE_BYTES = 52_428_800
"""The largest direct upload that Lambda accepts; Chalice uploads in no other way."""

_PROVIDED = frozenset({"boto3", "botocore"})
_CHECKED_HASH = 0b11


class PackageError(Exception):
    """The package would not work on Lambda; the message says why."""


def here(architecture: str) -> Target:
    """Return this Python, which is the one that Chalice packages for, on a processor."""
    return Target(sys.version_info[:2], architecture)


def pins(requirements: Path, target: Target | None = None) -> dict[str, str]:
    """Return name and version of each line of a requirements file that applies to a target, or else to here.

    Raises
    ------
    PackageError
        A line pins no exact version.
    """
    found: dict[str, str] = {}
    for line in requirements.read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        requirement = Requirement(text)
        exact = [s.version for s in requirement.specifier if s.operator == "=="]
        if len(exact) != 1:
            raise PackageError(f"{requirements}: {text!r} pins no exact version, such as {text}==1.0")
        if requirement.marker is None or requirement.marker.evaluate(target.marker if target else None):
            found[canonicalize_name(requirement.name)] = exact[0]
    return found


def check(package: Path, requirements: Path, architecture: str) -> dict[str, str]:
    """Check a package for Lambda; return its distributions by name, with their versions.

    ``architecture`` is the processor of the functions: arm64 or x86_64.

    Raises
    ------
    PackageError
        It is too large, or something is missing, not pinned, or built for another machine.
    """
    target = here(architecture)
    problems = []
    if package.stat().st_size > MAX_PACKAGE_BYTES:
        problems.append(
            f"it has {package.stat().st_size:,} bytes: Lambda accepts at most {MAX_PACKAGE_BYTES:,}"
        )
    with ZipFile(package) as archive:
        names = archive.namelist()
        content = dict(_distribution(archive, n) for n in names if n.endswith(".dist-info/METADATA"))
        problems += _pinned(pins(requirements, target), content)
        problems += _wheels(archive, target)
        problems += [
            f"{name} is bytecode without a hash of its source"
            for name in names
            if name.startswith("chalicelib/") and name.endswith(".pyc") and not _is_hashed(archive, name)
        ]
        problems += unreadable(archive)
        if "app.py" not in names or "chalicelib/__init__.py" not in names:
            problems.append("app.py or chalicelib is missing")
    if problems:
        raise PackageError(f"{package} does not fit Lambda:\n" + "\n".join(f"  {p}" for p in problems))
    return content


def _distribution(archive: ZipFile, name: str) -> tuple[str, str]:
    headers = HeaderParser().parsestr(archive.read(name).decode())
    return canonicalize_name(headers["Name"]), headers["Version"]


def _is_hashed(archive: ZipFile, name: str) -> bool:
    """Whether bytecode is a checked hash-based .pyc file (PEP 552)."""
    with archive.open(name) as file:
        return int.from_bytes(file.read(8)[4:], "little") == _CHECKED_HASH


def unreadable(archive: ZipFile) -> list[str]:
    """Return the files that a function cannot read, for it runs as another user than their owner."""
    problems = []
    for entry in archive.infolist():
        mode = stat.S_IMODE(entry.external_attr >> 16)
        wanted = 0o755 if entry.is_dir() else 0o644
        if mode & wanted != wanted:
            problems.append(f"{entry.filename} has the mode {mode:04o}: it must be {wanted:04o}")
    return problems


def _pinned(wanted: dict[str, str], content: dict[str, str]) -> list[str]:
    wrong = [
        f"{name}=={version} is missing; there is {content.get(name, 'no other version')}"
        for name, version in wanted.items()
        if content.get(name) != version
    ]
    extra = [
        f"{name}=={version} is not pinned: add it in requirements.txt"
        for name, version in content.items()
        if name not in wanted and name not in _PROVIDED
    ]
    return wrong + extra


def _wheels(archive: ZipFile, target: Target) -> list[str]:
    """Return the compiled wheels that do not fit Lambda's Python, processor and C library, as sentences."""
    problems = []
    for name in archive.namelist():
        if not name.endswith(".dist-info/WHEEL"):
            continue
        headers = HeaderParser().parsestr(archive.read(name).decode())
        tags = headers.get_all("Tag", [])
        if not any(target.fits(tag) for tag in tags):
            problems.append(f"{name.split('/')[0]} is built for {', '.join(tags)}: Lambda cannot load it")
    return problems
