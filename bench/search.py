"""A search back to the beginning of a long room: without blocks, the first time with them, and again.

The real use case on DynamoDB's emulator, in this process; units are computed by AWS's rules from each request
and answer. Messages are lines of real chats, of which the trainer learns too.
"""

import argparse
import dataclasses
import itertools
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import botocore.session

from bench import progress, senders
from bench.cost.designs import write_all
from bench.cost.meter import Meter
from bench.cost.units import item_size
from bench.report import Report, Table
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.log import DynamoLog
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table as DynamoTable
from chalicelib.adapters.dynamodb.values import pack
from chalicelib.domain.messages import Message, SearchBlock, User
from chalicelib.domain.searching import block_texts, parse_query
from chalicelib.service.searching import Searching
from chalicelib.wiring import assemble
from local.emulator.cloudformation import apply_template
from local.emulator.testing import running_ministack
from testkit.fakes import CountedMetrics
from testkit.memory import UNLIMITED
from testkit.moto_storage import REGION, TEMPLATE
from testkit.ports import ports

ROOM = "general"
MESSAGES = 50_000
PEOPLE = 12
LIMIT = 50  # of what the page asks for at once
SIZES = (128, 256, 512, 1_024)
# Nobody says it; nearly everybody does.
RARE, COMMON = "undertone", "you"
HEAD = ("", "requests", "of DynamoDB", "read units", "write units", "CPU s", "s on the emulator")


@dataclass(frozen=True)
class Cost:
    """What a search costs; ``cpu_seconds`` are this process's, without the emulator's."""

    found: int
    requests: int
    dynamodb_requests: int
    read_units: float
    write_units: float
    cpu_seconds: float
    seconds: float


class LogWithoutBlocks(DynamoLog):
    """The log as searches read it before they kept blocks."""

    def messages(self, room: str, first: int, end: int, *, consistent: bool = False) -> list[Message]:
        """Return messages, some moments old in any case."""
        return super().messages(room, first, end)

    def search_blocks(self, room: str, first: int, end: int) -> list[SearchBlock]:
        """Return nothing, and ask nothing."""
        return []

    def keep_search_block(self, room: str, block: SearchBlock) -> None:
        """Keep nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add this bench's options."""
    parser.add_argument("--messages", type=int, default=MESSAGES, help="in the room (%(default)s)")


def run(arguments: argparse.Namespace) -> Report:
    """Search, and count."""
    messages = list(itertools.islice(_messages(), arguments.messages))
    session = botocore.session.Session()
    session.set_credentials(senders.ACCESS_KEY, senders.SECRET_KEY)
    session.set_config_variable("region", REGION)
    with (
        tempfile.TemporaryDirectory(prefix="undertone-search-") as folder,
        running_ministack(Path(folder), services=("dynamodb", "s3", "cloudformation")) as url,
    ):
        outputs = apply_template(TEMPLATE, {"Stage": "local"}, stack="bench", url=url, region=REGION)
        meter = Meter(session)  # before the client, which takes what is registered until then
        client = session.create_client("dynamodb", endpoint_url=url)
        tables = [
            DynamoTable(client, outputs[name], CountedMetrics())
            for name in ("ConnectionsTable", "MessagesTable")
        ]
        progress.show("writing messages")
        write_all(client, tables[1].name, list(_rows(messages)))
        before, now = (_searching(tables, log) for log in (LogWithoutBlocks, DynamoLog))
        progress.show("searching")
        costs = {
            "without blocks": _to_the_beginning(before, RARE, meter),
            "keeping blocks": _to_the_beginning(now, RARE, meter),
            "with blocks": _to_the_beginning(now, RARE, meter),
            "a common word, without": _first_page(before, COMMON, meter),
            "a common word, with blocks": _first_page(now, COMMON, meter),
        }
    progress.show("")
    sizes = {size: _sizes(messages, size) for size in SIZES}
    return _report(len(messages), costs, sizes)


def _messages() -> Iterator[Message]:
    """Yield messages of some people without an end; after the last text comes the first one again."""
    # Imported here: it reads what the trainer has fetched, and no other bench needs it.
    from trainer.teacher.texts import texts  # noqa: PLC0415

    people = [User(f"{number:026d}", f"Person {number}") for number in range(PEOPLE)]
    for seq, text in enumerate(itertools.cycle(texts()["chitchat"]), start=1):
        who = people[seq * seq % PEOPLE]
        yield Message(ROOM, seq, seq, f"{seq:032x}", who, text, "2026-11-29T10:00:00.000Z", None)


