"""A short run of the chat bench on both stacks."""

import json

import pytest

from bench.__main__ import main


def test_both_designs_deliver_what_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chat", "--json", "--seconds", "1", "--scenarios", "4:4"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["lost"] == {"ours": 0, "simple": 0}
    for key in ("p50_ms", "p99_ms"):
        assert figures[key]["ours"] > 0
        assert figures[key]["simple"] > 0
