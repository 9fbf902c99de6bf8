"""How many links a batch is worth."""

import math

EXPECTED_LATENCY = 0.010
TLS_COST = 0.001
"""Seconds of CPU for a TLS handshake with its chain of certificates (0.7 ms measured, short chain)."""
TCP_COST = 0.0001


def links_worth_opening(deliveries: int, *, secure: bool, seconds_left: float) -> int:
    """New links that make a batch of so many deliveries end soonest.

    With c links, n deliveries take about n·latency/c, and opening the links costs c·cost of CPU: the sum
    is least at c = √(n·latency/cost). A near deadline makes more of them worth their cost.
    """
    cost = TLS_COST if secure else TCP_COST
    best = math.sqrt(deliveries * EXPECTED_LATENCY / cost)
    needed = deliveries * EXPECTED_LATENCY / max(seconds_left, EXPECTED_LATENCY)
    return min(deliveries, math.ceil(max(best, needed)))
