"""Billable units of a message in rooms of 10, 100 and 1,000, beside the simple design's, and of being there.

Both designs run with their real code; WebSocket messages are counted at the simulated endpoint, DynamoDB's
units computed by AWS's rules from each request and answer, Lambda's time measured with a fixed time for each
DynamoDB request in place of the emulator's.
"""

import argparse
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import botocore.session

from bench import progress, senders, stacks
from bench.cost import being_there
from bench.cost.designs import Simple
from bench.cost.lists import Listed, lists
from bench.cost.measure import MEMORY_GB, STORAGE_SECONDS, Cost, busy, lone
from bench.cost.pushes import Pushed, pushes, roomy, watched
from bench.endpoint import EndpointProcess, Rules
from bench.fanout import connection_ids
from bench.report import Report, Table

SIZES = (10, 100, 1_000)
RATE = 20.0
SECONDS = 4.0
RULES = Rules(latency_seconds=0.010, rate=10_000, burst=5_000, keep=True)
LABELS = {
    "ours": "ours, lone",
    "ours_busy": "ours, busy",
    "simple": "scan, and post one by one",
    "usual": "usual",
    "charged": "charged",
}
HEAD = [
    "connections in the room",
    "WebSocket messages",
    "Lambda ms",
    "GB-s",
    "DynamoDB requests",
    "read units",
    "write units",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="connections in the room")
    parser.add_argument("--rate", type=float, default=RATE, help="messages a second when busy (%(default)g)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of the busy time (%(default)g)")


def run(arguments: argparse.Namespace) -> Report:
    """Count for every size."""
    with tempfile.TemporaryDirectory(prefix="undertone-cost-") as state, ExitStack() as cleanup:
        progress.show("starting the stack")
        stack = stacks.ours(Path(state))
        cleanup.callback(stack.stop)
        stack.start()
        endpoint = cleanup.enter_context(EndpointProcess())
        ours = being_there.Lived(_session(), stack.aws_url, endpoint.url)
        simple = Simple(_session(), stack.aws_url, endpoint.url, cleanup)
        found: dict[str, dict[str, Cost]] = {}
        for size in arguments.sizes:
            progress.show(f"{size} connections")
            ids = connection_ids(size)
            ours.fill(ids)
            simple.fill(ids)
            found[str(size)] = {
                "ours": lone(ours, endpoint, RULES),
                "ours_busy": busy(ours, endpoint, RULES, arguments.rate, arguments.seconds),
                "simple": lone(simple, endpoint, RULES, 1),
            }
        progress.show("pings, visits and presence")
        pushed = Pushed(_session(), stack.aws_url, endpoint.url)
        told, looked = being_there.announcements(ours, endpoint, RULES, arguments.sizes)
        there = {
            "units_per_announcement": told,
            "units_per_probe": looked,
            "units_per_visit": being_there.visits(ours, endpoint, RULES),
            "units_per_read": being_there.reads(ours, endpoint, RULES),
            "units_per_push": pushes(pushed, endpoint, RULES),
            "units_per_watched": watched(pushed, endpoint, RULES),
            "units_per_roomy_push": roomy(pushed, endpoint, RULES),
            "units_per_list": lists(Listed(_session(), stack.aws_url, endpoint.url), endpoint, RULES),
        }
        pings = being_there.pings(ours, endpoint, RULES)
    progress.show("")
    return _report(found, pings, there, arguments.rate)


def _session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.set_credentials(senders.ACCESS_KEY, senders.SECRET_KEY)
    session.set_config_variable("region", "us-east-1")
    return session


def _report(
    found: dict[str, dict[str, Cost]],
    pings: dict[str, dict[str, Cost]],
    there: dict[str, dict[str, Cost]],
    rate: float,
) -> Report:
    figures = {
        "units_per_message": _figures(found),
        "units_per_ping": _figures(pings),
        **_figures(there),
        "busy_messages_per_second": rate,
        "memory_gb": round(MEMORY_GB, 4),
        "storage_ms_per_request": 1000 * STORAGE_SECONDS,
    }
    notes = [
        "WebSocket messages count both directions, one for each 32 KB begun.",
        f"Busy: {rate:g} messages a second, divided by the messages. The simple design costs the same then.",
        "A charged ping also writes that its connection was seen: one in some minutes does.",
        "A visit: a connection ends and its page comes back: a disconnect, a connect, a join of each room.",
        "A push: so many of those whom a message mentions have a browser for it. It is one call of the push "
        "function, of 512 MB; what push services take to answer is not in it.",
        "For each person that is pushed to, the rooms are counted that they have read.",
        "A push in a watched room is of a message that mentions nobody; so many people hear every message.",
        f"Lambda's time takes {1000 * STORAGE_SECONDS:g} ms for each DynamoDB request and 10 ms for a post.",
    ]
    by_what = {
        "announcement": ("units_per_announcement", "connections"),
        "look for lost connections": ("units_per_probe", "connections"),
        "visit": ("units_per_visit", "rooms"),
        "report of what was read": ("units_per_read", "rooms"),
        "push": ("units_per_push", "subscribed"),
        "push in a watched room": ("units_per_watched", "watching"),
        "push to somebody who reads many rooms": ("units_per_roomy_push", "rooms"),
        "look at the list of rooms": ("units_per_list", "rooms"),
    }
    tables = [
        Table("Billable units of one message", HEAD, _rows(found, "connections")),
        Table("Billable units of one ping", ["rooms", *HEAD[1:]], _rows(pings, "rooms")),
        *(
            Table(
                f"Billable units of one {what}",
                [unit, *HEAD[1:]],
                [_row(f"{int(size):,} {unit}", cost) for size, cost in there[key].items()],
            )
            for what, (key, unit) in by_what.items()
        ),
    ]
    return Report(figures, tables, notes)


def _figures(found: dict[str, dict[str, Cost]]) -> dict[str, dict[str, dict[str, float]]]:
    return {size: {name: asdict(cost) for name, cost in costs.items()} for size, costs in found.items()}


def _rows(found: dict[str, dict[str, Cost]], unit: str) -> list[list[str]]:
    return [
        _row(f"{int(size):,} {unit}, {LABELS[name]}", cost)
        for size, costs in found.items()
        for name, cost in costs.items()
    ]


def _row(name: str, cost: Cost) -> list[str]:
    return [
        name,
        f"{cost.websocket_messages:,.1f}",
        f"{cost.lambda_ms:,.0f}",
        f"{cost.gb_seconds:.3f}",
        f"{cost.dynamodb_requests:.1f}",
        f"{cost.read_units:.1f}",
        f"{cost.write_units:.1f}",
    ]
