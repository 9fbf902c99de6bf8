"""Keep HTTP connections open between batches, and resolve the address of new ones."""

import os
import socket
import ssl
import time
from collections import deque
from collections.abc import Iterable
from urllib.parse import urlsplit

from chalicelib.adapters.poster.http_connection import Address, HttpConnection

MAX_IDLE_SECONDS = 50.0
"""An older idle connection is not trusted: using one that was silently dropped costs a timeout."""
ADDRESS_LIFETIME_SECONDS = 60.0


class HttpConnectionPool:
    """Idle HTTP connections, newest first, and the endpoint's addresses in turn. Thread-safe."""

    def __init__(self, endpoint: str) -> None:
        url = urlsplit(endpoint)
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ValueError(f"the endpoint is {endpoint!r}; it should be like https://host/stage")
        self._host = url.hostname
        self.secure = url.scheme == "https"
        self._port = url.port or (443 if self.secure else 80)
        self._idle: deque[HttpConnection] = deque()
        self._addresses: list[Address] = []
        self._resolved_at = 0.0
        self._turn = 0
        self._context: ssl.SSLContext | None = None

    def take(self) -> HttpConnection | None:
        """Return a connection that is open as far as can be known without using it, or None."""
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return None
            if connection.usable(MAX_IDLE_SECONDS):
                return connection
            connection.close()

    def give(self, connections: Iterable[HttpConnection]) -> None:
        """Keep open connections for the next batch, and close those that were idle for too long."""
        while self._idle and self._idle[0].idle_seconds > MAX_IDLE_SECONDS:
            self._idle.popleft().close()
        for connection in connections:
            connection.begin_idle()
            self._idle.append(connection)

    def clear(self) -> None:
        """Close all idle connections."""
        while self._idle:
            self._idle.pop().close()

    def connect(self) -> HttpConnection:
        """Start to connect to the next address.

        Raises
        ------
        OSError
            The host name cannot be resolved, or the system refuses the connection at once.
        """
        addresses = self._resolve()
        self._turn += 1
        address = addresses[self._turn % len(addresses)]
        try:
            return HttpConnection(address, (self._tls(), self._host) if self.secure else None)
        except OSError:
            self.avoid(address)
            raise

    def avoid(self, address: Address) -> bool:
        """Skip an address that cannot be connected to; return whether another one is left to try."""
        if address in self._addresses:
            self._addresses.remove(address)
        return bool(self._addresses)

    def _resolve(self) -> list[Address]:
        now = time.time()
        if not self._addresses or not self._resolved_at <= now < self._resolved_at + ADDRESS_LIFETIME_SECONDS:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
            self._addresses = [(family, address) for family, _, _, _, address in found]
            self._resolved_at = now
        return self._addresses

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context(cafile=_ca_bundle())
        return self._context


def _ca_bundle() -> str:
    """Return the file of certificate authorities that boto3 would trust."""
    from botocore.httpsession import get_cert_path  # noqa: PLC0415 - only https needs it

    return os.environ.get("AWS_CA_BUNDLE") or str(get_cert_path(True))
