"""Figures beside those of an earlier version."""

from bench.earlier import REFUSED, comparison_rows


def test_a_figure_stands_beside_the_one_before_with_the_factor_between_them() -> None:
    found = {"now": {"join": 20.0}, "before": {"join": 78.0}}
    assert comparison_rows(found, decimals=0) == [["join", "78", "20", "3.9"]]


def test_what_was_refused_or_not_compared_has_no_factor() -> None:
    refused = {"now": {"join": 20.0}, "before": {"join": REFUSED}}
    assert comparison_rows(refused, decimals=0) == [["join", "refused", "20", "-"]]
    assert comparison_rows({"now": {"join": 20.0}}, decimals=1) == [["join", "-", "20.0", "-"]]
