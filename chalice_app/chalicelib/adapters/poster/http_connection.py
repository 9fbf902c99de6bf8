"""One kept-alive, non-blocking HTTP/1.1 connection to API Gateway.

The bare word connection means a client's WebSocket elsewhere in this project; inside the poster, whose
deliveries stand for the clients, it is short for an HTTP connection.
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
"""Address family, and the argument of ``socket.connect`` for it."""


class HttpConnectionClosed(ConnectionError):
    """The peer closed the connection before a whole response had arrived."""


class HttpConnection:
    """A socket with at most one request under way."""

    __slots__ = (
        "_connected",
        "_idle_since_wall",
        "_in",
        "_out",
        "_tls",
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
        self.idle_since = self._idle_since_wall = 0.0
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
        """Continue to connect, and return whether requests may be sent now.

        Raises
        ------
        OSError
            Connecting failed.
        """
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
        """Start to send a request; ``flush`` sends what the kernel does not take at once."""
        self._in = b""
        try:
            sent = self.sock.send(request)
        except _BLOCKED:
            sent = 0
        if sent < len(request):
            self._out = memoryview(request)[sent:]
            self.flush()

    def flush(self) -> None:
        """Continue to send; afterwards ``wants`` says whether something is left."""
        try:
            while self._out:
                self._out = self._out[self.sock.send(self._out) :]
        except _BLOCKED:
            self.wants = EVENT_READ | EVENT_WRITE
            return
        self.wants = EVENT_READ

    @property
    def idle(self) -> bool:
        """Whether it is open and has no request."""
        return self.open and self.delivery is None

    @property
    def kept_alive(self) -> bool:
        """Whether it was used before, so that the peer may have closed it while it was idle."""
        return self.served > 0 or self.idle_since > 0

    @property
    def answering(self) -> bool:
        """Whether a part of the response has arrived: then the request certainly did."""
        return bool(self._in)

    def receive(self) -> Response | None:
        """Return the response, or None while it is incomplete.

        Raises
        ------
        HttpConnectionClosed
            The peer closed the connection before the response was complete.
        BadResponse
            The peer does not speak HTTP/1.1.
        OSError
            The connection broke.
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
                raise HttpConnectionClosed(f"closed after {len(self._in)} bytes of a response")

    def begin_idle(self) -> None:
        """Note that the connection is idle from now on."""
        self.idle_since, self._idle_since_wall = time.monotonic(), time.time()

    @property
    def idle_seconds(self) -> float:
        """Seconds since the last batch.

        Lambda may have frozen the machine, and the monotonic clock with it, so both clocks are asked.
        """
        return max(time.monotonic() - self.idle_since, time.time() - self._idle_since_wall)

    def usable(self, max_idle_seconds: float) -> bool:
        """Whether it is still open, and was not idle for longer than ``max_idle_seconds``."""
        if self.idle_seconds > max_idle_seconds:
            return False
        try:
            self.sock.recv(1)
        except _BLOCKED:
            return True
        except OSError:
            return False
        return False  # the end, or bytes that belong to no request

    def close(self) -> None:
        """Close the socket; a request in flight is lost."""
        self.open = False
        self.sock.close()
