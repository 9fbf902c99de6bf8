"""The Lambda package contains everything it needs, and works on its own."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from deploy_extras import bytecode
from deploy_extras.other_user import prove, prove_once
from deploy_extras.package import APP
from deploy_extras.package_check import MAX_PACKAGE_BYTES, PackageError, check, pins
from tests.integration.deploy.emulators import ARCHITECTURE

REQUIREMENTS = APP / "requirements.txt"


@pytest.fixture(scope="module")
def slim(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the package without numpy's and cryptography's modules, which take most of the time to copy."""
    return copied(
        package, tmp_path_factory.mktemp("slim") / "slim.zip", ("numpy/", "numpy.libs/", "cryptography/")
    )


def copied(package: Path, target: Path, without: tuple[str, ...] = ()) -> Path:
    """Copy a package, without what begins with these names, as `bytecode.add` writes it."""
    with ZipFile(package) as whole, ZipFile(target, "w") as part:
        for entry in whole.infolist():
            if not entry.filename.startswith(without):
                part.writestr(entry, whole.read(entry))
    return target


def closed(package: Path, target: Path, suffix: str) -> Path:
    """Copy a package, with files of a kind that only their owner may read."""
    with ZipFile(package) as whole, ZipFile(target, "w") as part:
        for entry in whole.infolist():
            if entry.filename.startswith("chalicelib/") and entry.filename.endswith(suffix):
                entry.external_attr = (stat.S_IFREG | 0o600) << 16
            part.writestr(entry, whole.read(entry))
    return target


def test_the_package_contains_every_requirement_in_its_pinned_version(package: Path) -> None:
    content = check(package, REQUIREMENTS, ARCHITECTURE)
    assert set(pins(REQUIREMENTS).items()) <= set(content.items())
    assert {"numpy", "itsdangerous"} <= set(content)


def test_the_package_contains_no_requirement_of_the_trainer(package: Path) -> None:
    assert not {"scikit-learn", "scipy", "textblob", "nltk", "joblib"} & set(
        check(package, REQUIREMENTS, ARCHITECTURE)
    )


def test_the_package_is_small_enough_to_upload(package: Path) -> None:
    assert package.stat().st_size <= MAX_PACKAGE_BYTES


def test_a_package_that_lacks_a_requirement_is_refused(slim: Path, tmp_path: Path) -> None:
    broken = copied(slim, tmp_path / "broken.zip", without=("numpy", "chalicelib/"))
    with pytest.raises(PackageError, match=r"numpy==.* is missing") as refused:
        check(broken, REQUIREMENTS, ARCHITECTURE)
    assert "chalicelib is missing" in str(refused.value)


