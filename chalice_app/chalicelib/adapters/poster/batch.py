"""The loop that drives one batch over many HTTP connections at once."""

import logging
import math
import selectors
import time
from collections.abc import Sequence

from chalicelib.adapters.poster.batch_log import BatchLog
from chalicelib.adapters.poster.connection_set import ConnectionSet
from chalicelib.adapters.poster.http_connection import HttpConnection
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.parallelism import connections_worth_opening
from chalicelib.adapters.poster.pool import HttpConnectionPool
from chalicelib.adapters.poster.report import PostReport, Progress
from chalicelib.adapters.poster.response import BadResponse
from chalicelib.adapters.poster.signing import Signer
from chalicelib.adapters.poster.verdict import Verdict
from chalicelib.adapters.poster.work import TIMEOUT_FAILURES, Worklist

PROGRESS_SECONDS = 0.5
TICK_SECONDS = 0.05
"""How often requests that take too long are looked for."""

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
        self._log = BatchLog(logger)
        self._verdict = Verdict(work, pace, frames, log=self._log, sign_again=self._sign_again)
        seconds_left = deadline - time.monotonic()
        may_open = connections_worth_opening(work.size, secure=pool.secure, seconds_left=seconds_left)
        self._connections = ConnectionSet(
            pool, max_connections=max_http_connections, may_open=may_open, log=self._log
        )

    def run(self, on_progress: Progress | None) -> PostReport:
        """Work until everything is settled, the deadline has passed or ``on_progress`` answers False."""
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
                    self._time_out(now)
                    if self._work.stalled(now) or self._unreachable():
                        break
                    tick_at = now + TICK_SECONDS
                self._work.wake(now)
                self._dispatch(now)
                happened = self._connections.wait(self._seconds_to_wait(now))
                now = time.monotonic()
                for connection, mask in happened:
                    self._serve(connection, mask, now)
            return self._work.report(self._connections.in_flight, now)
        finally:
            self._connections.release()

    def _seconds_to_wait(self, now: float) -> float:
        until = min(now + TICK_SECONDS, self._deadline)
        if self._work.next_due is not None:
            until = min(until, self._work.next_due)
        if self._work.ready and self._pace.rate < math.inf:
            until = min(until, now + self._pace.delay_seconds())
        return max(0.0, until - now)

    def _dispatch(self, now: float) -> None:
        ready = self._work.ready
        allowance = min(self._pace.allowance(now), len(ready))
        while allowance >= 1 and ready:
            connection = self._connections.take()
            if connection is None:
                self._connections.open(int(min(allowance, len(ready))), now)
                return
            allowance -= 1
            self._start(connection, now)

    def _start(self, connection: HttpConnection, now: float) -> None:
        delivery = self._work.ready.popleft()
        connection.delivery = delivery
        connection.sent_at = now
        connection.expires = now + self._request_timeout_seconds * delivery.timeout_share
        self._pace.spend()
        self._work.requests += 1
        try:
            connection.send(self._signed[delivery.frame].request(delivery.path))
        except OSError as error:
            self._failed(connection, error, now)
            return
        if connection.wants != selectors.EVENT_READ:
            self._connections.watch(connection)

    def _serve(self, connection: HttpConnection, mask: int, now: float) -> None:
        if not connection.open:
            self._connections.advance(connection, now)
            return
        try:
            if mask & selectors.EVENT_WRITE:
                connection.flush()
                self._connections.watch(connection)
            if mask & selectors.EVENT_READ:
                self._receive(connection, now)
        except (OSError, BadResponse) as error:
            self._failed(connection, error, now)

    def _receive(self, connection: HttpConnection, now: float) -> None:
        response = connection.receive()
        if response is None:
            return
        delivery, connection.delivery = connection.delivery, None
        if delivery is None:
            raise BadResponse(f"expected nothing, got an answer with status {response.status}")
        if response.reusable:
            self._connections.give(connection)
        else:
            self._connections.drop(connection)
        self._verdict.on(delivery, response, connection.sent_at, now)

    def _failed(self, connection: HttpConnection, error: Exception, now: float) -> None:
        self._connections.drop(connection)
        if connection.delivery is None:
            return  # the peer closed a connection that had no request
        if connection.kept_alive and not connection.answering and isinstance(error, OSError):
            if not connection.served:
                self._connections.forget_idle()
            self._work.repeat(connection.delivery, now)
        else:
            self._log.error(type(error), "a post failed: %s; retrying", error)
            self._work.failed(connection.delivery, now)

    def _time_out(self, now: float) -> None:
        for connection in self._connections.time_out(now):
            if connection.delivery is not None:
                timeout_seconds = connection.expires - connection.sent_at
                self._log.error("timeout", "a post had no answer within %.2f s", timeout_seconds)
                self._work.failed(connection.delivery, now, TIMEOUT_FAILURES)

    def _unreachable(self) -> bool:
        if self._connections.unreachable:
            logger.error("giving up a batch of %d: API Gateway cannot be connected to", self._work.size)
        return self._connections.unreachable

    def _sign_again(self) -> None:
        self._signer.forget()
        self._signed = self._signer.sign(self._frames)
