import hashlib
import io
import sys
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trainer.errors import TrainerError
from trainer.packages import Package, cache_directory, fetch, read_member


def package(content: bytes) -> Package:
    digest = hashlib.sha256(content).hexdigest()
    return Package("undertone-no-such-package", "0.0.1", "no-such-0.0.1.zip", digest, "MIT")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERTONE_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # a test asks no package index
    return tmp_path


def test_a_cached_package_needs_no_network(cache: Path) -> None:
    (cache / "no-such-0.0.1.zip").write_bytes(b"data")
    assert fetch(package(b"data")).read_bytes() == b"data"


def test_a_package_with_another_hash_is_refused_and_removed(cache: Path) -> None:
    (cache / "no-such-0.0.1.zip").write_bytes(b"tampered")
    with pytest.raises(TrainerError, match="SHA-256"):
        fetch(package(b"data"))
    assert not (cache / "no-such-0.0.1.zip").exists()


def test_a_package_that_cannot_be_fetched_is_a_clear_error(cache: Path) -> None:
    with pytest.raises(TrainerError, match=r"cannot fetch undertone-no-such-package==0\.0\.1 .* put no-such"):
        fetch(package(b"data"))


def test_a_package_that_two_threads_fetch_at_once_is_complete_for_both(
    cache: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path_factory.mktemp("index")
    wheel = index / "undertone_words-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("words.txt", "good 1.0\n" * 1000)
        about = "undertone_words-1.0.dist-info"
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: undertone-words\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    wanted = Package("undertone-words", "1.0", wheel.name, digest, "MIT", source=False)
    with ThreadPoolExecutor(2) as two:
        paths = list(two.map(fetch, [wanted, wanted]))
    assert [path.read_bytes() for path in paths] == [wheel.read_bytes()] * 2
    assert list(cache.iterdir()) == [cache / wheel.name]


def test_the_cache_is_the_users_unless_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("UNDERTONE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "undertone"


def test_a_file_is_found_in_zips_and_tars_by_the_end_of_its_path() -> None:
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("package-1/data/words.txt", "zip")
    with tarfile.open(fileobj=tarred, mode="w:gz") as archive:
        member = tarfile.TarInfo("package-1/data/words.txt")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"tar"))
    assert read_member(zipped.getvalue(), "data/words.txt") == b"zip"
    assert read_member(tarred.getvalue(), "data/words.txt") == b"tar"
    with pytest.raises(TrainerError, match=r"missing\.txt"):
        read_member(zipped.getvalue(), "missing.txt")


def test_a_package_is_read_and_never_imported(cache: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("no_such/__init__.py", "raise SystemExit('imported')")
    (cache / "no-such-0.0.1.zip").write_bytes(content.getvalue())
    read_member(fetch(package(content.getvalue())).read_bytes(), "__init__.py")
    assert "no_such" not in sys.modules
