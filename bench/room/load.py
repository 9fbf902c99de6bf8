"""Offer messages to a number of functions at their times, whether or not earlier ones are done."""

import queue
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

FUNCTIONS = 8
STOP_SECONDS = 3.0
TEXT = "what a great day, number {number}: let us see how long this takes to everybody in the room"


class Source(Protocol):
    """What makes execution environments, and events for them."""

    def worker(
        self, invoke: Callable[[Mapping[str, Any]], None], stopping: threading.Event
    ) -> Callable[[Mapping[str, Any]], None]:
        """Return one execution environment."""

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        """Return the event of one message."""


@dataclass
class Load:
    """When each message was due, by id, and when the last one was (``time.monotonic()``)."""

    due: dict[str, float] = field(default_factory=dict)
    ended: float = 0.0


def offer(design: Source, rate: float, seconds: float, cut_seconds: float, text: str = TEXT) -> Load:
    """Send `rate` messages a second; end when all is done, or `cut_seconds` after the last one was due."""
    load = Load()
    waiting: queue.SimpleQueue[Mapping[str, Any] | None] = queue.SimpleQueue()
    failures: list[BaseException] = []
    stopping = threading.Event()
    threads = [
        threading.Thread(
            target=_work,
            args=(design.worker(waiting.put, stopping), waiting, stopping, failures),
            daemon=True,
        )
        for _ in range(FUNCTIONS)
    ]
    for thread in threads:
        thread.start()
    began = time.monotonic() + 0.2
    for number in range(round(rate * seconds)):
        at = began + number / rate
        time.sleep(max(0.0, at - time.monotonic()))
        identifier = str(uuid.UUID(int=number, version=4))
        load.due[identifier] = at
        waiting.put(design.message(number, identifier, text.format(number=number)))
    load.ended = time.monotonic()
    deadline = load.ended + cut_seconds
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    stopping.set()
    for thread in threads:
        thread.join(STOP_SECONDS)
    if failures:
        raise RuntimeError(
            f"{len(failures)} invocations failed, the first with {failures[0]!r}"
        ) from failures[0]
    return load


def _work(
    handle: Callable[[Mapping[str, Any]], None],
    waiting: "queue.SimpleQueue[Mapping[str, Any] | None]",
    stopping: threading.Event,
    failures: list[BaseException],
) -> None:
    """One execution environment: an event at a time."""
    while not stopping.is_set() and (event := waiting.get()) is not None:
        try:
            handle(event)
        except Exception as error:  # noqa: BLE001 - `offer` raises it
            failures.append(error)
