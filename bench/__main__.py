"""``python -m bench NAME [--json]``."""

import argparse
import importlib
import json
import sys
from pathlib import Path

BENCHES = {
    "fanout": "one broadcast to 100, 1,000 and 10,000 connections: boto3 serially, boto3 with threads, ours",
    "room": "1,000 connections, 100 messages a second, an endpoint limited to 10,000 requests a second",
    "chat": "end to end through WebSockets on the local stack: ours and the simple design side by side",
    "cost": "billable units of one message in rooms of 10, 100 and 1,000, beside the simple design's",
    "frames": "what a page sends and asks in an hour, in a real browser: looked at, beside, in a hidden tab",
    "stress": "random clients while workers die, posts fail and storage throttles; checks itself",
    "rejoin": "people who rejoin all their rooms at once, and a flood of joins, beside an earlier version",
    "growth": "the list of many rooms, and joining a room after many changes, beside an earlier version",
    "search": "a search to the beginning of 50,000 messages: without blocks, keeping them, and with them",
    "page": "the page in Chromium: long logs, scrolling back, a flood of messages, beside an earlier page",
    "load": "opening the page from far away over HTTP/2, as a deployment uploads it: the first time, again",
    "strangers": "20,000 random frames and calls against private rooms, beside rooms that nobody has made",
    "transports": "the same signed requests over http.client threads, asyncio streams and the poster's loop",
    "classify": "one message, warm: our model, the scikit-learn pipeline, VADER and TextBlob",
    "scale": "a simulation of delivery as a deployment grows from 1,000 to 1,000,000 connections",
    "coldstart": "from the start of a process to its first answer: ours, and with eager imports",
}
"""Each is the module of that name in this package, with ``add_arguments(parser)`` and ``run(arguments)``."""


def main(argv: list[str] | None = None) -> int:
    """Run one bench and print its report; return 1 if it checks itself and found something broken."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "chalice_app"))
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    modules = {}
    for name, what in BENCHES.items():
        modules[name] = importlib.import_module(f"bench.{name}")
        one = names.add_parser(name, help=what, description=what)
        one.add_argument("--json", action="store_true", help="print the figures as one JSON object")
        modules[name].add_arguments(one)
    arguments = parser.parse_args(argv)
    report = modules[arguments.name].run(arguments)
    text = json.dumps(report.as_json(), indent=2, ensure_ascii=False) if arguments.json else report.as_text()
    sys.stdout.write(text + "\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