def test_a_wheel_for_a_newer_c_library_is_refused(slim: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with ZipFile(slim) as whole, ZipFile(broken, "w") as part:
        for name in whole.namelist():
            data = whole.read(name)
            if name.startswith("numpy-") and name.endswith("WHEEL"):
                data = data.replace(b"manylinux_2_17", b"manylinux_2_39").replace(b"manylinux2014", b"linux")
                data = data.replace(b"manylinux_2_27", b"manylinux_2_39").replace(b"manylinux_2_28", b"linux")
            part.writestr(name, data)
    with pytest.raises(PackageError, match="Lambda cannot load it"):
        check(broken, REQUIREMENTS, ARCHITECTURE)


def test_a_requirement_without_an_exact_version_is_refused(tmp_path: Path) -> None:
    loose = tmp_path / "requirements.txt"
    loose.write_text("numpy>=2\n")
    with pytest.raises(PackageError, match="pins no exact version"):
        pins(loose)


def test_every_module_has_bytecode(package: Path) -> None:
    with ZipFile(package) as archive:
        names = set(archive.namelist())
    tag = sys.implementation.cache_tag
    for name in ("app", "chalice/app", "chalicelib/wiring", "itsdangerous/serializer", "numpy/__init__"):
        folder, _, module = name.rpartition("/")
        assert f"{folder + '/' if folder else ''}__pycache__/{module}.{tag}.pyc" in names, name


def test_bytecode_is_added_once(package: Path) -> None:
    before = package.read_bytes()
    bytecode.add(package)
    assert package.read_bytes() == before


def test_a_package_that_an_earlier_version_completed_gets_its_modes(slim: Path, tmp_path: Path) -> None:
    earlier = closed(slim, tmp_path / "earlier.zip", ".pyc")
    bytecode.add(earlier)
    assert earlier.read_bytes() == slim.read_bytes()


def test_the_same_sources_give_the_same_bytecode(tmp_path: Path) -> None:
    made = []
    for name in ("one", "another"):
        folder = tmp_path / name
        shutil.copytree(APP / "chalicelib", folder, ignore=shutil.ignore_patterns("*.pyc"))
        made.append([file.read_bytes() for file in bytecode.compile_all(folder)])
    assert len(made[0]) > 50
    assert made[0] == made[1]


def test_bytecode_with_a_timestamp_is_refused(slim: Path, tmp_path: Path) -> None:
    stale = tmp_path / "stale.zip"
    shutil.copyfile(slim, stale)
    with ZipFile(stale, "a") as archive:
        archive.writestr("chalicelib/__pycache__/old.pyc", MAGIC_NUMBER + bytes(12))
    with pytest.raises(PackageError, match=r"old\.pyc is bytecode without a hash of its source"):
        check(stale, REQUIREMENTS, ARCHITECTURE)


def test_a_file_that_only_its_owner_can_read_is_refused(slim: Path, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"errors\S*\.pyc has the mode 0600: it must be 0644"):
        check(closed(slim, tmp_path / "closed.zip", ".pyc"), REQUIREMENTS, ARCHITECTURE)


def test_modes_and_bytes_of_a_package_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    made = []
    for umask in (0o077, 0o002):
        before = os.umask(umask)
        try:
            folder = tmp_path / str(umask)
            folder.mkdir()
            (folder / "app.py").write_text("answer = 42\n")
            package = folder / "package.zip"
            with ZipFile(package, "w") as archive:
                archive.write(folder / "app.py", "app.py")
                archive.write(folder, "folder/")
            bytecode.add(package)
        finally:
            os.umask(before)
        made.append(package.read_bytes())
        with ZipFile(package) as archive:
            modes = {i.filename: f"{i.external_attr >> 16 & 0o777:04o}" for i in archive.infolist()}
        pyc = f"__pycache__/app.{sys.implementation.cache_tag}.pyc"
        assert modes == {"app.py": "0644", pyc: "0644", "folder/": "0755"}
    assert made[0] == made[1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_loads_every_module_from_its_bytecode(package: Path) -> None:
    proven = prove(package)
    found = re.fullmatch(r"(\d+) modules were loaded from their bytecode as another user", proven)
    assert found is not None, proven
    assert int(found[1]) > 200


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_what_another_user_cannot_load_is_named(slim: Path, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"is compiled although its bytecode is there"):
        prove(closed(slim, tmp_path / "closed.zip", ".pyc"))
    with pytest.raises(PackageError, match=r"chalicelib/__init__\.py cannot be read"):
        prove(closed(slim, tmp_path / "sources.zip", ".py"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_package_is_proven_once_and_anew_when_it_changes(slim: Path, tmp_path: Path) -> None:
    package = tmp_path / "package.zip"
    shutil.copyfile(slim, package)
    said = prove_once(package)
    noted = package.with_suffix(".proven")
    noted.write_text(noted.read_text().replace(said, "as it was found before"))
    assert prove_once(package) == "as it was found before"
    closed(slim, package, ".pyc")
    with pytest.raises(PackageError, match="is compiled although its bytecode is there"):
        prove_once(package)


@pytest.fixture(scope="module")
def alone(unpacked: Path, provided: Path) -> dict[str, Any]:
    """Return the responses of the functions in a process that sees only the package and boto3."""
    environment = {
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",  # discard: nothing listens there
        "CONNECTIONS_TABLE": "connections",
        "MESSAGES_TABLE": "messages",
        "TOKEN_SECRET": "0123456789abcdef0123456789abcdef",
    }
    script = Path(__file__).with_name("alone.py")
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(unpacked), str(provided)],
        cwd=unpacked,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    answers: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return answers


def test_a_starting_function_compiles_nothing(alone: dict[str, Any]) -> None:
    assert alone["compiled"] == []


def test_every_module_can_be_imported_on_its_own(alone: dict[str, Any]) -> None:
    assert "chalicelib.wiring" in alone["modules"]


def test_a_handshake_with_a_forged_token_is_refused_by_the_package(alone: dict[str, Any]) -> None:
    assert alone["refused"] == 401


def test_health_is_503_if_storage_is_unreachable(alone: dict[str, Any]) -> None:
    assert alone["health"]["status"] == 503
    assert alone["health"]["body"]["code"] == "unavailable"


def test_the_model_in_the_package_scores_a_message(alone: dict[str, Any]) -> None:
    assert alone["mood"] == "positive"
