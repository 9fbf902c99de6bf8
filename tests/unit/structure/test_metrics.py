"""Every metric is documented, and nothing else is."""

import re
from pathlib import Path

from chalicelib.metrics import Metric

ROOT = Path(__file__).parents[3]
METRICS = [str(metric) for metric in Metric]


def test_every_metric_is_documented_and_no_other() -> None:
    section = (ROOT / "docs" / "operations.md").read_text().partition("## What it tells")[2]
    rows = re.findall(r"^\| `(\w+)` \|", section.partition("\n## ")[0], re.MULTILINE)
    assert rows == METRICS
