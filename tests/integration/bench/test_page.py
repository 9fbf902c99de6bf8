"""A short run of the page's bench: it measures what it says, and the page keeps to what can be counted."""

import json

import pytest

from bench.__main__ import main

MOST_ROWS = 300


def test_the_page_goes_back_to_the_first_message_with_few_rows(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["page", "--json", "--against", "", "--back", "400", "--seconds", "1", "--messages", "3"]
    assert main(arguments) == 0
    figures = json.loads(capsys.readouterr().out)["page"]["now"]
    assert 0 < figures["rows in the document, at most"] < MOST_ROWS
    assert all(value > 0 for value in figures.values())
