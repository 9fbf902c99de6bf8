"""The HTTP connections of one batch: those that are free, those at work, and those still connecting."""

import selectors
from collections.abc import Iterator

from chalicelib.adapters.poster.connection_pool import HttpConnectionPool
from chalicelib.adapters.poster.error_log import ErrorLog
from chalicelib.adapters.poster.http_connection import HttpConnection
from chalicelib.adapters.poster.work import Delivery

CONNECT_TIMEOUT_SECONDS = 2.0
FIRST_PAUSE_SECONDS = 0.1
MAX_CONNECT_FAILURES = 4
"""A batch is given up after so many failures in a row, if no HTTP connection stands."""


class ConnectionSet:
    """Takes HTTP connections from the pool, opens further ones, and gives back what still stands.

    Parameters
    ----------
    pool
        Where idle HTTP connections rest between batches.
    most
        The most HTTP connections at once.
    may_open
        How many new ones the batch is worth; one that broke may be replaced.
    """

    def __init__(self, pool: HttpConnectionPool, *, most: int, may_open: int, errors: ErrorLog) -> None:
        self._pool = pool
        self._most = most
        self._may_open = may_open
        self._errors = errors
        self._selector = selectors.DefaultSelector()
        self._all: set[HttpConnection] = set()
        self._free: list[HttpConnection] = []
        self._failures = 0
        self._pause_until = 0.0

    def wait(self, seconds: float) -> Iterator[tuple[HttpConnection, int]]:
        """Yield the HTTP connections on which something happened within `seconds`, with their event masks."""
        return ((key.data, mask) for key, mask in self._selector.select(seconds))

    def take(self) -> HttpConnection | None:
        """Return an open HTTP connection without a request, if there is one."""
        if self._free:
            return self._free.pop()
        http = self._pool.take() if len(self._all) < self._most else None
        if http is not None:
            http.served = 0
            self._add(http)
        return http

    def give(self, http: HttpConnection) -> None:
        """Take back an HTTP connection whose answer has arrived and that stays open."""
        self._free.append(http)

    def open(self, wanted: int, now: float) -> None:
        """Start up to `wanted` new HTTP connections, as far as they are worth it."""
        if now < self._pause_until:
            return
        connecting = sum(1 for http in self._all if not http.open)
        wanted = min(wanted, self._may_open, self._most - len(self._all) + connecting)
        for _ in range(wanted - connecting):
            try:
                http = self._pool.connect()
            except OSError as error:
                self._failed(error, now)
                return
            http.expires = now + CONNECT_TIMEOUT_SECONDS
            self._add(http)

    def advance(self, http: HttpConnection, now: float) -> None:
        """Continue connecting."""
        socket, wants = http.sock, http.wants
        try:
            done = http.advance()
        except OSError as error:
            self._lost(http, error, now)
            return
        if http.sock is not socket:
            # Wrapping for TLS makes another socket object of the same descriptor.
            self._selector.unregister(socket)
            self._selector.register(http.sock, http.wants, http)
        elif http.wants != wants:
            self.watch(http)
        if done:
            self._failures = 0
            self._may_open -= 1
            self._free.append(http)

    def watch(self, http: HttpConnection) -> None:
        """Watch for what the HTTP connection waits for now."""
        self._selector.modify(http.sock, http.wants, http)

    def drop(self, http: HttpConnection) -> None:
        """Close an HTTP connection; another may take its place."""
        if http not in self._all:
            return
        self._all.remove(http)
        self._selector.unregister(http.sock)
        if http in self._free:
            self._free.remove(http)
        if http.open:
            self._may_open += 1
        http.close()

    def late(self, now: float) -> list[HttpConnection]:
        """Drop the HTTP connections that took too long, and return those that had a request."""
        late = [http for http in self._all if now >= http.expires and not http.idle]
        for http in late:
            if http.open:
                self.drop(http)
            else:
                self._lost(http, TimeoutError(f"no HTTP connection within {CONNECT_TIMEOUT_SECONDS} s"), now)
        return [http for http in late if http.delivery is not None]

    @property
    def stranded(self) -> bool:
        """Return whether no HTTP connection stands and none can be opened."""
        return self._failures >= MAX_CONNECT_FAILURES and not any(http.open for http in self._all)

    @property
    def under_way(self) -> list[Delivery]:
        """Return the deliveries whose answers are awaited."""
        return [http.delivery for http in self._all if http.delivery is not None]

    def disband(self) -> None:
        """End the batch: give what stands back to the pool and close the rest."""
        self._selector.close()
        self._pool.give(http for http in self._all if http.idle)
        for http in self._all:
            if not http.idle:
                http.close()

    def distrust(self) -> None:
        """Close the idle HTTP connections: one that had rested as long was dead."""
        self._pool.clear()

    def _add(self, http: HttpConnection) -> None:
        self._all.add(http)
        self._selector.register(http.sock, http.wants, http)

    def _lost(self, http: HttpConnection, error: OSError, now: float) -> None:
        self.drop(http)
        self._failed(error, now, another=self._pool.avoid(http.address))

    def _failed(self, error: OSError, now: float, *, another: bool = False) -> None:
        self._failures += 1
        if not another:
            self._pause_until = now + FIRST_PAUSE_SECONDS * 2 ** min(self._failures - 1, 4)
        self._errors.error(type(error), "connecting to API Gateway failed: %s; trying again", error)
