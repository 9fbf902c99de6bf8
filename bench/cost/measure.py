"""What one message costs, alone and in a busy room."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from bench.cost.designs import Handle
from bench.cost.meter import Meter
from bench.endpoint import EndpointProcess, Rules
from bench.room.load import offer
from chalicelib.domain.pulse import BLOCK

STORAGE_SECONDS = 0.004
"""What a request to DynamoDB takes in its region; it replaces the time of the emulator."""
MEMORY_GB = 1769 / 1024
BILLED_MESSAGE_BYTES = 32 * 1024
"""API Gateway bills a WebSocket message for each 32 KB begun."""
# So many positions end one block of the log, whose mood is added up; the block before opens the hour.
LONE = BLOCK
TEXT = "what a great day, number {number}: a text of a usual length"


class Design(Protocol):
    """A design whose requests are metered."""

    meter: Meter

    def worker(self, invoke: Callable[[Mapping[str, Any]], None]) -> Handle:
        """Return one execution environment."""

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        """Return the event of one message."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Billable units of one message, ping, visit, announcement or look for lost connections."""

    websocket_messages: float
    lambda_invocations: float
    lambda_ms: float
    gb_seconds: float
    dynamodb_requests: float
    read_units: float
    write_units: float


class Clocked:
    """Measure the time of a design's handlers, with DynamoDB's time in place of the emulator's."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._lock = Lock()
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self.seconds = 0.0
        self.invocations = 0

    def worker(self, invoke: Callable[[Mapping[str, Any]], None], stopping: object = None) -> Handle:
        """Return one execution environment, clocked."""
        handle = self._design.worker(invoke)

        def clocked(event: Mapping[str, Any]) -> None:
            self._design.meter.spent()
            began = time.perf_counter()
            handle(event)
            took = time.perf_counter() - began
            storage = self._design.meter.spent()
            with self._lock:
                self.seconds += took - storage.waited + storage.requests * STORAGE_SECONDS
                self.invocations += 1

        return clocked

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        """Return the event of one message."""
        return self._design.message(number, identifier, text)


def lone(design: Design, endpoint: EndpointProcess, rules: Rules, messages: int = LONE) -> Cost:
    """Return the cost of a message when each is sent after the one before was delivered to all.

    As many others are sent before that.
    """
    clocked = Clocked(design)
    handle = clocked.worker(no_hand_over)
    # The first one opens HTTP connections, and is the one of some hundred that lists the room.
    for _ in range(messages):
        handle(design.message(0, str(uuid.uuid4()), TEXT.format(number=0)))
    endpoint.apply(rules)
    design.meter.reset()
    clocked.reset()
    for number in range(1, messages + 1):
        handle(design.message(number, str(uuid.uuid4()), TEXT.format(number=number)))
    return cost(clocked, design.meter, endpoint, messages)


def busy(design: Design, endpoint: EndpointProcess, rules: Rules, rate: float, seconds: float) -> Cost:
    """Return the cost of a message under a steady load."""
    endpoint.apply(rules)
    design.meter.reset()
    clocked = Clocked(design)
    load = offer(clocked, rate, seconds, 10.0, TEXT)
    return cost(clocked, design.meter, endpoint, len(load.due))


def cost(
    clocked: Clocked, meter: Meter, endpoint: EndpointProcess, messages: int, *, frames: int = 1
) -> Cost:
    """Return what was counted, for each message; `frames` are those that clients sent for each."""
    posts, accepted = endpoint.deliveries()
    billed = [-(-len(frame) // BILLED_MESSAGE_BYTES) for frame in posts]
    posted = sum(billed[number] for deliveries in accepted.values() for _, number in deliveries)
    reading = meter.reading
    return Cost(
        websocket_messages=round(frames + posted / messages, 2),
        lambda_invocations=round(clocked.invocations / messages, 2),
        lambda_ms=round(1000 * clocked.seconds / messages, 1),
        gb_seconds=round(MEMORY_GB * clocked.seconds / messages, 4),
        dynamodb_requests=round(reading.requests / messages, 2),
        read_units=round(reading.reads / messages, 2),
        write_units=round(reading.writes / messages, 2),
    )


def no_hand_over_but_news(event: Mapping[str, Any]) -> None:
    """Fail unless it is for announcing who came: that is counted by itself, and due on a slow machine."""
    if not event.get("announce"):
        no_hand_over(event)


def no_hand_over(event: Mapping[str, Any]) -> None:
    """Fail: nothing that is measured alone needs another function."""
    raise RuntimeError(f"a lone message needs no other function, and {event} was to be started")
