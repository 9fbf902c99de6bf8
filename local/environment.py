"""The environment in which workers run: the application's requirements and what Lambda itself provides."""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local import provided
from local.errors import StackError
from local.requirements import requirement_files

RUNTIME_CLIENT = "awslambdaric==4.2.2"
"""AWS's runtime client for Python, the program that runs a function inside Lambda."""

# Of the AWS SDK, functions get the version that this tool has itself.
_OWN = ("boto3", "botocore")
READY = "The functions' environment is ready"
"""How the last line begins that preparing an environment prints."""

# The two files of itself that `chalice deploy` puts into the package.
_CHALICE_RUNTIME = ("__init__.py", "app.py")
# Bump to make all environments anew when this module builds them differently.
_FORMAT = 2


def worker_python(app: Path, progress: Callable[[str], None]) -> Path:
    """Return the interpreter of the environment for an application, after making it if it is not there yet.

    An environment is named by a hash of what goes into it and lies beneath the one that runs this tool.

    Raises
    ------
    StackError
        The requirements cannot be installed; the message carries pip's last lines.
    """
    target = _target(app)
    if not target.is_dir():
        target.parent.mkdir(exist_ok=True)
        with _locked(target.parent / "lock", progress):
            if not target.is_dir():
                _make(target, app, progress)
    return _python(target)


def existing_python(app: Path) -> Path | None:
    """Return the interpreter of the environment for an application, or None if it is not made yet."""
    target = _target(app)
    return _python(target) if target.is_dir() else None


def _python(environment: Path) -> Path:
    return environment / "bin" / "python"


def _target(app: Path) -> Path:
    return Path(sys.prefix) / "lambda-envs" / _fingerprint(app)


def _provided() -> list[str]:
    """What Lambda provides: its runtime client and boto3, the latter as old or new as the tool's own."""
    return [
        RUNTIME_CLIENT,
        *(f"{name}=={importlib.metadata.version(name)}" for name in _OWN),
    ]


def _fingerprint(app: Path) -> str:
    """Hash of everything that decides what an environment holds."""
    ingredients = [_FORMAT, sys.version, _provided(), importlib.metadata.version("chalice")]
    digest = hashlib.sha256(json.dumps(ingredients).encode())
    for file in requirement_files(app):
        content = file.read_bytes()
        digest.update(f"\n{os.path.relpath(file, app)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _make(target: Path, app: Path, progress: Callable[[str], None]) -> None:
    """Make an environment under another name, so that one whose making was interrupted is never used."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    started = time.monotonic()
    progress("Preparing the functions' environment (once for these requirements) …")
    _run([sys.executable, "-m", "venv", "--without-pip", str(unfinished)], app, progress)
    pip = [sys.executable, "-m", "pip", "--python", str(_python(unfinished)), "install"]
    pip += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    progress(f"  installing what Lambda provides: {', '.join(_provided())} …")
    lacking = provided.copy(_OWN, _packages(unfinished))
    _run([*pip, *(_provided() if lacking else [RUNTIME_CLIENT])], app, progress)
    requirements = app / "requirements.txt"
    if requirements.is_file() and requirements.read_bytes().strip():
        progress(f"  installing {requirements} …")
        # A second call, because a package of the application wins over what Lambda provides.
        _run([*pip, "-r", str(requirements)], app, progress)
    _add_chalice_runtime(unfinished)
    unfinished.rename(target)
    progress(f"  done in {time.monotonic() - started:.0f} s")


def _packages(environment: Path) -> Path:
    """Return the folder of an environment's packages."""
    [packages] = (environment / "lib").glob("python*/site-packages")
    return packages


def _add_chalice_runtime(environment: Path) -> None:
    """Put in what ``chalice deploy`` packages of itself, and nothing else of Chalice.

    A version that the requirements name is not deployed: Chalice's packager leaves it out for its own.
    """
    spec = importlib.util.find_spec("chalice")
    if spec is None or spec.origin is None:
        raise StackError("Chalice is not installed beside this tool: run `pip install chalice`")
    target = _packages(environment) / "chalice"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in _CHALICE_RUNTIME:
        shutil.copyfile(Path(spec.origin).parent / name, target / name)


def _run(command: list[str], app: Path, progress: Callable[[str], None]) -> None:
    """Run one step; every few seconds say the newest of what it prints."""
    process = subprocess.Popen(  # noqa: S603 - venv and pip
        # In the project, as `chalice deploy` does: pip looks there for packages that are named by a path.
        command,
        cwd=app,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []
    spoken = time.monotonic()
    try:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if time.monotonic() - spoken > 2:
                progress(f"    {lines[-1][:100]}")
                spoken = time.monotonic()
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if code:
        tail = "\n".join(lines[-15:])
        raise StackError(f"The functions' environment could not be made. {' '.join(command)} said:\n{tail}")


@contextmanager
def _locked(path: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """Hold a lock file, so that two stacks started at once do not make the same environment."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("Another stack is preparing an environment: waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
