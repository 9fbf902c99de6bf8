"""A proxy before the emulators that notes changing requests and can kill the machine that sends one."""

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
_NOT_FORWARDED = {"connection", "transfer-encoding", "content-length", "expect"}
_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/")
# What differs between deployments: ids, and names that contain the account.
_VARYING = (
    (re.compile(r"^/20\d\d-\d\d-\d\d/"), "/"),
    (re.compile(r"arn%3Aaws%3A[^/]*%3Afunction%3A"), ""),
    (re.compile(r"/(restapis|apis|distribution|integrations|routes)/[^/?]+"), r"/\1/ID"),
    (re.compile(r"undertone-[a-z]+-(models|site)-\d+"), r"\1"),
    (re.compile(r"^/models/models/[^/]+/"), "/models/models/VERSION/"),
    (re.compile(r"\?.*"), ""),
)


@dataclass(frozen=True)
class CrashPoint:
    """The nth request of its kind; the machine is killed after its effect and before its answer.

    Requests come one after the other, so this is also a crash before the next one.
    """

    request: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.request} ({self.nth})" if self.nth > 1 else self.request


@dataclass
class CrashingProxy:
    """A proxy for several emulators, with an address for each of them."""

    addresses: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    _crash_point: CrashPoint | None = None
    _process_group: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reset(self, crash_point: CrashPoint | None) -> None:
        """Forget the requests so far; kill the next machine at this point, or not at all."""
        self.sent, self._crash_point, self._process_group = [], crash_point, 0

    def set_process_group(self, process_group: int) -> None:
        """Set the processes that make up the machine."""
        self._process_group = process_group

    def note(self, request: str) -> bool:
        """Note a request that had its effect; return False if the machine was killed at it."""
        with self._lock:
            self.sent.append(request)
            point = self._crash_point
            if point is None or request != point.request or self.sent.count(request) != point.nth:
                return True
            os.killpg(self._process_group, signal.SIGKILL)
            self._crash_point = None
            return False


@contextmanager
def crashing_proxy(**upstream: str) -> Iterator[CrashingProxy]:
    """Start a proxy in front of each of the emulators."""
    made = CrashingProxy()
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
    """Return a changing request as a line of text, or None if the request only reads."""
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

    def __init__(self, proxy: CrashingProxy, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy, self.upstream = proxy, upstream

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing: the client was killed on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _forward(self) -> None:
        if self.headers.get("Expect") == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        upstream = HTTPConnection(self.server.upstream, timeout=120)
        wanted = {name: value for name, value in headers.items() if name not in _NOT_FORWARDED}
        upstream.request(self.command, self.path, body, wanted)
        answer = upstream.getresponse()
        content = answer.read()
        upstream.close()
        change = changing(self.command, self.path, headers, body)
        if change is not None and not self.server.proxy.note(change):
            self.close_connection = True
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _NOT_FORWARDED:
                self.send_header(name, value)
        # The response to HEAD has the length of a body that is not sent.
        self.send_header("Content-Length", answer.getheader("Content-Length") or str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Print nothing: a test prints what it needs."""

    do_GET = do_HEAD = do_PUT = do_POST = do_PATCH = do_DELETE = _forward
