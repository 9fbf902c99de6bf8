"""The bundle of the trainer's instance: its code, wheels with their hashes, and its training data."""

import hashlib
import io
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError
from packaging.utils import parse_wheel_filename

from deploy_extras.cloud import Cloud
from deploy_extras.console import say
from deploy_extras.errors import DeployError

_ROOT = Path(__file__).parents[1]
REQUIREMENTS = _ROOT / "trainer" / "requirements.txt"
CONSTRAINTS = _ROOT / "constraints.txt"
SOURCES = {"trainer": _ROOT / "trainer", "chalice_app": _ROOT / "chalice_app"}
# Graviton, with the C library of Amazon Linux 2023 (2.34).
GRAVITON = (*(f"manylinux_2_{minor}_aarch64" for minor in (34, 31, 28, 27, 17)), "manylinux2014_aarch64")
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_PREFIX = "trainer/bundles"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle in the bucket."""

    key: str
    sha256: str


def download(requirements: Path, target: Path, platforms: tuple[str, ...] = GRAVITON) -> Path:
    """Download the pinned wheels for the trainer's instance; return their folder.

    Wheels of an earlier call with the same requirements are reused.
    """
    pins = b"".join(p.read_bytes() for p in (*_included(requirements), CONSTRAINTS))
    folder = target / hashlib.sha256(pins + "".join((PYTHON, *platforms)).encode()).hexdigest()[:16]
    done = folder / ".complete"
    if done.exists():
        return folder
    say(f"downloading the trainer's packages for {platforms[0]} (once, about 100 MB) ...")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--dest", str(folder), "--only-binary", ":all:", "--python-version", PYTHON]
    for platform in platforms:
        command += ["--platform", platform]
    # Transitive requirements are pinned as well, so that every machine makes the same bundle.
    ended = subprocess.run(  # noqa: S603 - pip of this environment
        [*command, "-r", str(requirements.resolve()), "-c", str(CONSTRAINTS)],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise DeployError(f"The trainer's packages could not be downloaded: {ended.stderr.strip()}")
    done.touch()
    return folder


def corpora() -> list[Path]:
    """Download the corpora and word vectors that a model is trained on; return their files."""
    # The trainer's modules import NumPy and the application: no other command should wait for them.
    from trainer.errors import TrainerError  # noqa: PLC0415
    from trainer.packages import fetch  # noqa: PLC0415
    from trainer.sources import PACKAGES  # noqa: PLC0415

    try:
        return [fetch(package) for package in PACKAGES]
    except TrainerError as error:
        raise DeployError(f"The training data are incomplete: {error}") from error


def pack(wheels: Path, sources: Mapping[str, Path], training_data: Iterable[Path] = ()) -> bytes:
    """Return the archive. The same content gives the same bytes."""
    content: dict[str, bytes] = {"python-version": f"python{PYTHON}".encode()}
    lock = []
    for wheel in sorted(wheels.glob("*.whl")):
        data = wheel.read_bytes()
        project, version, _, _ = parse_wheel_filename(wheel.name)
        lock.append(f"{project}=={version} --hash=sha256:{hashlib.sha256(data).hexdigest()}\n")
        content[f"wheels/{wheel.name}"] = data
    content["requirements.lock"] = "".join(lock).encode()
    content |= {f"data/{path.name}": path.read_bytes() for path in training_data}
    for prefix, folder in sources.items():
        for path in folder.rglob("*"):
            if path.is_file() and not {"__pycache__", ".chalice"} & set(path.parts):
                content[f"{prefix}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(content):
            entry = tarfile.TarInfo(name)
            entry.size = len(content[name])
            tar.addfile(entry, io.BytesIO(content[name]))
    return archive.getvalue()


def publish(cloud: Cloud, bucket: str, archive: bytes) -> Bundle:
    """Upload an archive under its hash, unless the bucket has it already."""
    sha256 = hashlib.sha256(archive).hexdigest()
    bundle = Bundle(f"{_PREFIX}/{sha256}.tar", sha256)
    s3 = cloud.client("s3")
    try:
        s3.head_object(Bucket=bucket, Key=bundle.key)
    except ClientError:
        say(f"uploading the trainer's bundle ({len(archive) / 1e6:.0f} MB) ...")
        s3.put_object(Bucket=bucket, Key=bundle.key, Body=archive)
    return bundle


def expire(cloud: Cloud, bucket: str, current: str) -> int:
    """Delete every bundle but the one with this key; return how many.

    The instance may read the current one alone, so none of the others is of use to it.
    """
    s3 = cloud.client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{_PREFIX}/")
    old = [each["Key"] for page in pages for each in page.get("Contents", []) if each["Key"] != current]
    for key in old:
        s3.delete_object(Bucket=bucket, Key=key)
    return len(old)


def _included(requirements: Path) -> list[Path]:
    """Return a requirements file and those that it includes."""
    found = [requirements]
    for line in requirements.read_text("utf-8").splitlines():
        if line.startswith("-r "):
            found += _included(requirements.parent / line[3:].strip())
    return found
