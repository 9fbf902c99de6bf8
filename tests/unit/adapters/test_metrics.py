"""Metrics in CloudWatch's embedded metric format."""

import json
from typing import Any

import pytest

from chalicelib.adapters.metrics import LoggedMetrics
from chalicelib.metrics import Metric


def described(line: dict[str, Any]) -> dict[str, list[list[str]]]:
    """Return the metrics that CloudWatch makes of a line, with their sets of dimensions."""
    directives = line.get("_aws", {}).get("CloudWatchMetrics", [])
    return {metric["Name"]: d["Dimensions"] for d in directives for metric in d["Metrics"]}


def test_a_fault_is_one_of_the_faults_and_the_line_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    LoggedMetrics("prod").count(Metric.STORAGE_FAULTS, 2, operation="Query")
    line = json.loads(capsys.readouterr().out)
    assert described(line) == {"Faults": [["Stage"]]}
    assert (line["Faults"], line["StorageFaults"], line["Stage"], line["operation"]) == (
        2,
        2,
        "prod",
        "Query",
    )


def test_with_every_metric_its_kind_is_a_dimension(capsys: pytest.CaptureFixture[str]) -> None:
    LoggedMetrics("prod", every=True).count(Metric.STORAGE_FAULTS, 2, operation="Query")
    line = json.loads(capsys.readouterr().out)
    assert described(line) == {"Faults": [["Stage"]], "StorageFaults": [["Stage"], ["Stage", "operation"]]}


@pytest.mark.parametrize("metric", [Metric.FRAMES_REFUSED, Metric.STORAGE_THROTTLES])
def test_a_metric_that_an_alarm_needs_is_always_made(
    metric: Metric, capsys: pytest.CaptureFixture[str]
) -> None:
    LoggedMetrics("prod").count(metric, code="invalid")
    assert described(json.loads(capsys.readouterr().out)) == {metric: [["Stage"]]}


def test_what_no_alarm_needs_is_a_line_and_no_metric(capsys: pytest.CaptureFixture[str]) -> None:
    LoggedMetrics("prod").count(Metric.HAND_OVERS)
    assert json.loads(capsys.readouterr().out) == {"HandOvers": 1, "Stage": "prod"}
    LoggedMetrics("prod", every=True).count(Metric.HAND_OVERS)
    assert described(json.loads(capsys.readouterr().out)) == {"HandOvers": [["Stage"]]}
