"""Decision records have one skeleton, stand in the index, and name what they supersede."""

import re
from pathlib import Path

import pytest

from testkit.undertone import ROOT

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))[1:]
INDEX = (FOLDER / "0000-index.md").read_text("utf-8")

DATE = r"\d{4}-\d\d-\d\d"


def link(name: str) -> str:
    return rf"\[\d{{4}}\]\((?P<{name}>[\w-]+\.md)\)"


STATUS = re.compile(
    rf"Status: (?:Accepted on (?P<accepted>{DATE})\.|"
    rf"Superseded by {link('superseded_by')} on {DATE}; accepted on (?P<first>{DATE})\.)"
    rf"(?: Supersedes {link('supersedes')}\.)?"
    rf"(?: Amends {link('amends')}\.)?"
    rf"(?: Amended by {link('amended_by')} on {DATE}\.)?"
)
OPPOSITE = {
    "superseded_by": "supersedes",
    "supersedes": "superseded_by",
    "amends": "amended_by",
    "amended_by": "amends",
}


def status(record: Path) -> dict[str, str]:
    """Return the parts of a record's status that there are."""
    line = record.read_text("utf-8").splitlines()[2]
    parts = STATUS.fullmatch(line)
    assert parts, f"{record.name}: {line!r}"
    return {name: value for name, value in parts.groupdict().items() if value}


def title(record: Path) -> str:
    return record.read_text("utf-8").partition("\n")[0].removeprefix(f"# {record.name[:4]} ")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_has_title_status_context_decision_and_consequences(record: Path) -> None:
    lines = record.read_text("utf-8").splitlines()
    assert re.fullmatch(rf"# {record.name[:4]} \S.*", lines[0])
    assert (lines[1], lines[3]) == ("", "")
    assert status(record)
    headings = [line for line in lines[1:] if line.startswith("#")]
    assert headings == ["## Context", "## Decision", "## Consequences"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_the_index_lists_a_record_with_its_status_and_date(record: Path) -> None:
    found = status(record)
    other = found.get("superseded_by")
    state = f"Superseded by [{other[:4]}]({other})" if other else "Accepted"
    date = found.get("accepted") or found["first"]
    assert f"| [{record.name[:4]}]({record.name}) | {title(record)} | {state} | {date} |\n" in INDEX


def test_the_index_lists_records_once_and_in_order() -> None:
    assert re.findall(r"^\| \[\d{4}\]\((.*?)\)", INDEX, re.MULTILINE) == [r.name for r in RECORDS]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_that_supersedes_or_amends_another_is_named_there(record: Path) -> None:
    found = status(record)
    for relation in OPPOSITE.keys() & found.keys():
        assert status(FOLDER / found[relation])[OPPOSITE[relation]] == record.name
