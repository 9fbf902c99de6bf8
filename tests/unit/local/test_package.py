"""The unpacked package holds what Chalice's own packager packages, and follows the project."""

import os
import zipfile
from pathlib import Path
from typing import Any, cast

import pytest
from chalice.deploy.packager import LambdaDeploymentPackager
from chalice.utils import UI, OSUtils

from local.errors import StackError
from local.package import UnpackedPackage, origin, package_files, unpack

FILES = {
    "app.py": "app = None",
    "helpers.py": "beside",
    "data.json": "{}",
    "requirements.txt": "",
    "resources.json": "{}",
    ".chalice/config.json": "{}",
    ".venv/lib/module.py": "",
    "tests/test_app.py": "",
    "chalicelib/__init__.py": "",
    "chalicelib/deep/data.txt": "text",
    "chalicelib/.hidden": "",
    "vendor/mylib/__init__.py": "vendored",
    "vendor/single.py": "",
    "vendor/chalicelib/extra.py": "",
}


def write(project: Path, name: str, text: str = "") -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    for name, text in FILES.items():
        write(project, name, text)
    return project


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


class NoDependencies:
    """Stands in for the part of Chalice's packager that runs pip."""

    def build_site_packages(self, *arguments: Any) -> None:
        pass


def packaged_by_chalice(project: Path) -> dict[str, str]:
    packager = LambdaDeploymentPackager(OSUtils(), cast(Any, NoDependencies()), UI())
    made = packager.create_deployment_package(str(project), "python3.12")
    with zipfile.ZipFile(made) as package:
        names = [name for name in package.namelist() if not name.startswith("chalice/")]
        return {name: package.read(name).decode() for name in sorted(names)}


def test_it_holds_what_chalice_packages(project: Path, tmp_path: Path) -> None:
    unpack(project, tmp_path / "task")
    assert tree(tmp_path / "task") == packaged_by_chalice(project)
    assert "mylib/__init__.py" in tree(tmp_path / "task"), "what is in vendor/ is at the root"


def test_links_are_followed_where_chalice_follows_them(project: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/linked/__init__.py", "linked")
    (project / "vendor" / "linked").symlink_to(tmp_path / "elsewhere" / "linked")
    (project / "chalicelib" / "linked").symlink_to(tmp_path / "elsewhere" / "linked")
    (project / "chalicelib" / "file.py").symlink_to(tmp_path / "elsewhere" / "linked" / "__init__.py")
    unpack(project, tmp_path / "task")
    assert tree(tmp_path / "task") == packaged_by_chalice(project)


def test_compiled_modules_are_left_out_and_those_of_the_copy_are_kept(project: Path, tmp_path: Path) -> None:
    write(project, "chalicelib/__pycache__/old.pyc")
    assert not any("__pycache__" in name for name in package_files(project))
    unpack(project, tmp_path / "task")
    write(tmp_path, "task/chalicelib/__pycache__/kept.pyc")
    unpack(project, tmp_path / "task")
    assert (tmp_path / "task" / "chalicelib" / "__pycache__" / "kept.pyc").exists()


def test_a_second_time_it_follows_what_changed_and_what_is_gone(project: Path, tmp_path: Path) -> None:
    task = tmp_path / "task"
    unpack(project, task)
    untouched = (task / "app.py").stat().st_ino
    write(project, "chalicelib/deep/data.txt", "changed")
    write(project, "vendor/new.py", "new")
    for name in ("vendor/single.py", "vendor/mylib/__init__.py"):
        (project / name).unlink()
    # A module that becomes a package.
    write(project, "chalicelib/kind.py")
    unpack(project, task)
    (project / "chalicelib" / "kind.py").unlink()
    write(project, "chalicelib/kind.py/__init__.py")
    unpack(project, task)
    assert tree(task) == packaged_by_chalice(project)
    assert not (task / "mylib").exists(), "an empty directory would be importable"
    assert (task / "app.py").stat().st_ino == untouched, "what has not changed is not copied again"


def test_a_change_of_the_same_size_is_noticed(project: Path, tmp_path: Path) -> None:
    unpack(project, tmp_path / "task")
    write(project, "app.py", "app = 1234"[: len(FILES["app.py"])])
    os.utime(project / "app.py", (1_900_000_000, 1_900_000_000))
    unpack(project, tmp_path / "task")
    assert (tmp_path / "task" / "app.py").read_text() == (project / "app.py").read_text()


def test_functions_keep_their_copy_until_the_next_one_is_accepted(project: Path, tmp_path: Path) -> None:
    package = UnpackedPackage(project, tmp_path / "package")
    first = package.unpack()
    package.accept()
    write(project, "app.py", "broken =")
    second = package.unpack()
    assert package.current == first != second
    assert (first / "app.py").read_text() == "app = None"
    # It was not accepted, so the next change is laid out in the same copy.
    assert package.unpack() == second


def test_a_package_that_cannot_be_laid_out_names_the_file(project: Path, tmp_path: Path) -> None:
    (tmp_path / "package").write_text("in the way")
    with pytest.raises(StackError, match=f"cannot be laid out: .*{tmp_path}/package"):
        UnpackedPackage(project, tmp_path / "package").unpack()


def test_a_file_of_the_package_is_found_in_the_project(project: Path) -> None:
    assert origin(project, "chalicelib/deep/data.txt") == project / "chalicelib/deep/data.txt"
    assert origin(project, "mylib/__init__.py") == project / "vendor/mylib/__init__.py"
