"""Functions restart after a change of what they are made of, and after no other."""

from pathlib import Path

import pytest

from local.reloading import snapshot


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (
        *("app.py", "requirements.txt", "base.txt", ".chalice/config.json", "chalicelib/t.txt"),
        *("chalicelib/deep/model.bin", "vendor/mylib/__init__.py", "vendor/data.json"),
    ):
        write(tmp_path, name)
    (tmp_path / "requirements.txt").write_text("-r base.txt")
    return tmp_path


def write(project: Path, name: str, text: str = "") -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    "name",
    [
        *("chalicelib/t.txt", "requirements.txt", "base.txt", "app.py", ".chalice/config.json"),
        *("chalicelib/deep/model.bin", "vendor/data.json", "chalicelib/new.py", "vendor/new.py"),
    ],
)
def test_every_file_that_the_package_or_its_environment_is_made_of_counts(project: Path, name: str) -> None:
    before = snapshot(project)
    write(project, name, "changed")
    assert snapshot(project) != before


@pytest.mark.parametrize("name", ["chalicelib/t.txt", "vendor/mylib/__init__.py", "requirements.txt"])
def test_a_deleted_file_counts(project: Path, name: str) -> None:
    before = snapshot(project)
    (project / name).unlink()
    assert snapshot(project) != before


@pytest.mark.parametrize(
    "name",
    [
        *(".venv/lib/module.py", "venv/lib/module.py", "tests/test_app.py", "helpers.py", "README.md"),
        *("chalicelib/__pycache__/t.cpython-312.pyc", ".chalice/deployments/package.zip", ".git/index"),
    ],
)
def test_what_is_not_packaged_does_not_count(project: Path, name: str) -> None:
    before = snapshot(project)
    write(project, name, "changed")
    assert snapshot(project) == before
