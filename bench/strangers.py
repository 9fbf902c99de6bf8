"""Random frames and calls of strangers against private rooms, beside rooms that nobody has made.

The answers are compared for many questions, in memory. What they take is compared for fewer, on an emulator
of DynamoDB, where each request counts: of each kind of question, how often the one about a room took longer
than the one about nothing. Half of the time is what chance gives.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

import boto3

from bench.report import Report, Table
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table as DynamoTable
from testkit import memory
from testkit.fakes import CountedMetrics
from testkit.moto_storage import REGION, Storage
from testkit.strangers import ADMIN_CODE, Asked, Strangers
from testkit.world import World

HEAD = ("question", "asked", "median ms, a room", "nothing", "ratio", "room took longer")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument("--questions", type=int, default=20_000, help="whose answers are compared")
    parser.add_argument("--timed", type=int, default=1_500, help="whose time is compared")
    parser.add_argument("--seed", type=int, default=1)


def run(arguments: argparse.Namespace) -> Report:
    """Ask, compare and measure."""
    strangers = Strangers(World(admin_code=ADMIN_CODE), arguments.seed)
    told_apart = [asked for asked in strangers.ask(arguments.questions) if _differ(asked)]
    traces = strangers.traces()
    with Storage() as storage:
        timed = list(Strangers(_world_on(storage), arguments.seed).ask(arguments.timed))
    told_apart += [asked for asked in timed if _differ(asked)]
    rows, figures = _times(timed)
    figures |= {
        "questions": arguments.questions + arguments.timed,
        "told_apart": len(told_apart),
        "traces": traces,
    }
    notes = [
        f"{figures['questions']:,} questions; answers that told a room from nothing: {len(told_apart)}; "
        f"traces of rooms in what strangers were sent: {traces or 'none'}.",
        *(f"{one.kind}: {one.about_a_room} / {one.about_nothing}" for one in told_apart[:5]),
        "Times on moto, which is slower than DynamoDB, in turns by chance; joins of members are not timed, "
        "because coming to nothing makes a room.",
    ]
    table = Table("What strangers can tell by the clock", HEAD, rows)
    return Report({"strangers": figures}, [table], notes, ok=not told_apart and not traces)


def shares(pairs: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return both medians, their ratio, and the share of pairs in which the first took longer."""
    known, nothing = zip(*pairs, strict=True)
    longer = sum(a > b for a, b in zip(known, nothing, strict=True)) / len(known)
    return median(known), median(nothing), median(known) / median(nothing), longer


def _times(timed: Iterable[Asked]) -> tuple[list[list[str]], dict[str, object]]:
    by_kind: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for asked in timed:
        if all(asked.seconds):
            by_kind[asked.kind].append(asked.seconds)
            by_kind["all"].append(asked.seconds)
    rows, figures = [], {}
    for kind, pairs in sorted(by_kind.items()):
        known, nothing, ratio, longer = shares(pairs)
        rows.append(
            [
                kind,
                f"{len(pairs):,}",
                f"{known * 1e3:.1f}",
                f"{nothing * 1e3:.1f}",
                f"{ratio:.2f}",
                f"{longer:.0%}",
            ]
        )
        figures[kind] = {"asked": len(pairs), "ratio": round(ratio, 3), "longer": round(longer, 3)}
    return rows, {"by_kind": figures}


def _differ(asked: Asked) -> bool:
    return asked.about_a_room != asked.about_nothing


def _world_on(storage: Storage) -> World:
    keys = {"aws_access_key_id": "bench", "aws_secret_access_key": "bench"}
    client = boto3.client("dynamodb", endpoint_url=storage.url, region_name=REGION, **keys)
    metrics, clock = CountedMetrics(), SystemClock()
    connections, messages = (
        DynamoTable(client, name, metrics) for name in (storage.connections_table, storage.messages_table)
    )
    stored = repositories(connections, messages, clock, memory.UNLIMITED)
    return World(admin_code=ADMIN_CODE, clock=clock, repositories=stored)
