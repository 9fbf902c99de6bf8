"""Links in the documents lead to files, pictures are small, make targets are explained."""

import re
from pathlib import Path

import pytest

from testkit.undertone import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAX_PICTURE_BYTES = 300_000
MAX_PICTURES_BYTES = 3_000_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_linked_file_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src="([^"]+)"', text)
    files = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in files if not (document.parent / link).exists()] == []


def test_every_picture_is_small_and_shown_somewhere() -> None:
    pictures = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").iterdir()}
    assert [name for name, size in pictures.items() if size > MAX_PICTURE_BYTES] == []
    assert sum(pictures.values()) <= MAX_PICTURES_BYTES
    text = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    shown = set(re.findall(r"images/([\w-]+\.webp)", text))
    assert shown == set(pictures)


def test_every_make_target_has_a_help_line() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted(phony.split()) == sorted(explained)
