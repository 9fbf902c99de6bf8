"""The glossary's names and files are those of the code."""

import re
from pathlib import Path

import pytest

from testkit.undertone import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| term |", "| --- |"))
]


def path_of(name: str) -> Path:
    return ROOT / "chalice_app" / name if name.startswith("chalicelib/") else ROOT / name


def text_of(path: Path) -> str:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.suffix == ".py"]
    return "\n".join(file.read_text("utf-8") for file in files if file.suffix != ".npz")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_term_is_in_the_code(row: list[str]) -> None:
    _, meaning, code = row
    assert meaning.endswith(".")
    quoted = re.findall(r"`([^`]+)`", code)
    paths = [path_of(name) for name in quoted if "/" in name]
    assert paths
    assert [str(path) for path in paths if not path.exists()] == []
    text = "\n".join(map(text_of, paths))
    words = [word for name in quoted if "/" not in name for word in name.split(".")]
    assert [word for word in words if not re.search(rf"\b{word}\b", text)] == []


def test_every_term_stands_once() -> None:
    terms = [term.strip() for row in ROWS for term in row[0].split(",")]
    assert len(terms) == len(set(terms)) > 50
