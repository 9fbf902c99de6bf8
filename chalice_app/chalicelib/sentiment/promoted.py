"""What the bucket says of the live model: its manifest and its report, without the model itself."""

from collections.abc import Callable

from .bucket import ModelBucket
from .manifest import Manifest


class Promoted:
    """Follows the pointer for those who describe the model and never use it.

    Parameters
    ----------
    bucket
        Returns the model bucket; None if there is none.
    report_failure
        Called with a step and an exception; whatever is wrong with the bucket, what was known stays.
    clock
        Monotonic seconds.
    interval
        Seconds between two looks at the pointer.
    """

    def __init__(
        self,
        bucket: Callable[[], ModelBucket] | None,
        report_failure: Callable[[str, Exception], None],
        clock: Callable[[], float],
        interval: float,
    ) -> None:
        self._bucket = bucket
        self._report_failure = report_failure
        self._clock = clock
        self._interval = interval
        self._manifest: Manifest | None = None
        self._etag: str | None = None
        self._looked_at: float | None = None

    def manifest(self) -> Manifest | None:
        """Return the manifest that the pointer names, or the last one that could be read. Never raises."""
        now = self._clock()
        if self._bucket is None or (self._looked_at is not None and now - self._looked_at < self._interval):
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
