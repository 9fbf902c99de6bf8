"""The links of one batch: those that are free, those at work, and those still connecting."""

import selectors
from collections.abc import Iterator

from chalicelib.adapters.poster.link import Link
from chalicelib.adapters.poster.once import Once
from chalicelib.adapters.poster.pool import LinkPool
from chalicelib.adapters.poster.work import Delivery

CONNECT_SECONDS = 2.0
FIRST_PAUSE = 0.1
MOST_FAILURES = 4
"""Attempts to connect that failed one after another, while no link stands, before a batch is given up."""


class Fleet:
    """Takes links from the pool, opens further ones, and gives back what still stands.

    Parameters
    ----------
    pool
        Where idle links rest between batches.
    most
        The most links at once.
    may_open
        How many new ones the batch is worth; one that broke may be replaced.
    """

    def __init__(self, pool: LinkPool, *, most: int, may_open: int, once: Once) -> None:
        self._pool = pool
        self._most = most
        self._may_open = may_open
        self._once = once
        self._selector = selectors.DefaultSelector()
        self._links: set[Link] = set()
        self._free: list[Link] = []
        self._failures = 0
        self._pause_until = 0.0

    def wait(self, seconds: float) -> Iterator[tuple[Link, int]]:
        """The links on which something happened within so many seconds, each with its event mask."""
        return ((key.data, mask) for key, mask in self._selector.select(seconds))

    def take(self) -> Link | None:
        """An open link without a request, if there is one."""
        if self._free:
            return self._free.pop()
        link = self._pool.take() if len(self._links) < self._most else None
        if link is not None:
            link.served = 0
            self._add(link)
        return link

    def give(self, link: Link) -> None:
        """Its answer is there, and it stays open."""
        self._free.append(link)

    def open(self, wanted: int, now: float) -> None:
        """Start so many new links, as far as they are worth it."""
        if now < self._pause_until:
            return
        connecting = sum(1 for link in self._links if not link.open)
        wanted = min(wanted, self._may_open, self._most - len(self._links) + connecting)
        for _ in range(wanted - connecting):
            try:
                link = self._pool.connect()
            except OSError as error:
                self._failed(error, now)
                return
            link.expires = now + CONNECT_SECONDS
            self._add(link)

    def advance(self, link: Link, now: float) -> None:
        """Go on connecting."""
        socket, wants = link.sock, link.wants
        try:
            done = link.advance()
        except OSError as error:
            self._lost(link, error, now)
            return
        if link.sock is not socket:
            # Wrapping for TLS makes another socket object of the same descriptor.
            self._selector.unregister(socket)
            self._selector.register(link.sock, link.wants, link)
        elif link.wants != wants:
            self.watch(link)
        if done:
            self._failures = 0
            self._may_open -= 1
            self._free.append(link)

    def watch(self, link: Link) -> None:
        """What the link waits for has changed."""
        self._selector.modify(link.sock, link.wants, link)

    def drop(self, link: Link) -> None:
        """Close a link; another may take its place."""
        if link not in self._links:
            return
        self._links.remove(link)
        self._selector.unregister(link.sock)
        if link in self._free:
            self._free.remove(link)
        if link.open:
            self._may_open += 1
        link.close()

    def late(self, now: float) -> list[Link]:
        """Drop the links that took too long, and answer with those that had a request."""
        late = [link for link in self._links if now >= link.expires and not link.idle]
        for link in late:
            if link.open:
                self.drop(link)
            else:
                self._lost(link, TimeoutError(f"no link within {CONNECT_SECONDS} s"), now)
        return [link for link in late if link.delivery is not None]

    @property
    def stranded(self) -> bool:
        """No link stands, and none can be opened."""
        return self._failures >= MOST_FAILURES and not any(link.open for link in self._links)

    @property
    def under_way(self) -> list[Delivery]:
        """The deliveries whose answers are awaited."""
        return [link.delivery for link in self._links if link.delivery is not None]

    def disband(self) -> None:
        """The batch is over: what stands goes back to the pool, the rest is closed."""
        self._selector.close()
        self._pool.give(link for link in self._links if link.idle)
        for link in self._links:
            if not link.idle:
                link.close()

    def distrust(self) -> None:
        """A link that had rested was dead: the others rested as long."""
        self._pool.clear()

    def _add(self, link: Link) -> None:
        self._links.add(link)
        self._selector.register(link.sock, link.wants, link)

    def _lost(self, link: Link, error: OSError, now: float) -> None:
        self.drop(link)
        self._failed(error, now, another=self._pool.avoid(link.address))

    def _failed(self, error: OSError, now: float, *, another: bool = False) -> None:
        self._failures += 1
        if not another:
            self._pause_until = now + FIRST_PAUSE * 2 ** min(self._failures - 1, 4)
        self._once.error(type(error), "connecting to API Gateway failed: %s; trying again", error)
