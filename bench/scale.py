"""How long messages take, and how much is posted, as a deployment grows: rooms under one account's quota.

A simulation of the delivery rules alone: each room has one broadcaster, what is stored meanwhile goes out
together in the next broadcast, and all posts of all rooms share the account's requests a second.
"""

import argparse
import heapq
import random
from dataclasses import dataclass, field

from bench.report import Report, Table
from bench.statistic import percentile

CONNECTIONS = (1_000, 10_000, 100_000, 1_000_000)
DEFAULT_QUOTA = 10_000.0
STORE_SECONDS = 0.03
"""From a frame's arrival to its message being stored, and the steps of a broadcast that are no posts."""
POSTS_PER_SECOND = 5_000.0
"""What one function posts (`python -m bench fanout`); a room's shards post side by side."""
SHARD = 1_000
PING_SECONDS = 30.0
"""Each client asks this often whether it missed something (see the protocol)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this bench."""
    parser.add_argument("--connections", type=int, nargs="+", default=list(CONNECTIONS))
    parser.add_argument("--room", type=int, default=100, help="connections in a room (%(default)s)")
    parser.add_argument("--per-minute", type=float, default=0.2, help="messages of a person (%(default)s)")
    parser.add_argument("--quota", type=float, default=DEFAULT_QUOTA, help="requests a second (%(default)g)")
    parser.add_argument("--most", type=int, default=60_000, help="messages simulated at most (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)


@dataclass
class Account:
    """The requests that an account may make: a queue that serves so many a second, in order."""

    quota: float
    free_at: float = 0.0
    requests: int = 0

    def serve(self, now: float, requests: int) -> float:
        """Return when all of the requests are through."""
        self.requests += requests
        self.free_at = max(now, self.free_at) + requests / self.quota
        return self.free_at


@dataclass
class QueuedRoom:
    """Messages that wait, by their arrival, and whether somebody broadcasts."""

    waiting: list[float] = field(default_factory=list)
    busy: bool = False


@dataclass(frozen=True)
class Outcome:
    """Seconds that each message took, ascending, posts made, and the simulated time."""

    delays: list[float]
    posts: int
    seconds: float
    messages: int


def simulate(connections: int, room: int, per_minute: float, quota: float, most: int, seed: int) -> Outcome:
    """Let messages arrive at random in all rooms until `most` have come or a minute is over."""
    chance = random.Random(seed)
    rate = connections * per_minute / 60
    rooms = [QueuedRoom() for _ in range(max(1, connections // room))]
    account = Account(quota)
    delays: list[float] = []
    # Time, kind (0: a message arrives, 1: a broadcast ends), room, arrivals that the broadcast carries.
    events: list[tuple[float, int, int, list[float]]] = []
    arrived, now = 0, 0.0
    while now < 60 and arrived < most:
        now += chance.expovariate(rate)
        events.append((now, 0, chance.randrange(len(rooms)), []))
        arrived += 1
    last = now
    heapq.heapify(events)
    while events:
        now, kind, number, carried = heapq.heappop(events)
        queued = rooms[number]
        if kind == 0:
            queued.waiting.append(now)
        else:
            delays += [now - since for since in carried]
            queued.busy = False
        if queued.waiting and not queued.busy:
            batch, queued.waiting, queued.busy = queued.waiting, [], True
            posting = min(room, SHARD) / POSTS_PER_SECOND
            end = max(account.serve(now + STORE_SECONDS, room), now + STORE_SECONDS + posting)
            heapq.heappush(events, (end, 1, number, batch))
    return Outcome(sorted(delays), account.requests, max(last, now), arrived)


def run(arguments: argparse.Namespace) -> Report:
    """Simulate each size with the quota given, and with the one that it would need."""
    rows, figures = [], {}
    for connections in arguments.connections:
        messages = connections * arguments.per_minute / 60
        # Frames come out of the same quota as posts, and so do pings and their answers.
        others = messages + 2 * connections / PING_SECONDS
        enough = 1.3 * messages * arguments.room + others
        for label, quota in (("given", arguments.quota), ("enough", enough)):
            if label == "enough" and quota <= arguments.quota:
                continue
            figure = {"quota": quota, "messages_per_second": messages, "frames_and_pings_per_second": others}
            if quota > others:
                figure |= _delivery(arguments, connections, quota - others)
            figures[f"{connections}_{label}"] = figure
            rows.append(_row(connections, figure))
    head = (
        "connections",
        "messages/s",
        "pings and frames/s",
        "quota/s",
        "p50 ms",
        "p99 ms",
        "posts a delivery",
    )
    notes = [
        f"Rooms of {arguments.room}, {arguments.per_minute:g} messages a minute from each person.",
        "A simulation of the rules, not of AWS: what API Gateway does at such rates is not known here.",
    ]
    return Report({"scale": figures}, [Table("Delivery under an account's quota", head, rows)], notes)


def _delivery(arguments: argparse.Namespace, connections: int, quota: float) -> dict[str, float]:
    outcome = simulate(
        connections, arguments.room, arguments.per_minute, quota, arguments.most, arguments.seed
    )
    return {
        "p50_ms": percentile(outcome.delays, 50) * 1000,
        "p99_ms": percentile(outcome.delays, 99) * 1000,
        "posts_per_delivery": outcome.posts / outcome.messages / arguments.room,
    }


def _row(connections: int, figure: dict[str, float]) -> tuple[str, ...]:
    known = "p50_ms" in figure
    return (
        f"{connections:,}",
        f"{figure['messages_per_second']:,.0f}",
        f"{figure['frames_and_pings_per_second']:,.0f}",
        f"{figure['quota']:,.0f}",
        f"{figure['p50_ms']:,.0f}" if known else "no posts",
        f"{figure['p99_ms']:,.0f}" if known else "left",
        f"{figure['posts_per_delivery']:.2f}" if known else "-",
    )
