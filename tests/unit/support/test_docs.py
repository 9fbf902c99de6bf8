"""Links in the documents lead to files, pictures are small, make targets are explained."""

import re
from pathlib import Path

import pytest

from testkit.undertone import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAX_PICTURE_BYTES = 300_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_linked_file_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src="([^"]+)"', text)
    files = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in files if not (document.parent / link).exists()] == []


def test_every_picture_is_small() -> None:
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > MAX_PICTURE_BYTES] == []


def test_every_make_target_has_a_help_line() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted(phony.split()) == sorted(explained)
