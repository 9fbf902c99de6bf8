"""A bot on this machine that is called: it checks who calls as Standard Webhooks says, and answers."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Called(NamedTuple):
    """A call: the headers with names in lower case, and the body as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """Return what the body says."""
        told: dict[str, Any] = json.loads(self.body)
        return told

    def is_signed(self, secret: str) -> bool:
        """Return whether it was signed with a secret, as a program of the bot's owner would find out."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        named = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}."
        made = hmac.new(key, named.encode() + self.body, hashlib.sha256).digest()
        return self.headers["webhook-signature"] == f"v1,{base64.b64encode(made).decode()}"


class Answer(NamedTuple):
    """What the bot answers."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    location: str = ""


class BotServer:
    """Takes calls; `answers` are given one after the other, and then nothing is said any more.

    While `pause` is cleared, no call is answered.
    """

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.calls: list[Called] = []
        self.answers: list[Answer] = []
        self.pause = threading.Event()
        self.pause.set()
        self._server = ThreadingHTTPServer((host, 0), _handler(self))
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.url = f"{'http' if tls is None else 'https'}://{host}:{self.port}/bot"

    @contextmanager
    def running(self) -> Iterator["BotServer"]:
        """Answer for the time of a `with` block."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.pause.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def _handler(server: BotServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.calls.append(Called({k.lower(): v for k, v in self.headers.items()}, body))
            server.pause.wait()
            answer = server.answers.pop(0) if server.answers else Answer(204)
            self.send_response(answer.status)
            if answer.kind:
                self.send_header("Content-Type", answer.kind)
            if answer.location:
                self.send_header("Location", answer.location)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: Any) -> None:
            return

    return Handler
