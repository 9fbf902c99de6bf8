"""Distributions that this tool has itself are copied whole, or not at all."""

import subprocess
import sys
from pathlib import Path

import boto3.session
import pytest

from local import provided


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    assert provided.copy(["boto3"], folder) == []
    return folder


def test_a_copy_works_without_anything_else(packages: Path) -> None:
    code = "import boto3, sys; boto3.client('s3', region_name='us-east-1'); print(boto3.__file__)"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", f"import sys; sys.path.append({str(packages)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == str(packages / "boto3" / "__init__.py")


def test_pip_knows_what_was_copied_and_can_replace_it(packages: Path) -> None:
    for name in ("boto3", "botocore", "s3transfer", "python_dateutil"):
        [metadata] = packages.glob(f"{name}-*.dist-info")
        assert (metadata / "RECORD").is_file()


def test_a_copy_has_the_time_of_its_source_by_which_python_knows_its_bytecode(packages: Path) -> None:
    copied = packages / "boto3" / "session.py"
    assert copied.stat().st_mtime == Path(boto3.session.__file__).stat().st_mtime


def test_what_is_not_here_is_named(tmp_path: Path) -> None:
    assert provided.copy(["no-such-distribution-anywhere", "six"], tmp_path) == [
        "no-such-distribution-anywhere"
    ]
    assert (tmp_path / "six.py").is_file()


def test_a_distribution_that_lacks_a_file_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "here" / "broken-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (metadata / "RECORD").write_text("broken.py,,\nbroken-1.0.dist-info/METADATA,,\n")
    monkeypatch.syspath_prepend(tmp_path / "here")
    assert provided.copy(["broken"], tmp_path / "there") == ["broken"]
    assert not (tmp_path / "there").exists()
