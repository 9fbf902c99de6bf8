"""What became of every message at every connection, from the frames that the endpoint accepted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bench.endpoint import EndpointProcess
from bench.room.load import Load
from bench.statistic import percentile
from chalicelib.domain.pulse import BLOCK


@dataclass(frozen=True, slots=True)
class Result:
    """`lost` and `duplicates` are deliveries (a message at a connection); times run from the due time."""

    lost: int
    p50_ms: float
    p99_ms: float
    frames_per_message: float
    backlog_gone_s: float
    duplicates: int
    unordered: int
    throttled: int
    endpoint_load: float


class Pulse(NamedTuple):
    """What was sent and by how many people, and what the hours of the room have of it."""

    sent: int
    people: int
    counted: int
    people_counted: int

    @property
    def complete(self) -> bool:
        """Whether nothing is missing but what waits until its block is full."""
        waiting = self.sent - self.counted
        return 0 <= waiting < BLOCK and self.people - waiting <= self.people_counted <= self.people


def evaluate(load: Load, connection_ids: Sequence[str], endpoint: EndpointProcess, room: str) -> Result:
    """Read what the endpoint accepted and compare it with what was offered."""
    stats = endpoint.stats()
    frames, accepted = endpoint.deliveries()
    contents = [_positions(frame, room) for frame in frames]
    latencies: list[float] = []
    last, duplicates, unordered = load.ended, 0, 0
    for connection_id in connection_ids:
        seen: set[str] = set()
        newest = 0
        for at, number in accepted.get(connection_id, []):
            for position, identifier in contents[number]:
                if identifier in seen:
                    duplicates += 1
                    continue
                seen.add(identifier)
                latencies.append(at - load.due[identifier])
                unordered += position < newest
                newest = max(newest, position)
                last = max(last, at)
    latencies.sort()
    expected = len(load.due) * len(connection_ids)
    return Result(
        lost=expected - len(latencies),
        p50_ms=round(1000 * percentile(latencies, 50), 1),
        p99_ms=round(1000 * percentile(latencies, 99), 1),
        frames_per_message=round(sum(map(len, accepted.values())) / max(1, len(load.due)), 2),
        backlog_gone_s=round(last - load.ended, 3),
        duplicates=duplicates,
        unordered=unordered,
        throttled=stats["answers"].get("429", 0),
        endpoint_load=round(stats["load"], 2),
    )


def _positions(frame: bytes, room: str) -> list[tuple[int, str]]:
    event = json.loads(frame)
    if event.get("event") != "messages" or event.get("room") != room:
        return []
    return [(m["at"], m["id"]) for m in event["messages"] if not m.get("void")]
