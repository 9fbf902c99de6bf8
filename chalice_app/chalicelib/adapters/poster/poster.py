"""The poster: what the engine calls."""

import time
from collections.abc import Sequence

from chalicelib.adapters.poster.batch import Batch
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.pool import LinkPool
from chalicelib.adapters.poster.quarantine import Quarantine
from chalicelib.adapters.poster.report import PostReport, Progress
from chalicelib.adapters.poster.signing import CredentialSource, Signer
from chalicelib.adapters.poster.work import Worklist

MAX_LINKS = 256
"""A Lambda function has 1,024 file descriptors for everything."""
REQUEST_SECONDS = 1.0
"""The patience with one request; API Gateway answers within some ten milliseconds."""


class Poster:
    """Posts frames to connections over kept-alive, signed-once HTTP/1.1.

    Keep one for the life of the process: its links, its signature and the pace it learned carry over
    from batch to batch. Nothing runs between calls, so the process may be frozen there.

    Parameters
    ----------
    endpoint
        ``https://{api}.execute-api.{region}.amazonaws.com/{stage}``, or an ``http://`` one locally.
    credentials
        botocore's credentials (``session.get_credentials()``); they are asked anew for every batch.
    region
        The region for which requests are signed.
    max_links
        The most requests under way at once.
    request_timeout
        Seconds after which a request without an answer counts as failed.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        credentials: CredentialSource,
        region: str,
        max_links: int = MAX_LINKS,
        request_timeout: float = REQUEST_SECONDS,
    ) -> None:
        self._signer = Signer(endpoint, credentials, region)
        self._pool = LinkPool(endpoint)
        self._pace = Pace()
        self._quarantine = Quarantine()
        self._max_links = max_links
        self._request_timeout = request_timeout

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Progress | None = None,
    ) -> PostReport:
        """Post every frame to every connection.

        The frames of one connection go out strictly in order, the next only after the one before was
        accepted; a frame may arrive twice. It ends when all is settled, when ``deadline``
        (``time.monotonic()``) has passed, when ``on_progress``, called about every half second, answers
        False, or when only stragglers are left that would hold up the others. Delivery problems are
        reported and logged, never raised.
        """
        if not frames:
            return PostReport(0, frozenset(), frozenset(), 0, 0, 0)
        now = time.monotonic()
        work = Worklist(connection_ids, len(frames), self._quarantine, now)
        if not work.open or now >= deadline:
            return work.report((), now)
        batch = Batch(
            work,
            frames,
            deadline,
            signer=self._signer,
            pool=self._pool,
            pace=self._pace,
            max_links=self._max_links,
            request_timeout=self._request_timeout,
        )
        return batch.run(on_progress)

    def close(self) -> None:
        """Close the idle links."""
        self._pool.clear()
