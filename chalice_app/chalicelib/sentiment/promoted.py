"""The manifest and the report of the live model, without the model itself."""

from collections.abc import Callable

from .bucket import ModelBucket
from .manifest import Manifest


class Promoted:
    """Follows the pointer for functions that describe the model but do not classify.

    Parameters
    ----------
    bucket
        Returns the model bucket; None if there is none.
    report_failure
        Called with a step and an exception. After a failure the last known manifest stays.
    clock
        Monotonic seconds.
    interval_seconds
        Shortest time between two requests for the pointer.
    """

    def __init__(
        self,
        bucket: Callable[[], ModelBucket] | None,
        report_failure: Callable[[str, Exception], None],
        clock: Callable[[], float],
        interval_seconds: float,
    ) -> None:
        self._bucket = bucket
        self._report_failure = report_failure
        self._clock = clock
        self._interval_seconds = interval_seconds
        self._manifest: Manifest | None = None
        self._etag: str | None = None
        self._looked_at: float | None = None

    def manifest(self) -> Manifest | None:
        """Return the manifest that the pointer names, or the last one that could be read. Never raises."""
        now = self._clock()
        recent = self._looked_at is not None and now - self._looked_at < self._interval_seconds
        if self._bucket is None or recent:
            return self._manifest
        self._looked_at = now
        try:
            bucket = self._bucket()
            named = bucket.pointer(self._etag)
            if named is not None:
                pointer, etag = named
                self._manifest = bucket.manifest(pointer)
                self._etag = etag
        except Exception as error:  # noqa: BLE001 - what was known stays
            self._report_failure("describe", error)
        return self._manifest

    def file(self, name: str) -> bytes | None:
        """Return a file that the manifest names; None if there is none or it is damaged. Never raises."""
        manifest = self.manifest()
        if self._bucket is None or manifest is None or name not in manifest.content["files"]:
            return None
        try:
            return self._bucket().file(manifest, name)
        except Exception as error:  # noqa: BLE001 - a report is worth less than an answer
            self._report_failure("report", error)
            return None
