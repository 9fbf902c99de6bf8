"""End to end on the local stack: from a client's `send` to every client's screen, ours and the simple design.

Both run in the same kind of stack, one after the other: workers, API Gateway emulator and DynamoDB emulator
share this machine's cores with the clients, so figures are the machine's and ratios are the design's.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bench import progress, stacks
from bench.crowd import GRACE_SECONDS, crowd
from bench.people import sign_in
from bench.report import Report, Table
from bench.statistic import percentile
from local.testing import RunningStack

SCENARIOS = ((50, 10.0), (300, 2.0))
WARM_SECONDS = 3.0
PAUSE_SECONDS = 2.0
DESIGNS: dict[str, Callable[[Path], RunningStack]] = {"ours": stacks.ours, "simple": stacks.simple}
LABELS = {"ours": "ours", "simple": "scan, and post one by one"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Deliveries of one scenario; times in milliseconds."""

    messages: int
    deliveries: int
    lost: int
    p50: float
    p99: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--seconds", type=float, default=20.0, help="of each measurement (%(default)g)")
    pairs = " ".join(f"{clients}:{rate:g}" for clients, rate in SCENARIOS)
    parser.add_argument(
        "--scenarios",
        type=_scenario,
        nargs="+",
        default=list(SCENARIOS),
        metavar="CLIENTS:RATE",
        help=f"clients in one room, and messages a second of all together ({pairs})",
    )


def _scenario(text: str) -> tuple[int, float]:
    try:
        clients, rate = text.split(":")
        return int(clients), float(rate)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not of the form CLIENTS:RATE, 50:10 for example"
        ) from None


def run(arguments: argparse.Namespace) -> Report:
    """Measure each design in each scenario."""
    measured: dict[str, dict[str, Measured]] = {}
    for design in DESIGNS:
        for clients, found in asyncio.run(_measure(design, arguments.scenarios, arguments.seconds)).items():
            measured.setdefault(clients, {})[design] = found
    progress.show("")
    return _report(measured, dict(arguments.scenarios))


async def _measure(design: str, scenarios: list[tuple[int, float]], seconds: float) -> dict[str, Measured]:
    found = {}
    with tempfile.TemporaryDirectory(prefix="undertone-chat-") as state:
        progress.show(f"{LABELS[design]}: starting the stack")
        stack = DESIGNS[design](Path(state))
        try:
            await asyncio.to_thread(stack.start)
            for clients, rate in scenarios:
                progress.show(f"{LABELS[design]}: {clients} clients, {rate:g} messages a second")
                tokens = await _tokens(design, stack, clients)
                async with crowd(stack.ws_url, tokens, f"bench-{clients}") as people:
                    # The first messages start workers and open connections, so they do not count. The pause
                    # lets the work that joins cause (presence) end.
                    await asyncio.sleep(PAUSE_SECONDS)
                    await people.chat(rate, WARM_SECONDS)
                    watch = await people.chat(rate, seconds)
                times = watch.latencies_ms()
                found[str(clients)] = Measured(
                    len(watch.sent), len(times), watch.missing, percentile(times, 50), percentile(times, 99)
                )
        finally:
            await asyncio.to_thread(stack.stop)
    return found


async def _tokens(design: str, stack: RunningStack, clients: int) -> list[str]:
    """Sign everybody in; the simple design lets anyone in."""
    if design == "simple":
        return ["anyone"] * clients
    async with aiohttp.ClientSession() as http:
        names = [f"client {number} of {clients}" for number in range(clients)]
        return [(await sign_in(http, stack.rest_url, name)).token for name in names]


def _report(measured: dict[str, dict[str, Measured]], rates: dict[int, float]) -> Report:
    by_clients = {clients: _figures(designs) for clients, designs in measured.items()}
    headline = next(iter(by_clients))
    figures = {**by_clients[headline], "clients": int(headline), "by_clients": by_clients}
    rows = [
        [
            f"{clients} clients, {rates[int(clients)]:g}/s, {LABELS[design]}",
            f"{one.p50:,.0f}",
            f"{one.p99:,.0f}",
            f"{one.lost:,} of {one.deliveries + one.lost:,}",
        ]
        for clients, designs in measured.items()
        for design, one in designs.items()
    ]
    table = Table(
        "Chat through the local stack, end to end", ["one room", "p50 ms", "p99 ms", "lost deliveries"], rows
    )
    notes = [
        f"A delivery that did not happen within {GRACE_SECONDS:g} s after the last message counts as lost; "
        "no client recovers anything here.",
        "Warm: the first messages, which start the workers, are not measured.",
    ]
    return Report(figures, [table], notes)


def _figures(designs: dict[str, Measured]) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "p50_ms": {name: round(one.p50, 1) for name, one in designs.items()},
        "p99_ms": {name: round(one.p99, 1) for name, one in designs.items()},
        "lost": {name: one.lost for name, one in designs.items()},
        "messages": {name: one.messages for name, one in designs.items()},
    }
    if designs["ours"].p50 and designs["simple"].p50:
        figures["times_faster"] = {
            "p50": round(designs["simple"].p50 / designs["ours"].p50, 1),
            "p99": round(designs["simple"].p99 / designs["ours"].p99, 1),
        }
    return figures
