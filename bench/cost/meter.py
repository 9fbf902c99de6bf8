"""Counts what a botocore session asks of DynamoDB, and how long it waited for the answers."""

import json
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bench.cost.units import units


@dataclass
class Reading:
    """Requests, request units, and seconds that callers spent waiting for them."""

    requests: int = 0
    reads: float = 0.0
    writes: float = 0.0
    waited: float = 0.0


class Meter:
    """Meter the requests of a session, in all threads."""

    def __init__(self, session: Any) -> None:
        self.reading = Reading()
        self.operations: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._mine = threading.local()
        session.register("before-send.dynamodb", self._on_send)
        session.register("response-received.dynamodb", self._on_answer)

    def reset(self) -> None:
        """Reset the counters."""
        with self._lock:
            self.reading = Reading()
            self.operations.clear()

    def spent(self) -> Reading:
        """Return what this thread alone has spent since its last call."""
        mine = self._of_thread()
        self._mine.reading = Reading()
        return mine

    def _of_thread(self) -> Reading:
        reading: Reading = getattr(self._mine, "reading", None) or Reading()
        self._mine.reading = reading
        return reading

    def _on_send(self, request: Any, **_: Any) -> None:
        target = request.headers["X-Amz-Target"]
        operation = (target.decode() if isinstance(target, bytes) else target).partition(".")[2]
        self._mine.asked = operation, json.loads(request.body), time.perf_counter()

    def _on_answer(self, parsed_response: Any, **_: Any) -> None:
        operation, asked, began = self._mine.asked
        waited = time.perf_counter() - began
        reads, writes = units(operation, asked, parsed_response or {})
        with self._lock:
            self.operations[operation] += 1
            for reading in (self.reading, self._of_thread()):
                reading.requests += 1
                reading.reads += reads
                reading.writes += writes
                reading.waited += waited
