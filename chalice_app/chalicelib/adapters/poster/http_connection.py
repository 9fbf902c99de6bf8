"""One kept-alive HTTP/1.1 connection to API Gateway, non-blocking.

A connection without "HTTP" is a client's WebSocket, here as everywhere.
"""

import os
import socket
import ssl
import time
from selectors import EVENT_READ, EVENT_WRITE
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.poster.response import Response, parse

if TYPE_CHECKING:
    from chalicelib.adapters.poster.work import Delivery

_BLOCKED = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_CHUNK_BYTES = 65536

Address = tuple[int, Any]
"""Family, and what ``socket.connect`` takes for it."""


class ConnectionClosed(ConnectionError):
    """The peer closed the HTTP connection before a whole response had arrived."""


class HttpConnection:
    """A socket with at most one request under way."""

    __slots__ = (
        "_connected",
        "_in",
        "_out",
        "_tls",
        "_wall",
        "address",
        "delivery",
        "expires",
        "idle_since",
        "open",
        "sent_at",
        "served",
        "sock",
        "wants",
    )

    def __init__(self, address: Address, tls: tuple[ssl.SSLContext, str] | None) -> None:
        self.address = address
        self._tls = tls
        self._connected = False
        self._in = b""
        self._out: bytes | memoryview = b""
        self.open = False
        self.wants = EVENT_WRITE
        self.delivery: Delivery | None = None
        self.sent_at = self.expires = 0.0
        self.served = 0
        self.idle_since = self._wall = 0.0
        self.sock = socket.socket(address[0], socket.SOCK_STREAM)
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.sock.connect(address[1])
        except BlockingIOError:
            pass  # it completes when the socket becomes writable
        except BaseException:
            self.sock.close()
            raise

    def advance(self) -> bool:
        """Continue connecting; return True once requests may be sent. Raises OSError if it failed."""
        if not self._connected:
            error = self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, os.strerror(error))
            self._connected = True
            if self._tls is not None:
                context, host = self._tls
                self.sock = context.wrap_socket(
                    self.sock, server_hostname=host, do_handshake_on_connect=False
                )
        if isinstance(self.sock, ssl.SSLSocket):
            try:
                self.sock.do_handshake()
            except ssl.SSLWantReadError:
                self.wants = EVENT_READ
                return False
            except ssl.SSLWantWriteError:
                self.wants = EVENT_WRITE
                return False
        self.open = True
        self.wants = EVENT_READ
        return True

    def send(self, request: bytes) -> None:
        """Start a request; ``flush`` sends later what the kernel does not take at once."""
        self._in = b""
        try:
            sent = self.sock.send(request)
        except _BLOCKED:
            sent = 0
        if sent < len(request):
            self._out = memoryview(request)[sent:]
            self.flush()

    def flush(self) -> None:
        """Continue sending; ``wants`` says afterwards whether something is left."""
        try:
            while self._out:
                self._out = self._out[self.sock.send(self._out) :]
        except _BLOCKED:
            self.wants = EVENT_READ | EVENT_WRITE
            return
        self.wants = EVENT_READ

    @property
    def idle(self) -> bool:
        """Return whether it is open and has no request."""
        return self.open and self.delivery is None

    @property
    def kept_alive(self) -> bool:
        """Return whether it has served before: then the peer may have closed it while it was idle."""
        return self.served > 0 or self.idle_since > 0

    @property
    def heard(self) -> bool:
        """Return whether a part of the answer has arrived, so that the request certainly did."""
        return bool(self._in)

    def receive(self) -> Response | None:
        """Return the response, or None while it is incomplete.

        Raises
        ------
        ConnectionClosed, BadResponse, OSError
        """
        while True:
            try:
                chunk = self.sock.recv(_CHUNK_BYTES)
            except _BLOCKED:
                return None
            self._in = self._in + chunk if self._in else chunk
            response = parse(self._in, ended=not chunk)
            if response is not None:
                self.served += 1
                return response
            if not chunk:
                raise ConnectionClosed(f"closed after {len(self._in)} bytes of a response")

    def rest(self) -> None:
        """Note that the batch is over."""
        self.idle_since, self._wall = time.monotonic(), time.time()

    @property
    def rested_seconds(self) -> float:
        """Return the seconds since the last batch.

        The machine may have been frozen in between, and the monotonic clock with it: so ask both.
        """
        return max(time.monotonic() - self.idle_since, time.time() - self._wall)

    def usable(self, longest: float) -> bool:
        """Return whether it still stands after a rest of at most ``longest`` seconds."""
        if self.rested_seconds > longest:
            return False
        try:
            self.sock.recv(1)
        except _BLOCKED:
            return True
        except OSError:
            return False
        return False  # the end, or bytes that belong to no request

    def close(self) -> None:
        """Close the socket; what was under way is lost."""
        self.open = False
        self.sock.close()
