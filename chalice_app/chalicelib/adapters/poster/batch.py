"""The loop that drives one batch over many links at once."""

import logging
import math
import selectors
import time
from collections.abc import Sequence

from chalicelib.adapters.poster.fleet import Fleet
from chalicelib.adapters.poster.link import Link
from chalicelib.adapters.poster.once import Once
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.parallelism import links_worth_opening
from chalicelib.adapters.poster.pool import LinkPool
from chalicelib.adapters.poster.report import PostReport, Progress
from chalicelib.adapters.poster.response import BadResponse
from chalicelib.adapters.poster.signing import Signer
from chalicelib.adapters.poster.verdict import Verdict
from chalicelib.adapters.poster.work import TIMEOUT_COST, Worklist

PROGRESS_SECONDS = 0.5
TICK_SECONDS = 0.05
"""How often what takes too long is looked for."""

logger = logging.getLogger(__name__)


class Batch:
    """One call of ``Poster.post``; used once."""

    def __init__(
        self,
        work: Worklist,
        frames: Sequence[bytes],
        deadline: float,
        *,
        signer: Signer,
        pool: LinkPool,
        pace: Pace,
        max_links: int,
        request_timeout: float,
    ) -> None:
        self._work = work
        self._frames = frames
        self._deadline = deadline
        self._signer = signer
        self._signed = signer.sign(frames)
        self._pace = pace
        self._request_timeout = request_timeout
        self._once = Once(logger)
        self._verdict = Verdict(work, pace, frames, once=self._once, sign_anew=self._sign_anew)
        seconds_left = deadline - time.monotonic()
        may_open = links_worth_opening(work.size, secure=pool.secure, seconds_left=seconds_left)
        self._fleet = Fleet(pool, most=max_links, may_open=may_open, once=self._once)

    def run(self, on_progress: Progress | None) -> PostReport:
        """Work until everything is settled, the deadline passed or the caller wants no more."""
        now = time.monotonic()
        self._pace.begin(now)
        progress_at, tick_at = now + PROGRESS_SECONDS, now + TICK_SECONDS
        try:
            while self._work.open and now < self._deadline:
                if now >= progress_at:
                    if on_progress is not None and not on_progress():
                        break
                    # A long batch outlives its signatures, and maybe the credentials.
                    self._signed = self._signer.sign(self._frames)
                    now = time.monotonic()
                    progress_at = now + PROGRESS_SECONDS
                if now >= tick_at:
                    self._give_up_on_late(now)
                    if self._work.stalled(now) or self._stranded():
                        break
                    tick_at = now + TICK_SECONDS
                self._work.wake(now)
                self._dispatch(now)
                happened = self._fleet.wait(self._patience(now))
                now = time.monotonic()
                for link, mask in happened:
                    self._serve(link, mask, now)
            return self._work.report(self._fleet.under_way, now)
        finally:
            self._fleet.disband()

    def _patience(self, now: float) -> float:
        until = min(now + TICK_SECONDS, self._deadline)
        if self._work.next_due is not None:
            until = min(until, self._work.next_due)
        if self._work.ready and self._pace.rate < math.inf:
            until = min(until, now + self._pace.delay())
        return max(0.0, until - now)

    def _dispatch(self, now: float) -> None:
        ready = self._work.ready
        allowance = min(self._pace.allowance(now), len(ready))
        while allowance >= 1 and ready:
            link = self._fleet.take()
            if link is None:
                self._fleet.open(int(min(allowance, len(ready))), now)
                return
            allowance -= 1
            self._start(link, now)

    def _start(self, link: Link, now: float) -> None:
        delivery = self._work.ready.popleft()
        link.delivery = delivery
        link.sent_at = now
        link.expires = now + self._request_timeout * delivery.patience
        self._pace.spend()
        self._work.requests += 1
        try:
            link.send(self._signed[delivery.frame].request(delivery.path))
        except OSError as error:
            self._broken(link, error, now)
            return
        if link.wants != selectors.EVENT_READ:
            self._fleet.watch(link)

    def _serve(self, link: Link, mask: int, now: float) -> None:
        if not link.open:
            self._fleet.advance(link, now)
            return
        try:
            if mask & selectors.EVENT_WRITE:
                link.flush()
                self._fleet.watch(link)
            if mask & selectors.EVENT_READ:
                self._hear(link, now)
        except (OSError, BadResponse) as error:
            self._broken(link, error, now)

    def _hear(self, link: Link, now: float) -> None:
        response = link.receive()
        if response is None:
            return
        delivery, link.delivery = link.delivery, None
        if delivery is None:
            raise BadResponse(f"expected nothing, got an answer with status {response.status}")
        if response.reusable:
            self._fleet.give(link)
        else:
            self._fleet.drop(link)
        self._verdict.on(delivery, response, link.sent_at, now)

    def _broken(self, link: Link, error: Exception, now: float) -> None:
        self._fleet.drop(link)
        if link.delivery is None:
            return  # a free link that the peer closed
        if link.kept_alive and not link.heard and isinstance(error, OSError):
            if not link.served:
                self._fleet.distrust()
            self._work.repeat(link.delivery, now)
        else:
            self._once.error(type(error), "a post failed: %s; trying again", error)
            self._work.failed(link.delivery, now)

    def _give_up_on_late(self, now: float) -> None:
        for link in self._fleet.late(now):
            if link.delivery is not None:
                self._once.error("late", "a post had no answer within %.2f s", link.expires - link.sent_at)
                self._work.failed(link.delivery, now, TIMEOUT_COST)

    def _stranded(self) -> bool:
        if self._fleet.stranded:
            logger.error("giving up a batch of %d: API Gateway cannot be connected to", self._work.size)
        return self._fleet.stranded

    def _sign_anew(self) -> None:
        self._signer.forget()
        self._signed = self._signer.sign(self._frames)
