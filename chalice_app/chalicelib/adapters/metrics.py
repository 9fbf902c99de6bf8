"""Metrics in CloudWatch's embedded metric format: a line in the log that CloudWatch reads as a metric."""

import json
import sys
import time

from chalicelib.metrics import Metric

NAMESPACE = "Undertone"


class LoggedMetrics:
    """The port `Metrics`; `stage` tells the deployments of one account apart."""

    def __init__(self, stage: str) -> None:
        self._stage = stage

    def count(self, metric: Metric, value: int = 1, **dimensions: str) -> None:
        sets = [["Stage"], ["Stage", *dimensions]] if dimensions else [["Stage"]]
        line = {
            "_aws": {
                "Timestamp": int(time.time() * 1000),
                "CloudWatchMetrics": [
                    {
                        "Namespace": NAMESPACE,
                        "Dimensions": sets,
                        "Metrics": [{"Name": metric, "Unit": "Count"}],
                    }
                ],
            },
            metric: value,
            "Stage": self._stage,
            **dimensions,
        }
        sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
