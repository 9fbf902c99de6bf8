"""The busy room, small."""

import json

import pytest

from bench.__main__ import main


def test_the_engine_loses_nothing_in_a_room_too_busy_for_one_frame_a_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small = ["--connections", "40", "--rate", "50", "--seconds", "1", "--limit", "1000"]
    assert main(["room", "--json", *small]) == 0
    figures = json.loads(capsys.readouterr().out)
    for key in ("lost", "p50_ms", "p99_ms", "frames_per_message"):
        assert set(figures[key]) == {"ours", "one_frame_a_message"}
    assert figures["lost"]["ours"] == 0
    assert figures["unordered"]["ours"] == 0
    assert figures["frames_per_message"]["ours"] < figures["frames_per_message"]["one_frame_a_message"]
