"""Counts in CloudWatch's embedded metric format."""

import json

import pytest

from chalicelib.adapters import metrics


def test_a_count_is_a_metric_of_its_stage_and_of_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    metrics.configure("prod")
    try:
        metrics.count("StorageFault", 2, operation="Query")
    finally:
        metrics.configure("local")
    line = json.loads(capsys.readouterr().out)
    (described,) = line["_aws"]["CloudWatchMetrics"]
    assert described["Dimensions"] == [["Stage"], ["Stage", "operation"]]
    assert described["Metrics"] == [{"Name": "StorageFault", "Unit": "Count"}]
    assert (line["StorageFault"], line["Stage"], line["operation"]) == (2, "prod", "Query")
