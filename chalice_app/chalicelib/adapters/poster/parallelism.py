"""How many HTTP connections to open for a batch."""

import math

EXPECTED_LATENCY_SECONDS = 0.010
TLS_CPU_SECONDS = 0.001
"""CPU time of a TLS handshake with its chain of certificates (0.7 ms measured, short chain)."""
TCP_CPU_SECONDS = 0.0001


def connections_worth_opening(deliveries: int, *, secure: bool, seconds_left: float) -> int:
    """Return how many new connections let a batch of ``deliveries`` end soonest.

    With c connections, n deliveries take about n·latency/c, and opening them costs c·cost of CPU: the sum
    is least at c = √(n·latency/cost). A near deadline makes more of them worth their cost.
    """
    cost = TLS_CPU_SECONDS if secure else TCP_CPU_SECONDS
    best = math.sqrt(deliveries * EXPECTED_LATENCY_SECONDS / cost)
    needed = deliveries * EXPECTED_LATENCY_SECONDS / max(seconds_left, EXPECTED_LATENCY_SECONDS)
    return min(deliveries, math.ceil(max(best, needed)))
