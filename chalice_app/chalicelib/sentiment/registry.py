"""The application's classifier: the embedded default model, then whichever the bucket's pointer names.

Importing this module is cheap; NumPy and the model are loaded with the first text.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain.sentiment import Sentiment
from ..metrics import Metric, Metrics
from .bucket import ModelBucket, S3Client
from .manifest import MANIFEST_FILE, MODEL_FILE, REPORT_FILE, Manifest, ModelError, Pointer
from .promoted import Promoted

if TYPE_CHECKING:
    from .compiled import CompiledModel

EMBEDDED = Path(__file__).parent / "default"
POINTER_INTERVAL_SECONDS = 25.0
"""Between two requests for the pointer: a new model takes over within a minute."""

_log = logging.getLogger(__name__)


class ModelRegistry:
    """The `Classifier` of the application: holds a model, and replaces it when the bucket has another.

    Parameters
    ----------
    bucket
        Name of the model bucket; None if only the embedded model is wanted.
    client_factory
        Returns an S3 client with short timeouts: a model can wait, a function's time is paid for. Called
        once, and not before the first look at the bucket.
    metrics
        Counts each failure and each new model.
    embedded
        Folder of the default model.
    clock
        Monotonic seconds.
    """

    def __init__(
        self,
        bucket: str | None,
        client_factory: Callable[[], S3Client],
        *,
        metrics: Metrics,
        embedded: Path = EMBEDDED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bucket_name = bucket
        self._client_factory = client_factory
        self._metrics = metrics
        self._embedded = embedded
        self._clock = clock
        self._bucket: ModelBucket | None = None
        self._live: tuple[Manifest, CompiledModel] | None = None
        self._embedded_failed = False
        self._downloaded = False
        self._etag: str | None = None
        self._looked_at: float | None = None
        models = self._models if bucket else None
        self._promoted = Promoted(models, self._report, clock, POINTER_INTERVAL_SECONDS)

    def classify(self, text: str) -> Sentiment | None:
        """Return the sentiment of a text, or None while no model can be loaded. Never raises."""
        try:
            live = self._live or self._load_embedded()
            return live[1].classify(text) if live else None
        except Exception as error:  # noqa: BLE001 - chat goes on whatever a model does
            self._report("classify", error)
            return None

    def refresh(self) -> None:
        """Load another model if the bucket's pointer names one. Never raises.

        Asks at most once in `POINTER_INTERVAL_SECONDS`; any failure is logged and counted, and the model in
        use stays. Call it after a message has been delivered, not before. If no model is loaded yet, it
        loads one, so that the first text need not wait for it.
        """
        try:
            self._look()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the bucket, the model in use stays
            self._report("refresh", error)
        try:
            if self._live is None:
                self._load_embedded()
        except Exception as error:  # noqa: BLE001 - chat goes on without a model
            self._etag = None  # the bucket may have the same model whole
            self._report("load", error)

    def describe(self) -> dict[str, Any]:
        """Return what the live model's manifest says, for people; empty while there is no model.

        Keys: ``version``, ``trainedAt``, ``source`` (``embedded`` or ``bucket``), ``data``, ``classBalance``,
        ``metrics``, ``report`` (whether there is one). Loads neither numpy nor the model.
        """
        try:
            promoted = self._promoted.manifest() or (self._live and self._live[0])
            manifest = promoted or self._embedded_manifest()
            embedded = promoted is None or promoted.version == self._embedded_version()
        except (OSError, ModelError) as error:
            self._report("describe", error)
            return {}
        names = ("version", "trainedAt", "data", "classBalance", "metrics")
        return {
            "source": "embedded" if embedded and not self._downloaded else "bucket",
            **{name: manifest.content.get(name) for name in names},
            "report": REPORT_FILE in manifest.content["files"],
        }

    def report(self) -> bytes | None:
        """Return the report of the live model as HTML, or None if it has none or it cannot be read."""
        return self._promoted.file(REPORT_FILE)

    def _look(self) -> None:
        now = self._clock()
        if self._bucket_name is None or (
            self._looked_at is not None and now - self._looked_at < POINTER_INTERVAL_SECONDS
        ):
            return
        self._looked_at = now
        bucket = self._models()
        named = bucket.pointer(self._etag)
        if named is not None:
            self._take(bucket, *named)

    def _models(self) -> ModelBucket:
        if self._bucket is None:
            self._bucket = ModelBucket(self._bucket_name or "", self._client_factory())
        return self._bucket

    def _take(self, bucket: ModelBucket, pointer: Pointer, etag: str) -> None:
        from .compiled import CompiledModel  # noqa: PLC0415 - loads numpy

        current = self._live[0].version if self._live else self._embedded_version()
        if pointer.version != current:
            try:
                manifest, data = bucket.model(pointer)
                self._live = manifest, CompiledModel.from_bytes(data, manifest)
                self._downloaded = True
            except ModelError:
                self._etag = etag  # a damaged model stays damaged: wait for another pointer
                raise
            _log.info("model replaced", extra={"model": pointer.version, "previous": current})
            self._metrics.count(Metric.MODELS_REPLACED)
        self._etag = etag

    def _load_embedded(self) -> "tuple[Manifest, CompiledModel] | None":
        if self._embedded_failed:
            return None
        try:
            from .compiled import CompiledModel  # noqa: PLC0415 - loads numpy

            manifest = self._embedded_manifest()
            data = (self._embedded / MODEL_FILE).read_bytes()
            self._live = manifest, CompiledModel.from_bytes(data, manifest)
        except Exception:
            self._embedded_failed = True  # the package does not change while the process lives
            raise
        return self._live

    def _embedded_version(self) -> str | None:
        if self._embedded_failed:
            return None
        try:
            return self._embedded_manifest().version
        except (OSError, ModelError) as error:
            self._report("describe", error)
            return None

    def _embedded_manifest(self) -> Manifest:
        return Manifest.from_json((self._embedded / MANIFEST_FILE).read_bytes())

    def _report(self, step: str, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        _log.warning("model unavailable", extra={"step": step, "reason": reason}, exc_info=error)
        self._metrics.count(Metric.MODEL_FAULTS, step=step)
