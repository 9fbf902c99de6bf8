"""The bench's output is a contract: README and checks read it."""

import json

import pytest

from bench.__main__ import main
from bench.report import Report, Table


def test_fanout_prints_each_figure_for_each_sender(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fanout", "--json", "--sizes", "20", "40", "--latency-ms", "1", "--rounds", "1"]) == 0

    figures = json.loads(capsys.readouterr().out)
    for key in ("deliveries_per_second", "cpu_us_per_delivery"):
        assert set(figures[key]) == {"serial", "threads", "ours"}
        assert all(value > 0 for value in figures[key].values())
    assert set(figures["by_connections"]) == {"20", "40"}
    assert figures["machine"]["cores"] >= 1
    assert figures["deliveries_per_second"]["ours"] > figures["deliveries_per_second"]["serial"]


def test_transports_are_compared_on_the_same_requests(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transports", "--json", "--deliveries", "200"]) == 0
    assert len(json.loads(capsys.readouterr().out)["cpu_us_per_delivery"]) == 3


def test_a_table_aligns_its_columns() -> None:
    table = Table("Speeds", ["who", "per second"], [["a", "1"], ["longer", "1,000"]])
    text = Report({}, [table], ["A note."], ran_on={"cores": 2}).as_text()
    assert text == (
        "Speeds\n\nwho     per second\n------------------\na                1\nlonger       1,000\n\n"
        "* A note.\n* Machine: cores 2."
    )
