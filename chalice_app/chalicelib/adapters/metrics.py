"""Counts, as CloudWatch's embedded metric format: a line in the log that CloudWatch reads as a metric."""

import json
import sys
import time

NAMESPACE = "Undertone"


def count(name: str, value: int = 1, **dimensions: str) -> None:
    """Count something; the dimensions say what kind, with few different values each."""
    line = {
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": NAMESPACE,
                    "Dimensions": [list(dimensions)],
                    "Metrics": [{"Name": name, "Unit": "Count"}],
                }
            ],
        },
        name: value,
        **dimensions,
    }
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
