"""What lies between a machine and AWS: it knows every request that changes something, and can cut at one."""

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_READS = ("Get", "List", "Describe")
_NOT_CARRIED = {"connection", "transfer-encoding", "content-length", "expect"}
_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/")
# What differs from one deployment to the next: ids, and the names that hold the account.
_VARYING = (
    (re.compile(r"^/20\d\d-\d\d-\d\d/"), "/"),
    (re.compile(r"arn%3Aaws%3A[^/]*%3Afunction%3A"), ""),
    (re.compile(r"/(restapis|apis|distribution|integrations|routes)/[^/?]+"), r"/\1/ID"),
    (re.compile(r"undertone-[a-z]+-(models|site)-\d+"), r"\1"),
    (re.compile(r"^/models/models/[^/]+/"), "/models/models/VERSION/"),
    (re.compile(r"\?.*"), ""),
)


@dataclass(frozen=True)
class Death:
    """A machine dies when a request has done its work, the nth of its kind, and nobody has heard of it.

    Requests come one after the other, so this is also the death before the next one.
    """

    request: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.request} ({self.nth})" if self.nth > 1 else self.request


@dataclass
class Wire:
    """The way to the emulators, with an address for each of them."""

    addresses: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    _death: Death | None = None
    _process_group: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def expect(self, death: Death | None) -> None:
        """Forget what was sent, and let the next machine die where it is said."""
        self.sent, self._death, self._process_group = [], death, 0

    def belongs_to(self, process_group: int) -> None:
        """Say which processes the machine consists of."""
        self._process_group = process_group

    def survives(self, request: str) -> bool:
        """Note what was done; say whether the machine that wanted it still lives, for it may die now."""
        with self._lock:
            self.sent.append(request)
            death = self._death
            if death is None or request != death.request or self.sent.count(request) != death.nth:
                return True
            os.killpg(self._process_group, signal.SIGKILL)
            self._death = None
            return False


@contextmanager
def wire(**upstream: str) -> Iterator[Wire]:
    """Open a way to each of the emulators."""
    made = Wire()
    with ExitStack() as stack:
        for name, url in upstream.items():
            server = _Server(made, urlsplit(url).netloc)
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            made.addresses[name] = f"http://127.0.0.1:{server.server_port}"
        yield made


def changing(method: str, path: str, headers: dict[str, str], body: bytes) -> str | None:
    """Return what a request changes, in words, or None where it only reads."""
    service = _SERVICE.search(headers.get("authorization", ""))
    words = [service[1] if service else "?"]
    if "x-amz-target" in headers:
        action = headers["x-amz-target"].rpartition(".")[2]
        return None if action.startswith(_READS) else " ".join([*words, action])
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        given = parse_qs(body.decode())
        [action] = given["Action"]
        subject = given.get("RoleName", given.get("ChangeSetType", []))
        return None if action.startswith(_READS) else " ".join([*words, action, *subject])
    if method in ("GET", "HEAD"):
        return None
    for pattern, replacement in _VARYING:
        path = pattern.sub(replacement, path)
    return " ".join([*words, method, path])


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, made: Wire, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.wire, self.upstream = made, upstream

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever hung up is dead on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _carry(self) -> None:
        if self.headers.get("Expect") == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        upstream = HTTPConnection(self.server.upstream, timeout=120)
        wanted = {name: value for name, value in headers.items() if name not in _NOT_CARRIED}
        upstream.request(self.command, self.path, body, wanted)
        answer = upstream.getresponse()
        content = answer.read()
        upstream.close()
        change = changing(self.command, self.path, headers, body)
        if change is not None and not self.server.wire.survives(change):
            self.close_connection = True
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _NOT_CARRIED:
                self.send_header(name, value)
        # The answer to HEAD names the length of a body that does not come.
        self.send_header("Content-Length", answer.getheader("Content-Length") or str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing: a test prints what it needs."""

    do_GET = do_HEAD = do_PUT = do_POST = do_PATCH = do_DELETE = _carry
