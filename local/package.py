"""What of an application ``chalice deploy`` puts into its package, laid out as Lambda unpacks it.

Functions run on this copy and not in the project, so that a file which the package lacks is missing here too.
Chalice packages ``app.py``, ``chalicelib/`` and, at the root, what is in ``vendor/``; requirements come from
the environment. Source: ``chalice/deploy/packager.py``.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from local.errors import StackError

_MODULE = "app.py"
_LIBRARY = "chalicelib"
_VENDOR = "vendor"
_CACHE = "__pycache__"


def package_files(app: Path) -> dict[str, Path]:
    """Return the files of the package: path in it to the file of the project."""
    files = {_MODULE: app / _MODULE}
    # As Chalice walks them: links to directories are followed in vendor/ alone, and what comes later wins.
    files |= {f"{_LIBRARY}/{name}": path for name, path in _walk(app / _LIBRARY, follow_links=False)}
    files |= dict(_walk(app / _VENDOR, follow_links=True))
    return files


def origin(app: Path, name: str) -> Path:
    """Return the file of the project that a file of the package comes from."""
    vendored = app / _VENDOR / name
    return vendored if vendored.exists() else app / name


def _walk(folder: Path, *, follow_links: bool) -> Iterator[tuple[str, Path]]:
    for root, folders, names in os.walk(folder, followlinks=follow_links):
        folders[:] = [name for name in folders if name != _CACHE]
        for name in names:
            path = Path(root, name)
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path


def unpack(app: Path, target: Path) -> None:
    """Make a directory hold the package and nothing else but compiled modules; copy only what has changed."""
    wanted = package_files(app)
    folders = {target / parent for name in wanted for parent in Path(name).parents}
    for root, below, names in os.walk(target, topdown=False):
        here = Path(root)
        if here not in folders and here.name != _CACHE:
            # An empty directory would still be importable.
            shutil.rmtree(here, ignore_errors=True)
            continue
        for name in names:
            if here.name != _CACHE and (here / name).relative_to(target).as_posix() not in wanted:
                (here / name).unlink()
        for name in below:
            if (here / name).is_symlink():
                (here / name).unlink()
    for name, source in wanted.items():
        _copy(source, target / name)


def _copy(source: Path, target: Path) -> None:
    try:
        new = source.stat()
    except FileNotFoundError:
        # Deleted between the listing and now; the next look at the project notices.
        return
    if target.is_dir():
        shutil.rmtree(target)
    if target.is_file():
        old = target.stat()
        if (old.st_size, old.st_mtime_ns) == (new.st_size, new.st_mtime_ns):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    # A function that reads it meanwhile gets the old file or the new one, and nothing between.
    part = target.with_name(f"{target.name}.part")
    shutil.copy2(source, part)
    part.replace(target)


class UnpackedPackage:
    """Two copies of the package: functions run on one while the other takes a change.

    Parameters
    ----------
    app
        The project.
    folder
        Where the copies go.
    """

    def __init__(self, app: Path, folder: Path) -> None:
        self._app = app
        self._spare, self.current = folder / "a", folder / "b"
        """``current`` is the copy that functions run on, once one was accepted."""

    def unpack(self) -> Path:
        """Lay the project out in the copy that no function runs on, and return it.

        Raises
        ------
        StackError
            A file cannot be read or written; the message names it.
        """
        try:
            self._spare.mkdir(parents=True, exist_ok=True)
            unpack(self._app, self._spare)
        except OSError as error:
            raise StackError(f"The package of {self._app} cannot be laid out: {error}") from error
        return self._spare

    def accept(self) -> None:
        """Make the copy that was laid out last the one that functions run on."""
        self._spare, self.current = self.current, self._spare
