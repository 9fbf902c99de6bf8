"""A short run of the stress tool on the real stack."""

import json

import pytest

from bench.__main__ import main


def test_a_short_stress_finds_nothing_broken(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["stress", "--seed", "1", "--seconds", "5", "--clients", "6", "--rooms", "1", "--json"])
    figures = json.loads(capsys.readouterr().out)
    broken = {name: figures[name] for name in ("lost", "duplicated", "reordered", "gaps", "altered")}
    assert broken == dict.fromkeys(broken, 0), figures["notes"]
    assert figures["stored"] > 0
    assert figures["faults"]["worker_killed"] > 0
    assert figures["faults"]["connection_dropped"] > 0
    # Whether each other kind found a request to hit in so short a time is the machine's affair; then the
    # status says that the run proves less than it should.
    assert (status == 0) == all(figures["faults"].values())
