"""The endpoint's server, on plain asyncio transports so that it is never the slower side."""

import asyncio
import json
import ssl
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from bench.endpoint.rules import ACCEPTED, CLOSE, NEVER, SLOW, Rules, Script, TokenBucket

MARK = b"/@connections/"
BODIES = {
    "403": b'{"message":"Forbidden"}',
    "410": b'{"message":"Gone"}',
    "413": b'{"message":"Request Entity Too Large"}',
    "429": b'{"message":"Too Many Requests"}',
}


class Request(NamedTuple):
    """A post as it arrived."""

    connection_id: str
    head: bytes
    body: bytes


class Endpoint:
    """The rules, the counters and the accepted frames.

    ``observer``, if given, sees each post first and may answer it with a status of its own.
    """

    def __init__(
        self, rules: Rules | None = None, observer: Callable[[Request], str | None] | None = None
    ) -> None:
        self._observer = observer
        self._server: asyncio.Server | None = None
        self._late: deque[tuple[float, _HttpConnection, bytes, bool]] = deque()
        self._ticking = False
        self.connections: set[_HttpConnection] = set()
        self.apply(rules or Rules())

    def apply(self, rules: Rules) -> None:
        """Behave by these rules from now on, and reset the counters."""
        self.rules = rules
        self.script = Script(rules.answers)
        self.bucket = TokenBucket(rules.rate, rules.burst)
        self.frames: dict[str, list[tuple[float, bytes]]] = {}
        self._kept: dict[bytes, bytes] = {}
        self.statuses: Counter[str] = Counter()
        self.connections_opened = 0
        self._since, self._cpu = time.monotonic(), time.process_time()

    async def start(self, tls: ssl.SSLContext | None = None) -> int:
        """Listen on a free port of the loopback interface, and return the port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _HttpConnection(self), "127.0.0.1", 0, ssl=tls, backlog=1024
        )
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def stop(self) -> None:
        """Stop listening and close every connection."""
        if self._server is not None:
            self._server.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Close every connection, as a gateway does with those that are idle for too long."""
        for connection in list(self.connections):
            connection.transport.abort()

    def stats(self) -> dict[str, Any]:
        """Return requests by answer, connections, and this process's load since the rules were applied."""
        seconds = time.monotonic() - self._since
        cpu = time.process_time() - self._cpu
        return {
            "requests": self.statuses.total(),
            "answers": dict(self.statuses),
            "connections_opened": self.connections_opened,
            "seconds": seconds,
            "cpu_seconds": cpu,
            "load": cpu / seconds if seconds else 0.0,
        }

    def handle(self, connection: "_HttpConnection", head: bytes, body: bytes) -> None:
        """Answer one request when its latency is over."""
        target = head[: head.index(b"\r\n")].split(b" ")[1]
        where = target.find(MARK)
        if where < 0:
            connection.answer(*self._control(target.decode("latin-1"), body))
            return
        connection.requests += 1
        connection_id = unquote(target[where + len(MARK) :].decode("latin-1"))
        answer = self._decide(Request(connection_id, head, body))
        self.statuses[answer] += 1
        if answer == NEVER:
            return
        if answer == CLOSE:
            connection.transport.abort()
            return
        if answer.startswith(SLOW):
            self._accept(connection_id, body)
            delay = float(answer.removeprefix(SLOW))
            asyncio.get_running_loop().call_later(delay, connection.answer, ACCEPTED, b"", False)
            return
        if answer == ACCEPTED:
            self._accept(connection_id, body)
        last = connection.requests == self.rules.requests_per_connection
        self._answer_late(connection, answer, last)

    def _decide(self, request: Request) -> str:
        observed = self._observer(request) if self._observer is not None else None
        if observed is not None:
            return observed
        if not self.bucket.admits(time.monotonic()):
            return "429"
        return self.script.answer(request.connection_id)

    def _accept(self, connection_id: str, body: bytes) -> None:
        if self.rules.keep:
            # A broadcast is the same bytes for everyone: they are kept once.
            body = self._kept.setdefault(body, body)
            self.frames.setdefault(connection_id, []).append((time.monotonic(), body))

    def _answer_late(self, connection: "_HttpConnection", answer: str, last: bool) -> None:
        # All answers have the same latency, so one queue and one timer serve thousands of them.
        self._late.append((time.monotonic() + self.rules.latency_seconds, connection, answer.encode(), last))
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(self.rules.latency_seconds, self._tick)

    def _tick(self) -> None:
        now = time.monotonic()
        while self._late and self._late[0][0] <= now:
            _, connection, answer, last = self._late.popleft()
            status = answer.decode()
            connection.answer(status, BODIES.get(status, b""), last)
        self._ticking = bool(self._late)
        if self._late:
            asyncio.get_running_loop().call_later(max(0.0, self._late[0][0] - now), self._tick)

    def _control(self, target: str, body: bytes) -> tuple[str, bytes, bool]:
        if target == "/_rules":
            self.apply(Rules(**json.loads(body)))
            return "200", b"{}", False
        if target == "/_stats":
            return "200", json.dumps(self.stats()).encode(), False
        if target == "/_frames":
            kept = {
                who: [[at, frame.decode("latin-1")] for at, frame in frames]
                for who, frames in self.frames.items()
            }
            return "200", json.dumps(kept).encode(), False
        if target == "/_deliveries":
            return "200", json.dumps(self._deliveries()).encode(), False
        return "404", b'{"message":"no such path"}', False

    def _deliveries(self) -> dict[str, Any]:
        numbers = {frame: number for number, frame in enumerate(self._kept)}
        return {
            "frames": [frame.decode("latin-1") for frame in numbers],
            "accepted": {
                who: [[at, numbers[frame]] for at, frame in frames] for who, frames in self.frames.items()
            },
        }


class _HttpConnection(asyncio.Protocol):
    """One HTTP/1.1 connection of a sender; requests come one after another."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._data = b""
        self.requests = 0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._endpoint.connections.add(self)
        self._endpoint.connections_opened += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._endpoint.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        data = self._data + data if self._data else data
        while data:
            head, blank, rest = data.partition(b"\r\n\r\n")
            size = _content_length(head) if blank else 0
            if not blank or len(rest) < size:
                break
            self._endpoint.handle(self, head, rest[:size])
            data = rest[size:]
        self._data = data

    def answer(self, status: str, body: bytes, last: bool) -> None:
        """Send an answer, and close the connection after the last one."""
        closing = b"Connection: close\r\n" if last else b""
        self.transport.write(
            b"HTTP/1.1 %b Simulated\r\nContent-Type: application/json\r\n%bContent-Length: %d\r\n\r\n%b"
            % (status.encode(), closing, len(body), body)
        )
        if last:
            self.transport.close()


def _content_length(head: bytes) -> int:
    fields = head.lower()
    start = fields.find(b"\r\ncontent-length:")
    if start < 0:
        return 0
    end = fields.find(b"\r\n", start + 2)
    return int(fields[start + 17 : end if end > 0 else len(fields)])
