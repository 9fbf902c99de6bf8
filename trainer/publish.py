"""Puts a model into the bucket: files first, the pointer last and only if nobody moved it meanwhile."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.sentiment.manifest import MANIFEST_FILE, POINTER_KEY, Pointer, key, sha256

from .artifact import Artifact
from .errors import TrainerError

_TYPES = {
    ".json": "application/json",
    ".npz": "application/octet-stream",
    ".joblib": "application/octet-stream",
}


def publish(client: Any, bucket: str, artifact: Artifact) -> Pointer:
    """Upload a model and make it the live one.

    A reader sees the old model until the pointer's one conditional write succeeds; a crash before it leaves
    only files that nothing points to.

    Raises
    ------
    TrainerError
        When the bucket cannot be used, or another trainer moved the pointer in the meantime.
    """
    version = artifact.manifest.version
    manifest = artifact.manifest.to_json()
    pointer = Pointer(version, key(version, MANIFEST_FILE), sha256(manifest))
    try:
        condition = _condition(client, bucket)
        for name, data in (*artifact.files.items(), (MANIFEST_FILE, manifest)):
            _put(client, bucket, key(version, name), data)
        _put(client, bucket, POINTER_KEY, pointer.to_json(), **condition)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict"):
            raise TrainerError(
                f"another trainer moved the pointer of {bucket} meanwhile; {version} is stored but not live"
            ) from error
        raise TrainerError(f"cannot publish to the bucket {bucket}: {error}") from error
    except BotoCoreError as error:
        raise TrainerError(f"cannot reach the bucket {bucket}: {error}") from error
    return pointer


def _condition(client: Any, bucket: str) -> dict[str, str]:
    """What the pointer must still be when it is written: what it is now."""
    try:
        return {"IfMatch": client.head_object(Bucket=bucket, Key=POINTER_KEY)["ETag"]}
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return {"IfNoneMatch": "*"}
        raise


def _put(client: Any, bucket: str, name: str, data: bytes, **condition: str) -> None:
    kind = _TYPES["." + name.rpartition(".")[2]]
    client.put_object(Bucket=bucket, Key=name, Body=data, ContentType=kind, **condition)
