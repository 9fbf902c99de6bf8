"""Distributions that this tool has itself, copied into an environment for functions.

pip takes much longer for boto3: it reads the lists of some thousand releases, and compiles every module.
"""

import importlib.metadata
import importlib.util
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement


def copy(names: Iterable[str], packages: Path) -> list[str]:
    """Copy distributions and what they require into a folder of packages, with their bytecode.

    Returns the names of those that are not here as pip installs them: they have to be installed.
    """
    lacking = []
    whole: dict[str, importlib.metadata.Distribution] = {}
    for name in names:
        try:
            found = _with_requirements(name, {})
        except importlib.metadata.PackageNotFoundError:
            found = {}
        if found and all(_is_whole(one) for one in found.values()):
            whole |= found
        else:
            lacking.append(name)
    for one in whole.values():
        _copy(one, packages)
    return lacking


def _with_requirements(
    name: str, known: dict[str, importlib.metadata.Distribution]
) -> dict[str, importlib.metadata.Distribution]:
    """Return a distribution and those that it needs here, by name."""
    if name in known:
        return known
    known[name] = importlib.metadata.distribution(name)
    for requirement in map(Requirement, known[name].requires or ()):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            known = _with_requirements(requirement.name, known)
    return known


def _is_whole(distribution: importlib.metadata.Distribution) -> bool:
    """Whether every file of it is where pip's list says: an editable one has its modules elsewhere."""
    editable = any(path.name.startswith("__editable__") for path in distribution.files or ())
    return (
        bool(distribution.files)
        and not editable
        and all(source.is_file() for source, _ in _files(distribution))
    )


def _copy(distribution: importlib.metadata.Distribution, packages: Path) -> None:
    for source, name in _files(distribution):
        target = packages / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # With the time of the source, by which Python knows whether its bytecode fits.
        shutil.copy2(source, target)
        if source.suffix == ".py":
            compiled = Path(importlib.util.cache_from_source(str(source)))
            if compiled.is_file():
                (target.parent / "__pycache__").mkdir(exist_ok=True)
                shutil.copy2(compiled, target.parent / "__pycache__" / compiled.name)


def _files(distribution: importlib.metadata.Distribution) -> Iterator[tuple[Path, str]]:
    """Yield where each file is, and its name among the packages; programs are elsewhere and not needed."""
    for path in distribution.files or ():
        if ".." not in path.parts and path.suffix != ".pyc":
            yield Path(str(distribution.locate_file(path))), path.as_posix()
