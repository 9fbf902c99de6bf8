"""What each answer of API Gateway means for a delivery."""

from collections.abc import Callable, Sequence

from chalicelib.adapters.poster.once import Once
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.response import Response
from chalicelib.adapters.poster.work import Delivery, Worklist

LONGEST_QUOTE = 200


class Verdict:
    """Settles deliveries, or sends them back to the worklist.

    ``sign_anew`` is called once in a batch when a signature was refused: credentials may have been
    replaced, or the clock set, since the batch began.
    """

    def __init__(
        self,
        work: Worklist,
        pace: Pace,
        frames: Sequence[bytes],
        *,
        once: Once,
        sign_anew: Callable[[], None],
    ) -> None:
        self._work = work
        self._pace = pace
        self._frames = frames
        self._once = once
        self._sign_anew = sign_anew
        self._signed_anew = False

    def on(self, delivery: Delivery, response: Response, sent_at: float, now: float) -> None:
        """Act on an answer to a request that left at ``sent_at``."""
        status = response.status
        if 200 <= status < 300:
            self._pace.accepted(now)
            self._work.accepted(delivery, now)
        elif status == 410:
            self._pace.accepted(now)
            self._work.gone(delivery, now)
        elif status == 429:
            self._pace.throttled(now, sent_at)
            self._work.throttle(delivery, now)
        elif status >= 500 or status in (403, 408):
            self._once.error(status, "a post was answered with %d: %r", status, response.body[:LONGEST_QUOTE])
            if status == 403 and not self._signed_anew:
                self._signed_anew = True
                self._sign_anew()
            self._work.failed(delivery, now)
        else:
            self._explain(delivery, response)
            self._work.refused(delivery)

    def _explain(self, delivery: Delivery, response: Response) -> None:
        if response.status == 413:
            size = len(self._frames[delivery.frame])
            self._once.error(
                (413, delivery.frame), "a frame of %d bytes is too big for API Gateway (413)", size
            )
        else:
            self._once.error(
                response.status,
                "a post was refused for good with %d: %r",
                response.status,
                response.body[:LONGEST_QUOTE],
            )
