"""How many HTTP connections a batch is worth."""

import math

EXPECTED_LATENCY_SECONDS = 0.010
TLS_CPU_SECONDS = 0.001
"""Seconds of CPU for a TLS handshake with its chain of certificates (0.7 ms measured, short chain)."""
TCP_CPU_SECONDS = 0.0001


def http_connections_worth_opening(deliveries: int, *, secure: bool, seconds_left: float) -> int:
    """Return how many new HTTP connections make a batch end soonest.

    With c connections, n deliveries take about n·latency/c, and opening the connections costs c·cost of CPU:
    the sum is least at c = √(n·latency/cost). A near deadline makes more of them worth their cost.
    """
    cost = TLS_CPU_SECONDS if secure else TCP_CPU_SECONDS
    best = math.sqrt(deliveries * EXPECTED_LATENCY_SECONDS / cost)
    needed = deliveries * EXPECTED_LATENCY_SECONDS / max(seconds_left, EXPECTED_LATENCY_SECONDS)
    return min(deliveries, math.ceil(max(best, needed)))
