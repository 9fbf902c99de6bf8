"""What the chat bench counts."""

from bench.crowd import Watch
from bench.statistic import percentile


def test_a_delivery_counts_once_and_a_missing_one_is_reported() -> None:
    watch = Watch(clients=2)
    watch.send("a")
    watch.see("a", 0)
    watch.see("a", 0)
    watch.see("of an earlier measurement", 1)
    assert len(watch.latencies_ms()) == 1
    assert watch.missing == 1


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (percentile(values, 50), percentile(values, 99)) == (51.0, 100.0)
    assert percentile([], 50) == 0
