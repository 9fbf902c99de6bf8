"""Reads models from the model bucket."""

from typing import Any, Protocol

from .manifest import MANIFEST_FILE, MODEL_FILE, POINTER_KEY, Manifest, ModelError, Pointer, key, sha256

_NOT_MODIFIED = 304
_NOT_FOUND = 404


class S3Client(Protocol):
    """The one call of boto3's S3 client that is needed."""

    def get_object(self, **arguments: Any) -> Any:
        """Return an object of a bucket."""


class ModelBucket:
    """The bucket's pointer and models, as objects. Errors of the client pass through unchanged."""

    def __init__(self, bucket: str, client: S3Client) -> None:
        self._bucket = bucket
        self._client = client

    def pointer(self, etag: str | None) -> tuple[Pointer, str] | None:
        """Return the pointer and its ETag, or None if there is none or it still has the given ETag."""
        condition = {"IfNoneMatch": etag} if etag else {}
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=POINTER_KEY, **condition)
        except Exception as error:
            if _status(error) in (_NOT_MODIFIED, _NOT_FOUND):
                return None
            raise
        return Pointer.from_json(answer["Body"].read()), str(answer["ETag"])

    def model(self, pointer: Pointer) -> tuple[Manifest, bytes]:
        """Return manifest and model file of a pointer; the manifest's hash is checked here."""
        manifest = self.manifest(pointer)
        return manifest, self._read(key(manifest.version, MODEL_FILE))

    def file(self, manifest: Manifest, name: str) -> bytes:
        """Return a file of a model after checking it against the manifest."""
        data = self._read(key(manifest.version, name))
        manifest.check(name, data)
        return data

    def manifest(self, pointer: Pointer) -> Manifest:
        """Return the manifest of a pointer, whose hash is checked here; raises `ModelError`."""
        data = self._read(pointer.manifest)
        if sha256(data) != pointer.sha256:
            raise ModelError(
                f"{pointer.manifest}: SHA-256 is {sha256(data)}, the pointer expects {pointer.sha256}"
            )
        manifest = Manifest.from_json(data)
        expected = key(manifest.version, MANIFEST_FILE)
        if manifest.version != pointer.version or pointer.manifest != expected:
            raise ModelError(
                f"{pointer.manifest} describes {manifest.version}, the pointer names {pointer.version}"
            )
        return manifest

    def _read(self, name: str) -> bytes:
        data: bytes = self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
        return data


def _status(error: Exception) -> int | None:
    """The HTTP status of a botocore ClientError, without importing botocore for it."""
    response = getattr(error, "response", None)
    status = (
        response.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(response, dict) else None
    )
    return status if isinstance(status, int) else None
