"""What each response of API Gateway means for a delivery."""

from collections.abc import Callable, Sequence

from chalicelib.adapters.poster.batch_log import BatchLog
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.response import Response
from chalicelib.adapters.poster.work import Delivery, Worklist

MAX_QUOTED_BYTES = 200


class Verdict:
    """Settle deliveries, or send them back to the worklist.

    ``sign_again`` is called once in a batch when a signature was refused: credentials may have been
    replaced, or the clock set, since the batch began.
    """

    def __init__(
        self,
        work: Worklist,
        pace: Pace,
        frames: Sequence[bytes],
        *,
        log: BatchLog,
        sign_again: Callable[[], None],
    ) -> None:
        self._work = work
        self._pace = pace
        self._frames = frames
        self._log = log
        self._sign_again = sign_again
        self._signed_again = False

    def on(self, delivery: Delivery, response: Response, sent_at: float, now: float) -> None:
        """Act on the response to a request that was sent at ``sent_at`` (``time.monotonic()``)."""
        status = response.status
        if 200 <= status < 300:
            self._pace.accepted(now)
            self._work.accepted(delivery, now)
        elif status == 410:
            self._pace.accepted(now)
            self._work.gone(delivery, now)
        elif status == 429:
            self._log.warning(status, "a post was throttled by API Gateway (429); slowing down and retrying")
            self._pace.throttled(now, sent_at)
            self._work.throttle(delivery, now)
        elif status >= 500 or status in (403, 408):
            self._log.error(
                status, "a post was answered with %d: %r", status, response.body[:MAX_QUOTED_BYTES]
            )
            if status == 403 and not self._signed_again:
                self._signed_again = True
                self._sign_again()
            self._work.failed(delivery, now)
        else:
            self._explain(delivery, response)
            self._work.refused(delivery)

    def _explain(self, delivery: Delivery, response: Response) -> None:
        if response.status == 413:
            size = len(self._frames[delivery.frame])
            self._log.error(
                (413, delivery.frame), "a frame of %d bytes is too big for API Gateway (413)", size
            )
        else:
            self._log.error(
                response.status,
                "a post was refused for good with %d: %r",
                response.status,
                response.body[:MAX_QUOTED_BYTES],
            )
