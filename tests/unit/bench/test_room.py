"""The busy room, small."""

import json

import pytest

from bench.__main__ import main
from bench.room.result import Pulse


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
    pulse = figures["pulse"]
    assert (pulse["sent"], pulse["people"], pulse["people_counted"]) == (50, 40, 40)


@pytest.mark.parametrize(
    ("counted", "people", "complete"),
    [(50, 40, True), (43, 33, True), (42, 40, False), (51, 40, False), (50, 39, False), (50, 41, False)],
)
def test_a_pulse_that_lacks_more_than_a_block_or_counts_anything_twice_is_not_complete(
    counted: int, people: int, complete: bool
) -> None:
    assert Pulse(50, 40, counted, people).complete == complete
