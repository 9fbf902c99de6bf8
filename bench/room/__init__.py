"""A busy room: 1,000 connections, 100 messages a second, and an endpoint that takes 10,000 requests a second.

A sender that posts each message to everyone would need 100,000. The real engine runs here on a store in
memory, with several message functions at once; every accepted frame is checked against what was sent.
"""

import argparse
from collections.abc import Callable

from bench import machine, progress
from bench.endpoint import EndpointProcess, Rules
from bench.report import Report, Table
from bench.room.designs import ROOM, Design, OneFrameAMessage, Ours
from bench.room.load import offer
from bench.room.result import Pulse, Result, evaluate
from chalicelib.domain.pulse import BLOCK

DESIGNS: dict[str, Callable[[str, int], Design]] = {"ours": Ours, "one_frame_a_message": OneFrameAMessage}
LABELS = {"ours": "ours", "one_frame_a_message": "one frame a message"}
BURST_SECONDS = 0.5
"""API Gateway's bucket holds 5,000 requests if it takes 10,000 a second."""
LATENCY_SECONDS = 0.010
CUT_SECONDS = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--connections", type=int, default=1_000, help="in the room (%(default)s)")
    parser.add_argument("--rate", type=float, default=100.0, help="messages a second in total (%(default)g)")
    parser.add_argument("--seconds", type=float, default=20.0, help="of offered load (%(default)g)")
    limit = "requests a second that the endpoint takes, as a whole AWS account by default (%(default)g)"
    parser.add_argument("--limit", type=float, default=10_000.0, help=limit)


def run(arguments: argparse.Namespace) -> Report:
    """Offer the same load to each design."""
    rules = Rules(
        latency_seconds=LATENCY_SECONDS,
        rate=arguments.limit,
        burst=arguments.limit * BURST_SECONDS,
        keep=True,
    )
    results = {}
    with machine.on_one_core() as (_, other):
        for name, design in DESIGNS.items():
            progress.show(f"{LABELS[name]}: {arguments.seconds:g} s of messages")
            # An endpoint of its own for each: it keeps every frame.
            with EndpointProcess(other) as endpoint:
                endpoint.apply(rules)
                sender = design(endpoint.url, arguments.connections)
                load = offer(sender, arguments.rate, arguments.seconds, CUT_SECONDS)
                results[name] = evaluate(load, sender.connection_ids, endpoint, ROOM)
                if isinstance(sender, Ours):
                    pulse = Pulse(len(load.due), min(len(load.due), arguments.connections), *sender.counted())
    progress.show("")
    return _report(results, pulse, arguments)


def _report(results: dict[str, Result], pulse: Pulse, arguments: argparse.Namespace) -> Report:
    figures = {
        key: {name: getattr(result, key) for name, result in results.items()}
        for key in Result.__dataclass_fields__
    }
    figures["pulse"] = pulse._asdict()
    rows = [
        [
            LABELS[name],
            f"{one.lost:,}",
            f"{one.p50_ms:,.0f}",
            f"{one.p99_ms:,.0f}",
            f"{one.frames_per_message:,.1f}",
            f"{one.backlog_gone_s:.2f}" if one.lost == 0 else "never",
            f"{one.throttled:,}",
        ]
        for name, one in results.items()
    ]
    head = ["design", "lost", "p50 ms", "p99 ms", "frames/message", "backlog gone after s", "throttled (429)"]
    title = (
        f"{arguments.connections:,} connections, {arguments.rate:g} messages a second for "
        f"{arguments.seconds:g} s, {arguments.limit:,.0f} requests a second"
    )
    notes = [
        f"{CUT_SECONDS:g} s after the last message whoever still sends is cut off: what did not arrive until "
        "then counts as lost, and percentiles are of what did.",
        "Frames are posts that the endpoint accepted, for one message in the whole room.",
    ]
    notes.append(
        f"The room's hours count {pulse.counted:,} of {pulse.sent:,} messages of ours, of "
        f"{pulse.people_counted:,} of {pulse.people:,} people; "
        f"the last {BLOCK - 1} at most wait for the next message."
    )
    ours = results["ours"]
    notes += [f"{ours.duplicates:,} deliveries of ours came twice."] if ours.duplicates else []
    return Report(figures, [Table(title, head, rows)], notes, ok=ours.lost == 0 and pulse.complete)
