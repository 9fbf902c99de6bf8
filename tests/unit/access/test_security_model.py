"""The tests that the security model names exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
MODEL = (ROOT / "docs" / "security-model.md").read_text("utf-8")
CHAPTERS = ("V2", "V3", "V4")
_TEST = re.compile(r"`([a-z0-9_/]+\.py)::(test_[a-z0-9_]+)`")


def test_every_test_that_holds_a_requirement_exists() -> None:
    named = set(_TEST.findall(MODEL))
    assert len(named) > 20
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^(async )?def {name}\(", (ROOT / "tests" / path).read_text("utf-8"), re.MULTILINE)
    ]
    assert missing == []


def test_every_requirement_has_a_test_or_a_reason() -> None:
    for chapter in CHAPTERS:
        _, found, rest = MODEL.partition(f"\n### {chapter} ")
        assert found, chapter
        rows = re.findall(r"^\| (\d\S.*?) \| (.*) \|$", rest.split("\n### ")[0], re.MULTILINE)
        assert len(rows) > 8, chapter
        assert all(number.startswith(chapter[1]) and how for number, how in rows)
