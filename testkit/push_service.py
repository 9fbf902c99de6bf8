"""A push service on this machine, and browsers that subscribe to it and read what comes, as RFC 8291 says."""

import base64
import json
import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Push(NamedTuple):
    """What a push service got: the path, the headers with names in lower case, and the encrypted body."""

    path: str
    headers: dict[str, str]
    body: bytes


class Browser:
    """A browser with its keys, subscribed at a path of a push service."""

    def __init__(self, origin: str, path: str) -> None:
        self.path = path
        self._endpoint = f"{origin}{path}"
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)

    def subscription(self) -> dict[str, Any]:
        """Return what `PushSubscription.toJSON` does."""
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": _encoded(point), "auth": _encoded(self._secret)}
        return {"endpoint": self._endpoint, "expirationTime": None, "keys": keys}

    def read(self, push: Push) -> dict[str, Any]:
        """Return what a push says."""
        text = http_ece.decrypt(
            push.body, private_key=self._private, auth_secret=self._secret, version="aes128gcm"
        )
        told: dict[str, Any] = json.loads(text)
        return told


class PushService:
    """Takes pushes; `statuses` are its answers by path where they are not 201, `pauses` what it waits for."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.pushes: list[Push] = []
        self.statuses: dict[str, int] = {}
        self.pauses: dict[str, threading.Event] = {}
        self.location = ""
        self._server = ThreadingHTTPServer((host, port), _handler(self))
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.origin = f"{'http' if tls is None else 'https'}://{host}:{self.port}"

    def browser(self, path: str) -> Browser:
        """Return a browser that is subscribed here."""
        return Browser(self.origin, path)

    def to(self, browser: Browser) -> list[dict[str, Any]]:
        """Return what was pushed to a browser, as it reads it."""
        return [browser.read(push) for push in self.pushes if push.path == browser.path]

    @contextmanager
    def running(self) -> Iterator["PushService"]:
        """Answer for the time of a `with` block."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            for pause in self.pauses.values():
                pause.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.pushes.append(Push(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if self.path in service.pauses:
                service.pauses[self.path].wait()
            self.send_response(service.statuses.get(self.path, 201))
            if service.location:
                self.send_header("Location", service.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    return Handler


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
