"""Completes a Lambda package with bytecode and the modes of its files.

A function cannot store bytecode of its own, so it would compile at each cold start.

The bytecode is compiled from the package's own sources and holds their hashes. Python compares these as it
imports a module: if the source has changed, it ignores the bytecode, and only time is lost.
"""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deploy_extras.package_check import MAX_PACKAGE_BYTES, PackageError, unreadable

FUNCTION_FOLDER = "/var/task"
_TESTS = "/tests/"  # of numpy: nothing imports them
# A function runs as another user than the one who owns its files, so everybody must be able to read them.
_FILE_MODE = stat.S_IFREG | 0o644
_FOLDER_MODE = stat.S_IFDIR | 0o755


def add(package: Path) -> None:
    """Add the bytecode of every module to a package, unless it is complete already.

    The package is written anew, so that its bytes follow from its content alone: every file may be read by
    everybody, whatever the umask of this machine, and none has the time at which it was made.

    Raises
    ------
    PackageError
        A module cannot be compiled, or the package becomes larger than Lambda accepts.
    """
    with ZipFile(package) as archive:
        names = archive.namelist()
        if _beside(Path("app.py")).as_posix() in names and not unreadable(archive):
            return
        with tempfile.TemporaryDirectory(prefix="bytecode-") as temporary:
            folder = Path(temporary)
            archive.extractall(
                folder, [name for name in names if name.endswith(".py") and _TESTS not in name]
            )
            files = compile_all(folder)
            compiled = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
        # numpy's wheel has a .pyc file, which holds a time and not the hash of its source.
        content = {name: archive.read(name) for name in names} | compiled
    whole = package.with_suffix(".whole")
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name in sorted(content):
            archive.writestr(_entry(name), content[name], ZIP_DEFLATED)
    if whole.stat().st_size > MAX_PACKAGE_BYTES:
        raise PackageError(
            f"{whole} has {whole.stat().st_size:,} bytes: Lambda accepts at most {MAX_PACKAGE_BYTES:,}"
        )
    # Atomically: Chalice uses any package that it finds, also a half-written one.
    whole.replace(package)


def _entry(name: str) -> ZipInfo:
    found = ZipInfo(name)
    found.create_system = 3  # Unix, whose modes these are
    found.external_attr = (_FOLDER_MODE if found.is_dir() else _FILE_MODE) << 16
    return found


def compile_all(folder: Path) -> list[Path]:
    """Compile every module in a folder into its `__pycache__`; return the files.

    Raises
    ------
    PackageError
        A module cannot be compiled.
    """
    command = [sys.executable, "-m", "compileall", "-q", "-f", "--invalidation-mode", "checked-hash"]
    # Bytecode depends on string hashes and on what its process did before, so a new process compiles. The
    # files must lie beside the sources, whatever PYTHONPYCACHEPREFIX says.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPYCACHEPREFIX"} | {
        "PYTHONHASHSEED": "0"
    }
    done = subprocess.run(  # noqa: S603 - Python itself
        [*command, "-s", str(folder), "-p", FUNCTION_FOLDER, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PackageError(f"a module cannot be compiled: {done.stdout.strip() or done.stderr.strip()}")
    return [_beside(source) for source in sorted(folder.rglob("*.py"))]


def _beside(source: Path) -> Path:
    # Not importlib's `cache_from_source`, which follows PYTHONPYCACHEPREFIX.
    return source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
