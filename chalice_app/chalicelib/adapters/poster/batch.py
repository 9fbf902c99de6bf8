"""The loop that drives one batch over many links at once."""

import logging
import math
import selectors
import time
from collections.abc import Sequence

from chalicelib.adapters.poster.contract import PostReport, Progress
from chalicelib.adapters.poster.link import Link
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.pool import LinkPool
from chalicelib.adapters.poster.response import BadResponse, Response
from chalicelib.adapters.poster.signing import Signer
from chalicelib.adapters.poster.work import TIMEOUT_COST, Worklist

PROGRESS_SECONDS = 0.5
TICK_SECONDS = 0.05
"""How often what takes too long is looked for."""
CONNECT_SECONDS = 2.0
CONNECT_FAILURES = 4
"""Links that failed to come to be, one after another while none stands, before a batch is given up."""
LINKS_FACTOR = 16
"""New links for n deliveries: sqrt(16 n). See docs/decisions/0031-poster-transport.md."""

logger = logging.getLogger(__name__)


class Batch:
    """One call of ``Poster.post``; used once."""

    def __init__(
        self,
        work: Worklist,
        frames: Sequence[bytes],
        *,
        signer: Signer,
        pool: LinkPool,
        pace: Pace,
        max_links: int,
        request_timeout: float,
    ) -> None:
        self._work = work
        self._frames = frames
        self._signer = signer
        self._signed = signer.sign(frames)
        self._pool = pool
        self._pace = pace
        self._max_links = max_links
        self._request_timeout = request_timeout
        self._selector = selectors.DefaultSelector()
        self._links: set[Link] = set()
        self._free: list[Link] = []
        self._connect_failures = 0
        self._connect_after = 0.0
        self._said: set[object] = set()

    def run(self, deadline: float, on_progress: Progress | None) -> PostReport:
        """Work until everything is settled, the deadline passed or the caller wants no more."""
        now = time.monotonic()
        self._pace.begin(now)
        progress_at, tick_at = now + PROGRESS_SECONDS, now + TICK_SECONDS
        try:
            while self._work.open and now < deadline:
                if now >= progress_at:
                    if on_progress is not None and not on_progress():
                        break
                    now = time.monotonic()
                    progress_at = now + PROGRESS_SECONDS
                if now >= tick_at:
                    self._expire(now)
                    if self._hopeless():
                        break
                    tick_at = now + TICK_SECONDS
                self._work.wake(now)
                self._dispatch(now)
                ready = self._selector.select(max(0.0, min(self._patience(now), deadline - now)))
                now = time.monotonic()
                for key, mask in ready:
                    self._serve(key.data, mask, now)
            return self._work.report(link.delivery for link in self._links if link.delivery is not None)
        finally:
            self._finish()

    def _patience(self, now: float) -> float:
        patience = TICK_SECONDS
        if self._work.next_due is not None:
            patience = min(patience, self._work.next_due - now)
        if self._work.ready and self._pace.rate < math.inf:
            patience = min(patience, self._pace.delay())
        return patience

    def _dispatch(self, now: float) -> None:
        ready = self._work.ready
        allowance = min(self._pace.allowance(now), len(ready))
        while allowance >= 1 and ready:
            link = self._free.pop() if self._free else self._take()
            if link is None:
                self._open_links(min(allowance, len(ready)), now)
                return
            allowance -= 1
            self._start(link, now)

    def _take(self) -> Link | None:
        link = self._pool.take() if len(self._links) < self._max_links else None
        if link is not None:
            link.served = 0
            self._links.add(link)
            self._selector.register(link.sock, link.wants, link)
        return link

    def _open_links(self, wanted: float, now: float) -> None:
        if now < self._connect_after:
            return
        connecting = sum(1 for link in self._links if not link.open)
        limit = min(self._max_links, math.ceil(math.sqrt(LINKS_FACTOR * self._work.size)))
        for _ in range(int(min(wanted - connecting, limit - len(self._links)))):
            try:
                link = self._pool.connect()
            except OSError as error:
                self._not_connected(error, now)
                return
            link.expires = now + CONNECT_SECONDS
            self._links.add(link)
            self._selector.register(link.sock, link.wants, link)

    def _start(self, link: Link, now: float) -> None:
        delivery = self._work.ready.popleft()
        link.delivery = delivery
        link.sent_at = now
        link.expires = now + self._request_timeout
        self._pace.spend()
        self._work.requests += 1
        try:
            link.send(self._signed[delivery.frame].request(delivery.path))
        except OSError as error:
            self._broken(link, error, now)
            return
        if link.wants != selectors.EVENT_READ:
            self._selector.modify(link.sock, link.wants, link)

    def _serve(self, link: Link, mask: int, now: float) -> None:
        if not link.open:
            self._connect(link, now)
            return
        try:
            if mask & selectors.EVENT_WRITE:
                link.flush()
                self._selector.modify(link.sock, link.wants, link)
            if mask & selectors.EVENT_READ:
                response = link.receive()
                if response is not None:
                    self._answered(link, response, now)
        except (OSError, BadResponse) as error:
            self._broken(link, error, now)

    def _connect(self, link: Link, now: float) -> None:
        before = link.sock, link.wants
        try:
            done = link.advance()
        except OSError as error:
            self._drop(link)
            self._not_connected(error, now)
            return
        if (link.sock, link.wants) != before:
            # Wrapping for TLS makes another socket object of the same descriptor.
            self._selector.unregister(before[0])
            self._selector.register(link.sock, link.wants, link)
        if done:
            self._connect_failures = 0
            self._free.append(link)

    def _answered(self, link: Link, response: Response, now: float) -> None:
        delivery = link.delivery
        if delivery is None:
            raise BadResponse(f"expected nothing, got an answer with status {response.status}")
        link.delivery = None
        if response.reusable:
            self._free.append(link)
        else:
            self._drop(link)
        work, status = self._work, response.status
        if 200 <= status < 300:
            self._pace.accepted(now)
            work.accepted(delivery)
        elif status == 410:
            self._pace.accepted(now)
            work.gone(delivery)
        elif status == 429:
            self._pace.throttled(now, link.sent_at)
            work.throttle(delivery, now)
        elif status >= 500 or status in (403, 408):
            self._refused(status, response.body)
            work.failed(delivery, now)
        else:
            work.errors += 1
            if status == 413:
                size = len(self._frames[delivery.frame])
                self._say((413, delivery.frame), "a frame of %d bytes is too big for API Gateway (413)", size)
            else:
                self._say(status, "API Gateway refuses a post with %d: %r", status, response.body[:200])
            work.unreached(delivery)

    def _refused(self, status: int, body: bytes) -> None:
        if status == 403 and 403 not in self._said:
            self._signer.forget()
            self._signed = self._signer.sign(self._frames)
        self._say(status, "API Gateway answers a post with %d: %r; trying again", status, body[:200])

    def _broken(self, link: Link, error: Exception, now: float) -> None:
        delivery, kept_alive = link.delivery, link.served > 0 or link.idle_since > 0
        self._drop(link)
        if delivery is None:
            return  # an idle link that the peer closed
        if kept_alive and not link.heard and isinstance(error, OSError):
            if not link.served:
                self._pool.clear()
            self._work.repeat(delivery, now)
        else:
            self._say(type(error), "a post failed: %s; trying again", error)
            self._work.failed(delivery, now)

    def _not_connected(self, error: OSError, now: float) -> None:
        self._connect_failures += 1
        self._connect_after = now + TICK_SECONDS * 2**self._connect_failures
        self._pool.failed()
        self._say(type(error), "connecting to API Gateway failed: %s; trying again", error)

    def _hopeless(self) -> bool:
        if self._connect_failures < CONNECT_FAILURES or any(link.open for link in self._links):
            return False
        logger.error(
            "giving up a batch: %d attempts to connect to API Gateway failed", self._connect_failures
        )
        return True

    def _expire(self, now: float) -> None:
        for link in [link for link in self._links if now >= link.expires]:
            if not link.open:
                self._drop(link)
                self._not_connected(TimeoutError(f"no link after {CONNECT_SECONDS} s"), now)
            elif link.delivery is not None:
                self._drop(link)
                self._say(
                    TimeoutError, "a post had no answer after %.1f s; trying again", self._request_timeout
                )
                self._work.failed(link.delivery, now, TIMEOUT_COST)

    def _drop(self, link: Link) -> None:
        if link in self._links:
            self._links.discard(link)
            self._selector.unregister(link.sock)
            if link in self._free:
                self._free.remove(link)
        link.close()

    def _finish(self) -> None:
        self._selector.close()
        for link in self._links:
            if link.open and link.delivery is None:
                self._pool.give(link)
            else:
                link.close()

    def _say(self, what: object, message: str, *values: object) -> None:
        """Log once for each kind and batch: a thousand connections often have the same trouble."""
        if what not in self._said:
            self._said.add(what)
            logger.error(message, *values)