def _rows(messages: Sequence[Message]) -> Iterator[dict[str, object]]:
    for message in messages:
        yield {**keys.entry(ROOM, message.seq), **pack(items.from_message(message))}
    last = len(messages)
    yield {**keys.room_state(ROOM), **pack({"last_place": last, "delivered0": last, "last_message": last})}


def _searching(tables: Sequence[DynamoTable], log: type[DynamoLog]) -> Searching:
    clock = SystemClock()
    stored = repositories(tables[0], tables[1], clock, UNLIMITED)
    stored = dataclasses.replace(stored, log=log(tables[1], clock))
    chat = assemble(ports(clock, repositories=stored), access_code=None, token_hours=1)
    return chat.house().searching


def _to_the_beginning(searching: Searching, word: str, meter: Meter) -> Cost:
    """Search as the page does, one request after the other."""

    def search() -> tuple[int, int]:
        found, before = 0, None
        for requests in itertools.count(1):
            page = searching.find(ROOM, parse_query(word), before, LIMIT)
            found += len(page.messages)
            if not page.more:
                return found, requests
            before = page.first
        raise AssertionError("it never ends")

    return _measured(search, meter)


def _first_page(searching: Searching, word: str, meter: Meter) -> Cost:
    return _measured(lambda: (len(searching.find(ROOM, parse_query(word), None, LIMIT).messages), 1), meter)


def _measured(search: Callable[[], tuple[int, int]], meter: Meter) -> Cost:
    meter.reset()
    begun, cpu = time.perf_counter(), time.process_time()
    found, requests = search()
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - cpu
    spent = meter.reading
    return Cost(
        found, requests, spent.requests, spent.reads, spent.writes, round(cpu_seconds, 2), round(seconds, 2)
    )


def _sizes(messages: Sequence[Message], size: int) -> dict[str, float]:
    """Return what blocks of so many messages take: of one and of each message, made and looked at."""
    blocks = [messages[at : at + size] for at in range(0, len(messages) - size + 1, size)]
    begun = time.process_time()
    packed = [zlib.compress(block_texts(block).encode()) for block in blocks]
    made = time.process_time()
    query = parse_query(RARE)
    for each in packed:
        query.found_in(zlib.decompress(each).decode())
    looked = time.process_time()
    return {
        "bytes": round(sum(map(len, packed)) / len(packed)),
        "bytes_per_message": round(sum(map(len, packed)) / len(packed) / size, 1),
        "ms_to_make": round(1000 * (made - begun) / len(packed), 2),
        "ms_to_look_at": round(1000 * (looked - made) / len(packed), 3),
        "log_bytes_per_message": round(
            sum(item_size(row) for row in itertools.islice(_rows(messages), 1_000))
            / min(1_000, len(messages))
        ),
    }


def _report(count: int, costs: dict[str, Cost], sizes: dict[int, dict[str, float]]) -> Report:
    rows = [
        [
            name,
            f"{cost.requests}",
            f"{cost.dynamodb_requests:,}",
            f"{cost.read_units:,.0f}",
            f"{cost.write_units:,.0f}",
            f"{cost.cpu_seconds:.2f}",
            f"{cost.seconds:.2f}",
        ]
        for name, cost in costs.items()
    ]
    size_rows = [
        [f"{size:,} messages", *(f"{value:,g}" for value in figures.values())]
        for size, figures in sizes.items()
    ]
    figures = {
        "messages": count,
        "searches": {name: dataclasses.asdict(cost) for name, cost in costs.items()},
        "block_sizes": {str(size): figures for size, figures in sizes.items()},
    }
    notes = [
        f"Nobody says “{RARE}”: it is searched for to the beginning. Of “{COMMON}” {LIMIT} are wanted.",
        "Seconds are the emulator's, which is much slower than DynamoDB; CPU is the application's.",
    ]
    return Report(
        figures,
        [
            Table(f"A search in a room of {count:,} messages", HEAD, rows),
            Table(
                "What blocks take",
                ("a block of", "bytes", "for a message", "ms to make", "ms to look at", "the log's bytes"),
                size_rows,
            ),
        ],
        notes,
    )
