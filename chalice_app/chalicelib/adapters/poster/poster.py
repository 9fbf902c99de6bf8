"""The poster: what the delivery engine calls."""

import time
from collections.abc import Sequence

from chalicelib.adapters.poster.batch import Batch
from chalicelib.adapters.poster.pace import Pace
from chalicelib.adapters.poster.pool import HttpConnectionPool
from chalicelib.adapters.poster.quarantine import Quarantine
from chalicelib.adapters.poster.report import PostReport, Progress
from chalicelib.adapters.poster.signing import CredentialSource, Signer
from chalicelib.adapters.poster.work import Worklist

MAX_HTTP_CONNECTIONS = 256
"""A Lambda function has 1,024 file descriptors in total."""
REQUEST_TIMEOUT_SECONDS = 1.0
"""API Gateway answers within some ten milliseconds."""


class Poster:
    """Post frames to clients over kept-alive HTTP/1.1, with one signature template for each frame.

    Keep one for the life of the process: its HTTP connections, its signature and the pace it learned carry
    over from batch to batch. Nothing runs between calls, so Lambda may freeze the process there.

    Parameters
    ----------
    endpoint
        ``https://{api}.execute-api.{region}.amazonaws.com/{stage}``, or an ``http://`` one locally.
    credentials
        botocore's credentials (``session.get_credentials()``), read again for every batch.
    region
        The region for which requests are signed.
    max_http_connections
        How many requests may be in flight at once.
    request_timeout_seconds
        Seconds after which a request without an answer counts as failed.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        credentials: CredentialSource,
        region: str,
        max_http_connections: int = MAX_HTTP_CONNECTIONS,
        request_timeout_seconds: float = REQUEST_TIMEOUT_SECONDS,
    ) -> None:
        self._signer = Signer(endpoint, credentials, region)
        self._pool = HttpConnectionPool(endpoint)
        self._pace = Pace()
        self._quarantine = Quarantine()
        self._max_http_connections = max_http_connections
        self._request_timeout_seconds = request_timeout_seconds

    def post(
        self,
        connection_ids: Sequence[str],
        frames: Sequence[bytes],
        *,
        deadline: float,
        on_progress: Progress | None = None,
    ) -> PostReport:
        """Post every frame to every connection.

        The frames of one connection are sent strictly in order, the next only after the one before was
        accepted; a frame may arrive twice. The call ends when everything is settled, when ``deadline`` has
        passed, when ``on_progress`` answers False, or when only stragglers are left that would hold up the
        others. Delivery problems are reported and logged, never raised.

        Parameters
        ----------
        deadline
            In seconds of ``time.monotonic()``.
        on_progress
            Called about every half second.
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
            max_http_connections=self._max_http_connections,
            request_timeout_seconds=self._request_timeout_seconds,
        )
        return batch.run(on_progress)

    def close(self) -> None:
        """Close the idle HTTP connections."""
        self._pool.clear()
