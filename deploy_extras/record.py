"""Chalice's record of what it deployed, in the model bucket, so that every machine updates the same APIs."""

import getpass
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras.cloud import Cloud, error_code, stored
from deploy_extras.errors import DeployError

Resource = dict[str, Any]
_RECORD = "deployment/chalice.json"
_LOCK = "deployment/lock"


class Record:
    """The record of one stage."""

    def __init__(self, cloud: Cloud, bucket: str) -> None:
        self._s3 = cloud.client("s3")
        self._bucket = bucket

    def load(self) -> list[Resource]:
        """Return what Chalice has deployed; nothing before the first deployment."""
        body = stored(self._s3, self._bucket, _RECORD)
        if body is None:
            return []
        resources: list[Resource] = json.loads(body)["resources"]
        return resources

    def save(self, resources: list[Resource]) -> None:
        """Store what Chalice has deployed."""
        content = {"schema_version": "2.0", "backend": "api", "resources": resources}
        self._s3.put_object(
            Bucket=self._bucket,
            Key=_RECORD,
            Body=json.dumps(content, indent=2).encode(),
            ContentType="application/json",
        )

    def forget(self) -> None:
        """Delete the record: nothing is deployed any more."""
        try:
            self._s3.delete_object(Bucket=self._bucket, Key=_RECORD)
        except ClientError as error:
            if error_code(error) != "NoSuchBucket":
                raise

    @contextmanager
    def locked(self, owner: str = "", *, force: bool = False) -> Iterator[None]:
        """Hold the lock, so that no other machine deploys the application at the same time.

        ``owner`` is what others are told of the holder: this user and machine, unless it is given.

        Raises
        ------
        DeployError
            Another machine holds the lock; the message says who, since when, and how to break it.
        """
        owner = owner or f"{getpass.getuser()}@{socket.gethostname()}"
        if force:
            self._s3.delete_object(Bucket=self._bucket, Key=_LOCK)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._s3.put_object(
                Bucket=self._bucket, Key=_LOCK, Body=f"{owner} since {since}".encode(), IfNoneMatch="*"
            )
        except ClientError as error:
            if error_code(error) not in ("PreconditionFailed", "ConditionalRequestConflict"):
                raise
            holder = self._s3.get_object(Bucket=self._bucket, Key=_LOCK)["Body"].read().decode()
            raise DeployError(
                f"Another deployment of this stage is running: {holder}. If it was killed, set UNLOCK=yes."
            ) from error
        try:
            yield
        finally:
            self._s3.delete_object(Bucket=self._bucket, Key=_LOCK)


def find(resources: list[Resource], name: str) -> Resource | None:
    """Return one resource of a record by Chalice's name for it."""
    return next((r for r in resources if r["name"] == name), None)
