"""Percentiles of what was measured."""

from collections.abc import Sequence


def percentile(ascending: Sequence[float], share: float) -> float:
    """Return the value that `share` percent of an ascending sequence do not exceed; 0 if it is empty."""
    if not ascending:
        return 0.0
    return ascending[min(len(ascending) - 1, int(len(ascending) * share / 100))]
