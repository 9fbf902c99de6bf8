"""Metrics in CloudWatch's embedded metric format: a line in the log that CloudWatch reads as a metric."""

import json
import sys
import time
from typing import Any

from chalicelib.metrics import FAULTS, FEW, Metric

NAMESPACE = "Undertone"


class LoggedMetrics:
    """The port `Metrics`; `stage` tells the deployments of one account apart.

    Everything that is counted is a line in the log. CloudWatch makes metrics, which it bills, of what alarms
    need; and of the rest, and for each value of a dimension, only with `every`.
    """

    def __init__(self, stage: str, *, every: bool = False) -> None:
        self._stage = stage
        self._every = every

    def count(self, metric: Metric, value: int = 1, **dimensions: str) -> None:
        counted = {str(metric): value}
        directives = []
        if metric in FAULTS:
            counted[Metric.FAULTS] = value
            directives.append(_directive(Metric.FAULTS, [["Stage"]]))
        if self._every:
            sets = [["Stage"], ["Stage", *dimensions]] if dimensions else [["Stage"]]
            directives.append(_directive(metric, sets))
        elif metric in FEW:
            directives.append(_directive(metric, [["Stage"]]))
        line: dict[str, Any] = {**counted, "Stage": self._stage, **dimensions}
        if directives:
            now = int(time.time() * 1000)
            line = {"_aws": {"Timestamp": now, "CloudWatchMetrics": directives}, **line}
        sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")


def _directive(metric: Metric, dimensions: list[list[str]]) -> dict[str, Any]:
    return {
        "Namespace": NAMESPACE,
        "Dimensions": dimensions,
        "Metrics": [{"Name": metric, "Unit": "Count"}],
    }
