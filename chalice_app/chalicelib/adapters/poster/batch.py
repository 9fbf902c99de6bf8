"""The loop that drives one batch over many HTTP connections at once."""

import logging
import math
import selectors
import time
from collections.abc import Sequence

from chalicelib.adapters.poster.connection_pool import HttpConnectionPool
from chalicelib.adapters.poster.connection_set import ConnectionSet
from chalicelib.adapters.poster.error_log import ErrorLog
from chalicelib.adapters.poster.http_connection import HttpConnection
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.parallelism import http_connections_worth_opening
from chalicelib.adapters.poster.report import PostReport, Progress
from chalicelib.adapters.poster.response import BadResponse
from chalicelib.adapters.poster.signing import Signer
from chalicelib.adapters.poster.verdict import Verdict
from chalicelib.adapters.poster.work import TIMEOUT_FAILURES, Worklist

PROGRESS_SECONDS = 0.5
TICK_SECONDS = 0.05
"""How often late requests are looked for."""

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
        pool: HttpConnectionPool,
        pace: Pace,
        max_http_connections: int,
        request_timeout_seconds: float,
    ) -> None:
        self._work = work
        self._frames = frames
        self._deadline = deadline
        self._signer = signer
        self._signed = signer.sign(frames)
        self._pace = pace
        self._request_timeout_seconds = request_timeout_seconds
        self._errors = ErrorLog(logger)
        self._verdict = Verdict(work, pace, frames, errors=self._errors, sign_anew=self._sign_anew)
        seconds_left = deadline - time.monotonic()
        may_open = http_connections_worth_opening(work.size, secure=pool.secure, seconds_left=seconds_left)
        self._connections = ConnectionSet(
            pool, most=max_http_connections, may_open=may_open, errors=self._errors
        )

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
                happened = self._connections.wait(self._wait_seconds(now))
                now = time.monotonic()
                for http, mask in happened:
                    self._serve(http, mask, now)
            return self._work.report(self._connections.under_way, now)
        finally:
            self._connections.disband()

    def _wait_seconds(self, now: float) -> float:
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
            http = self._connections.take()
            if http is None:
                self._connections.open(int(min(allowance, len(ready))), now)
                return
            allowance -= 1
            self._start(http, now)

    def _start(self, http: HttpConnection, now: float) -> None:
        delivery = self._work.ready.popleft()
        http.delivery = delivery
        http.sent_at = now
        http.expires = now + self._request_timeout_seconds * delivery.timeout_share
        self._pace.spend()
        self._work.requests += 1
        try:
            http.send(self._signed[delivery.frame].request(delivery.path))
        except OSError as error:
            self._broken(http, error, now)
            return
        if http.wants != selectors.EVENT_READ:
            self._connections.watch(http)

    def _serve(self, http: HttpConnection, mask: int, now: float) -> None:
        if not http.open:
            self._connections.advance(http, now)
            return
        try:
            if mask & selectors.EVENT_WRITE:
                http.flush()
                self._connections.watch(http)
            if mask & selectors.EVENT_READ:
                self._hear(http, now)
        except (OSError, BadResponse) as error:
            self._broken(http, error, now)

    def _hear(self, http: HttpConnection, now: float) -> None:
        response = http.receive()
        if response is None:
            return
        delivery, http.delivery = http.delivery, None
        if delivery is None:
            raise BadResponse(f"expected nothing, got an answer with status {response.status}")
        if response.reusable:
            self._connections.give(http)
        else:
            self._connections.drop(http)
        self._verdict.on(delivery, response, http.sent_at, now)

    def _broken(self, http: HttpConnection, error: Exception, now: float) -> None:
        self._connections.drop(http)
        if http.delivery is None:
            return  # a free HTTP connection that the peer closed
        if http.kept_alive and not http.heard and isinstance(error, OSError):
            if not http.served:
                self._connections.distrust()
            self._work.repeat(http.delivery, now)
        else:
            self._errors.error(type(error), "a post failed: %s; trying again", error)
            self._work.failed(http.delivery, now)

    def _give_up_on_late(self, now: float) -> None:
        for http in self._connections.late(now):
            if http.delivery is not None:
                self._errors.error("late", "a post had no answer within %.2f s", http.expires - http.sent_at)
                self._work.failed(http.delivery, now, TIMEOUT_FAILURES)

    def _stranded(self) -> bool:
        if self._connections.stranded:
            logger.error("giving up a batch of %d: API Gateway cannot be connected to", self._work.size)
        return self._connections.stranded

    def _sign_anew(self) -> None:
        self._signer.forget()
        self._signed = self._signer.sign(self._frames)
