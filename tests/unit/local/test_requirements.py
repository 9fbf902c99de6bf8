"""Which files decide what an application's requirements install."""

from pathlib import Path

import pytest

from local.requirements import requirement_files


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(app: Path) -> set[str]:
    return {path.relative_to(app.resolve()).as_posix() for path in requirement_files(app)}


def test_an_application_without_requirements_has_none(tmp_path: Path) -> None:
    assert found(tmp_path) == set()


def test_included_files_are_found_beside_the_one_that_includes_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "requirements.txt": "-r requirements/base.txt\nboto3",
            "requirements/base.txt": "--constraint pins.txt\n-rmore.txt",
            "requirements/pins.txt": "boto3==1.40.0",
            "requirements/more.txt": "-r base.txt",
        },
    )
    names = {"requirements.txt", "requirements/base.txt", "requirements/pins.txt", "requirements/more.txt"}
    assert found(tmp_path) == names


def test_packages_that_are_named_by_a_path_stand_for_their_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "requirements.txt": "\n".join(
                ("./one[fast] ; python_version > '3'", "-e two", "--find-links=wheels", "three @ ./three.zip")
            ),
            "one/pyproject.toml": "",
            "one/one/__init__.py": "",
            "one/.venv/lib/module.py": "",
            "one/build/lib/module.py": "",
            "one/state/data.db": "",
            "one/one/__pycache__/x.pyc": "",
            "two/setup.py": "",
            "wheels/a.whl": "",
            "three.zip": "",
            "unrelated.txt": "",
        },
    )
    assert found(tmp_path) == {
        *("requirements.txt", "one/pyproject.toml", "one/one/__init__.py"),
        *("two/setup.py", "wheels/a.whl", "three.zip"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "base.txt==1  # -r base.txt",
        "# -r base.txt",
        "numpy",
        "-r https://example.com/base.txt",
        "package @ https://example.com/base.txt",
        "-r missing.txt",
        "--index-url https://example.com/simple",
        "broken 'quote",
        "--hash=sha256:abc",
    ],
)
def test_what_is_no_path_leads_nowhere(tmp_path: Path, line: str) -> None:
    write(tmp_path, {"requirements.txt": line, "base.txt": "", "numpy/__init__.py": ""})
    assert found(tmp_path) == {"requirements.txt"}


def test_a_continued_line_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "-r \\\n  base.txt", "base.txt": ""})
    assert found(tmp_path) == {"requirements.txt", "base.txt"}
