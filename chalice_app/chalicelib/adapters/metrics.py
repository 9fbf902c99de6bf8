"""Counts, as CloudWatch's embedded metric format: a line in the log that CloudWatch reads as a metric."""

import json
import sys
import time

NAMESPACE = "Undertone"


_stage = "local"


def configure(stage: str) -> None:
    """Name the stage of the deployment, by which the counts of several in one account are told apart."""
    global _stage  # noqa: PLW0603 - a process serves one stage, and libraries count without knowing of it
    _stage = stage


def count(name: str, value: int = 1, **dimensions: str) -> None:
    """Count something; the dimensions say what kind, with few different values each."""
    sets = [["Stage"], ["Stage", *dimensions]] if dimensions else [["Stage"]]
    line = {
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": NAMESPACE,
                    "Dimensions": sets,
                    "Metrics": [{"Name": name, "Unit": "Count"}],
                }
            ],
        },
        name: value,
        "Stage": _stage,
        **dimensions,
    }
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
