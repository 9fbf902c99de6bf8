"""The model bucket as the trainer sees it: files of models, the pointer, and the one write that moves it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.sentiment.bucket import ModelBucket
from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.manifest import (
    MANIFEST_FILE,
    POINTER_KEY,
    Manifest,
    ModelError,
    Pointer,
    key,
    sha256,
)

from .artifact import Artifact
from .errors import TrainerError

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".npz": "application/octet-stream",
    ".joblib": "application/octet-stream",
}
_CONFLICTS = ("PreconditionFailed", "ConditionalRequestConflict")
P = ParamSpec("P")
T = TypeVar("T")


class PromotionConflict(TrainerError):
    """Write conflict: another trainer wrote the object since it was read."""


@dataclass(frozen=True, slots=True)
class Live:
    """The pointer as it was read.

    ``etag`` is None if there is no such object; ``damage`` says what is wrong with a damaged one.
    """

    pointer: Pointer | None
    etag: str | None
    damage: str | None = None


def _naming_the_bucket(work: Callable[P, T]) -> Callable[P, T]:
    """Turn errors of the client into sentences that name the bucket."""

    @wraps(work)
    def naming(*arguments: P.args, **named: P.kwargs) -> T:
        bucket = getattr(arguments[0], "bucket", "")
        try:
            return work(*arguments, **named)
        except ClientError as error:
            if error.response["Error"]["Code"] in _CONFLICTS:
                raise PromotionConflict(f"another trainer wrote to the bucket {bucket} meanwhile") from error
            raise TrainerError(f"cannot use the bucket {bucket}: {error}") from error
        except BotoCoreError as error:
            raise TrainerError(f"cannot reach the bucket {bucket}: {error}") from error

    return naming


class ModelStore:
    """Models in a bucket.

    Readers see the old model until the conditional write of the pointer succeeds. Nothing points to what is
    written before, so a crash at any moment leaves a working model.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self.bucket = bucket
        self._client = client
        self._models = ModelBucket(bucket, client)

    @_naming_the_bucket
    def live(self) -> Live:
        """Return the pointer, and what to name in the condition of the write that replaces it."""
        found = self.read(POINTER_KEY)
        if found is None:
            return Live(None, None)
        data, etag = found
        try:
            return Live(Pointer.from_json(data), etag)
        except ModelError as error:
            # A damaged pointer can be replaced like any other.
            return Live(None, etag, str(error))

    @_naming_the_bucket
    def upload(self, artifact: Artifact) -> Pointer:
        """Put the files of a model, the manifest last; return a pointer that would make it live."""
        version = artifact.manifest.version
        manifest = artifact.manifest.to_json()
        for name, data in (*artifact.files.items(), (MANIFEST_FILE, manifest)):
            self._put(key(version, name), data)
        return Pointer(version, key(version, MANIFEST_FILE), sha256(manifest))

    @_naming_the_bucket
    def point(self, pointer: Pointer, live: Live) -> None:
        """Make a model live, unless the pointer is no longer what it was.

        Raises
        ------
        PromotionConflict
            Another trainer moved the pointer meanwhile; nothing was changed.
        """
        try:
            self._put(POINTER_KEY, pointer.to_json(), **condition(live.etag))
        except ClientError as error:
            if error.response["Error"]["Code"] not in _CONFLICTS:
                raise
            raise PromotionConflict(
                f"another trainer moved the pointer of {self.bucket} meanwhile; "
                f"{pointer.version} is stored but not live"
            ) from error

    @_naming_the_bucket
    def pointer_to(self, version: str) -> Pointer:
        """Return a pointer to a stored model; raises `TrainerError` if there is none."""
        try:
            data = self._get(key(version, MANIFEST_FILE))
        except ClientError as error:
            if _missing(error):
                known = ", ".join(self.versions()) or "none"
                raise TrainerError(f"{self.bucket} has no model {version!r}; it has: {known}") from error
            raise
        return Pointer(version, key(version, MANIFEST_FILE), sha256(data))

    @_naming_the_bucket
    def load(self, pointer: Pointer) -> tuple[Manifest, CompiledModel]:
        """Load a model as a function would; raises `TrainerError` if it would fail there."""
        try:
            manifest, data = self._models.model(pointer)
            return manifest, CompiledModel.from_bytes(data, manifest)
        except ModelError as error:
            raise TrainerError(f"model {pointer.version} cannot be used: {error}") from error
        except ClientError as error:
            if _missing(error):
                raise TrainerError(f"model {pointer.version} is not whole: {error}") from error
            raise

    @_naming_the_bucket
    def manifest(self, version: str) -> Manifest:
        """Return the manifest of a stored model; raises `ModelError` if it is damaged."""
        return Manifest.from_json(self._get(key(version, MANIFEST_FILE)))

    @_naming_the_bucket
    def versions(self) -> list[str]:
        """Return every version that has a manifest, the oldest first."""
        return sorted(self._versions())

    @_naming_the_bucket
    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return any object and its ETag, or None if there is none."""
        try:
            answer = self._client.get_object(Bucket=self.bucket, Key=name)
        except ClientError as error:
            if _missing(error):
                return None
            raise
        return answer["Body"].read(), str(answer["ETag"])

    @_naming_the_bucket
    def replace(self, name: str, data: bytes, etag: str | None) -> None:
        """Write an object; raises `PromotionConflict` if it is no longer what was read (None: absent)."""
        self._put(name, data, **condition(etag))

    def _versions(self) -> Iterator[str]:
        end = f"/{MANIFEST_FILE}"
        for page in self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix="models/"
        ):
            for entry in page.get("Contents", []):
                if entry["Key"].endswith(end):
                    yield entry["Key"].removeprefix("models/").removesuffix(end)

    def _get(self, name: str) -> bytes:
        data: bytes = self._client.get_object(Bucket=self.bucket, Key=name)["Body"].read()
        return data

    def _put(self, name: str, data: bytes, **conditions: str) -> None:
        kind = _TYPES["." + name.rpartition(".")[2]]
        self._client.put_object(Bucket=self.bucket, Key=name, Body=data, ContentType=kind, **conditions)


def condition(etag: str | None) -> dict[str, str]:
    """Return the condition of a write: the object is still the one that was read, or still absent."""
    return {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}


def _missing(error: ClientError) -> bool:
    return bool(error.response["ResponseMetadata"]["HTTPStatusCode"] == 404)
