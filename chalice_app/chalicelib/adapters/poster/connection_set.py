"""The HTTP connections of one batch: free, with a request, or still connecting."""

import selectors
from collections.abc import Iterator

from chalicelib.adapters.poster.batch_log import BatchLog
from chalicelib.adapters.poster.http_connection import HttpConnection
from chalicelib.adapters.poster.pool import HttpConnectionPool
from chalicelib.adapters.poster.work import Delivery

CONNECT_TIMEOUT_SECONDS = 2.0
FIRST_PAUSE_SECONDS = 0.1
MAX_CONNECT_FAILURES = 4
"""So many failed attempts in a row, while no connection is open, and the batch is given up."""


class ConnectionSet:
    """Take HTTP connections from the pool, open further ones, and give back those that are still open.

    Parameters
    ----------
    pool
        Idle connections between batches.
    max_connections
        How many may exist at once.
    may_open
        How many new ones are worth their cost; one that broke may be replaced.
    log
        The log of the batch.
    """

    def __init__(
        self, pool: HttpConnectionPool, *, max_connections: int, may_open: int, log: BatchLog
    ) -> None:
        self._pool = pool
        self._max_connections = max_connections
        self._may_open = may_open
        self._log = log
        self._selector = selectors.DefaultSelector()
        self._all: set[HttpConnection] = set()
        self._free: list[HttpConnection] = []
        self._failures = 0
        self._pause_until = 0.0

    def wait(self, seconds: float) -> Iterator[tuple[HttpConnection, int]]:
        """Wait up to ``seconds``, and return the connections that are ready, each with its event mask."""
        return ((key.data, mask) for key, mask in self._selector.select(seconds))

    def take(self) -> HttpConnection | None:
        """Return an open connection without a request, or None if there is none."""
        if self._free:
            return self._free.pop()
        connection = self._pool.take() if len(self._all) < self._max_connections else None
        if connection is not None:
            connection.served = 0
            self._add(connection)
        return connection

    def give(self, connection: HttpConnection) -> None:
        """Take back a connection whose response has arrived and that stays open."""
        self._free.append(connection)

    def open(self, wanted: int, now: float) -> None:
        """Start connecting until ``wanted`` are under way, within the limits of the set."""
        if now < self._pause_until:
            return
        connecting = sum(1 for connection in self._all if not connection.open)
        wanted = min(wanted, self._may_open, self._max_connections - len(self._all) + connecting)
        for _ in range(wanted - connecting):
            try:
                connection = self._pool.connect()
            except OSError as error:
                self._failed(error, now)
                return
            connection.expires = now + CONNECT_TIMEOUT_SECONDS
            self._add(connection)

    def advance(self, connection: HttpConnection, now: float) -> None:
        """Continue to connect."""
        socket, wants = connection.sock, connection.wants
        try:
            done = connection.advance()
        except OSError as error:
            self._lost(connection, error, now)
            return
        if connection.sock is not socket:
            # Wrapping for TLS makes another socket object of the same descriptor.
            self._selector.unregister(socket)
            self._selector.register(connection.sock, connection.wants, connection)
        elif connection.wants != wants:
            self.watch(connection)
        if done:
            self._failures = 0
            self._may_open -= 1
            self._free.append(connection)

    def watch(self, connection: HttpConnection) -> None:
        """Tell the selector that ``connection.wants`` has changed."""
        self._selector.modify(connection.sock, connection.wants, connection)

    def drop(self, connection: HttpConnection) -> None:
        """Close a connection; another may be opened in its place."""
        if connection not in self._all:
            return
        self._all.remove(connection)
        self._selector.unregister(connection.sock)
        if connection in self._free:
            self._free.remove(connection)
        if connection.open:
            self._may_open += 1
        connection.close()

    def time_out(self, now: float) -> list[HttpConnection]:
        """Drop the connections that took too long, and return those that had a request."""
        late = [connection for connection in self._all if now >= connection.expires and not connection.idle]
        for connection in late:
            if connection.open:
                self.drop(connection)
            else:
                self._lost(connection, TimeoutError(f"no connection within {CONNECT_TIMEOUT_SECONDS} s"), now)
        return [connection for connection in late if connection.delivery is not None]

    @property
    def unreachable(self) -> bool:
        """Whether no connection is open and none can be opened."""
        return self._failures >= MAX_CONNECT_FAILURES and not any(connection.open for connection in self._all)

    @property
    def in_flight(self) -> list[Delivery]:
        """The deliveries whose responses are awaited."""
        return [connection.delivery for connection in self._all if connection.delivery is not None]

    def release(self) -> None:
        """Give idle connections back to the pool and close the others: the batch is over."""
        self._selector.close()
        self._pool.give(connection for connection in self._all if connection.idle)
        for connection in self._all:
            if not connection.idle:
                connection.close()

    def forget_idle(self) -> None:
        """Close the pool's idle connections: one that had idled as long as they was dead."""
        self._pool.clear()

    def _add(self, connection: HttpConnection) -> None:
        self._all.add(connection)
        self._selector.register(connection.sock, connection.wants, connection)

    def _lost(self, connection: HttpConnection, error: OSError, now: float) -> None:
        self.drop(connection)
        self._failed(error, now, another=self._pool.avoid(connection.address))

    def _failed(self, error: OSError, now: float, *, another: bool = False) -> None:
        self._failures += 1
        if not another:
            self._pause_until = now + FIRST_PAUSE_SECONDS * 2 ** min(self._failures - 1, 4)
        self._log.error(type(error), "connecting to API Gateway failed: %s; retrying", error)
