"""How long messages take, and how much is posted, as a deployment grows: rooms under one account's quota.

A simulation of the delivery rules alone: each room has one broadcaster, messages that are stored during a
broadcast go out together in the next one, and the posts of all rooms share the account's quota.
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
"""From the arrival of a frame to its message being stored, and all of a broadcast but its posts."""
POSTS_PER_SECOND = 5_000.0
"""What one function posts (`python -m bench fanout`); a room's shards post side by side."""
SHARD_SIZE = 1_000
PING_SECONDS = 60.0
"""Each client asks this often whether it missed something (see the protocol)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this bench."""
    parser.add_argument("--connections", type=int, nargs="+", default=list(CONNECTIONS))
    parser.add_argument("--room", type=int, default=100, help="connections in a room (%(default)s)")
    parser.add_argument("--per-minute", type=float, default=0.2, help="messages of a person (%(default)s)")
    parser.add_argument("--quota", type=float, default=DEFAULT_QUOTA, help="requests a second (%(default)g)")
    parser.add_argument("--most", type=int, default=60_000, help="messages simulated at most (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)


@dataclass
class Account:
    """The quota of an account: a queue that serves `quota` requests a second, in order."""

    quota: float
    free_at: float = 0.0
    requests: int = 0

    def serve(self, now: float, requests: int) -> float:
        """Return when all of the requests are served."""
        self.requests += requests
        self.free_at = max(now, self.free_at) + requests / self.quota
        return self.free_at


@dataclass
class Broadcaster:
    """The delivery of one room: when each waiting message arrived, and whether a broadcast is under way."""

    waiting: list[float] = field(default_factory=list)
    busy: bool = False


@dataclass(frozen=True)
class Outcome:
    """The seconds that each message took (ascending), the posts, the simulated seconds, the messages."""

    delays: list[float]
    posts: int
    seconds: float
    messages: int


def simulate(
    connections: int, room_size: int, per_minute: float, quota: float, most: int, seed: int
) -> Outcome:
    """Let messages arrive at random in all rooms until there are `most` or a minute is over."""
    chance = random.Random(seed)
    rate = connections * per_minute / 60
    broadcasters = [Broadcaster() for _ in range(max(1, connections // room_size))]
    account = Account(quota)
    delays: list[float] = []
    # Time, kind (0: a message arrives, 1: a broadcast ends), room, arrivals that the broadcast carries.
    events: list[tuple[float, int, int, list[float]]] = []
    arrived, now = 0, 0.0
    while now < 60 and arrived < most:
        now += chance.expovariate(rate)
        events.append((now, 0, chance.randrange(len(broadcasters)), []))
        arrived += 1
    last = now
    heapq.heapify(events)
    while events:
        now, kind, number, carried = heapq.heappop(events)
        broadcaster = broadcasters[number]
        if kind == 0:
            broadcaster.waiting.append(now)
        else:
            delays += [now - since for since in carried]
            broadcaster.busy = False
        if broadcaster.waiting and not broadcaster.busy:
            batch, broadcaster.waiting, broadcaster.busy = broadcaster.waiting, [], True
            posting_seconds = min(room_size, SHARD_SIZE) / POSTS_PER_SECOND
            begin = now + STORE_SECONDS
            end = max(account.serve(begin, room_size), begin + posting_seconds)
            heapq.heappush(events, (end, 1, number, batch))
    return Outcome(sorted(delays), account.requests, max(last, now), arrived)


def run(arguments: argparse.Namespace) -> Report:
    """Simulate each size with the given quota, and with the quota that it would need."""
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
