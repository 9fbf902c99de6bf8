"""One broadcast to many connections: how many deliveries a second, and what each costs.

The endpoint is simulated, answers after 10 ms, and runs in a process of its own on another core if
there is one; the sender has one core. Every sender is warm: its client, connections and threads exist.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench import machine, progress, senders
from bench.endpoint import EndpointProcess, Rules
from bench.report import Report, Table

SIZES = (100, 1_000, 10_000)
HEADLINE = 1_000
LATENCY_SECONDS = 0.010
SENDERS = {"serial": senders.serial, "threads": senders.threads, "ours": senders.ours}
LABELS = {"serial": "boto3, serially", "threads": f"boto3, {senders.THREADS} threads", "ours": "ours"}
SAMPLE = {"serial": 100, "threads": 1_000}
"""Deliveries measured at most: serial boto3 needs two minutes for 10,000 and is no faster for it."""
ROUNDS = 5
FRAME = (
    b'{"event":"messages","room":"general","messages":[{"room":"general","seq":42,"at":42,'
    b'"id":"3f0c2a5e-0000-4000-8000-000000000000","user":{"id":"u1","name":"Ada"},"text":"what a great day",'
    b'"sentAt":"2026-11-22T10:00:00.123Z","sentiment":{"label":"positive","score":0.83,"confidence":0.91,'
    b'"model":"m","because":[["great",0.52]]},"editedAt":null,"deleted":false,"reactions":{},"labels":{}}]}'
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One broadcast: seconds and CPU seconds of the sender, and the load of the endpoint (1 = a core)."""

    deliveries: int
    seconds: float
    cpu: float
    endpoint_load: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=list(SIZES), help="connections of a broadcast"
    )
    parser.add_argument(
        "--latency-ms", type=float, default=LATENCY_SECONDS * 1000, help="of the simulated endpoint"
    )
    again = "repetitions of each broadcast, the senders in turn; the median counts"
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=again)


def run(arguments: argparse.Namespace) -> Report:
    """Measure every sender at every size."""
    rules = Rules(latency_seconds=arguments.latency_ms / 1000)
    with machine.on_one_core() as (_, other), EndpointProcess(other) as endpoint:
        sending = {name: make(endpoint.url) for name, make in SENDERS.items()}
        measured = {
            size: _measure(sending, size, arguments.rounds, endpoint, rules) for size in arguments.sizes
        }
    progress.show("")
    return _report(measured, shared_core=other is None)


def connection_ids(count: int) -> list[str]:
    """Return ids that look like those of API Gateway."""
    return [f"Kx{n:09d}IAMCJTA=" for n in range(count)]


def _measure(
    sending: dict[str, senders.Sender], size: int, rounds: int, endpoint: EndpointProcess, rules: Rules
) -> dict[str, Measured]:
    """Measure the senders in turn, so that other load on the machine affects all of them."""
    ids = connection_ids(size)
    found: dict[str, list[Measured]] = {name: [] for name in sending}
    for number in range(rounds + 1):
        for name, send in sending.items():
            progress.show(f"{size} connections, {LABELS[name]}, round {number} of {rounds}")
            for _ in range(_repeats(name, size) if number else 1):
                one = broadcast(send, ids[: SAMPLE.get(name)], endpoint, rules)
                if number:  # round 0 opens the HTTP connections
                    found[name].append(one)
    return {name: _median(ones) for name, ones in found.items()}


def _repeats(name: str, size: int) -> int:
    """Return how often to repeat: one small broadcast is so short that other load would decide."""
    return 1 if name == "serial" else max(1, HEADLINE // size)


def _median(ones: list[Measured]) -> Measured:
    middle = statistics.median_low(one.seconds for one in ones)
    return next(one for one in ones if one.seconds == middle)


def broadcast(send: senders.Sender, ids: Sequence[str], endpoint: EndpointProcess, rules: Rules) -> Measured:
    """Send one broadcast, and check that the endpoint counted what the sender reported."""
    endpoint.apply(rules)
    wall, cpu = time.perf_counter(), time.process_time()
    delivered = send(ids, FRAME)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    stats = endpoint.stats()
    if not delivered == stats["answers"].get("200", 0) == len(ids):
        raise RuntimeError(f"{len(ids)} deliveries were due, {delivered} reported, and {stats} counted")
    return Measured(delivered, wall, cpu, stats["load"])


def _report(measured: dict[int, dict[str, Measured]], *, shared_core: bool) -> Report:
    sizes = {str(size): _figures(by_name) for size, by_name in measured.items()}
    headline = str(HEADLINE) if HEADLINE in measured else str(max(measured))
    figures = {**sizes[headline], "connections": int(headline), "by_connections": sizes}
    sampled = [
        f"{LABELS[name]}: measured on {one.deliveries:,} of {size:,} deliveries"
        for size, by_name in measured.items()
        for name, one in by_name.items()
        if one.deliveries < size
    ]
    busiest = max(one.endpoint_load for by_name in measured.values() for one in by_name.values())
    notes = [f"{note}." for note in sampled] + [
        "Every sender is warm, has one core and takes its turn; the median of its broadcasts counts.",
        f"The endpoint used {busiest:.0%} of a core at most"
        + (", the same core as the sender." if shared_core else ", not the sender's."),
    ]
    return Report(figures, [_table(measured)], notes)


def _figures(by_name: dict[str, Measured]) -> dict[str, Any]:
    speed = {name: one.deliveries / one.seconds for name, one in by_name.items()}
    return {
        "deliveries_per_second": {name: round(value, 1) for name, value in speed.items()},
        "cpu_us_per_delivery": {
            name: round(one.cpu / one.deliveries * 1e6, 1) for name, one in by_name.items()
        },
        "times_faster": {name: round(speed["ours"] / speed[name], 1) for name in ("serial", "threads")},
        "endpoint_load": {name: round(one.endpoint_load, 2) for name, one in by_name.items()},
    }


def _table(measured: dict[int, dict[str, Measured]]) -> Table:
    rows = []
    for size, by_name in measured.items():
        ours = by_name["ours"].deliveries / by_name["ours"].seconds
        for name, one in by_name.items():
            speed = one.deliveries / one.seconds
            rows.append(
                [
                    f"{size:,} connections, {LABELS[name]}",
                    f"{speed:,.0f}",
                    f"{one.cpu / one.deliveries * 1e6:,.0f}",
                    f"{size / speed * 1000:,.0f}",
                    f"{ours / speed:,.1f}",
                ]
            )
    head = ["one broadcast", "deliveries/s", "CPU µs each", "broadcast ms", "ours is × faster"]
    return Table("Fan-out through a simulated @connections endpoint", head, rows)
