"""Metrics in CloudWatch's embedded metric format."""

import json

import pytest

from chalicelib.adapters.metrics import LoggedMetrics
from chalicelib.metrics import Metric


def test_a_metric_has_its_stage_and_its_kind_as_dimensions(capsys: pytest.CaptureFixture[str]) -> None:
    LoggedMetrics("prod").count(Metric.STORAGE_FAULTS, 2, operation="Query")
    line = json.loads(capsys.readouterr().out)
    (described,) = line["_aws"]["CloudWatchMetrics"]
    assert described["Dimensions"] == [["Stage"], ["Stage", "operation"]]
    assert described["Metrics"] == [{"Name": "StorageFaults", "Unit": "Count"}]
    assert (line["StorageFaults"], line["Stage"], line["operation"]) == (2, "prod", "Query")
