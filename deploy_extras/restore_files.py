"""Brings files back that were deleted since some time, as long as their bucket keeps them.

The bucket has versions: what is deleted stays behind a mark for some days. A file is never written anew under
its key, so it is as it was once the marks are gone that were set since.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from deploy_extras import names
from deploy_extras.cloud import Cloud
from deploy_extras.console import step

PREFIX = "files/"
_AT_ONCE = 1000  # what S3 deletes in one request


def restore_files(cloud: Cloud, stage: str, at: datetime) -> int:
    """Bring back every file that there was at a time and that was deleted since; return how many these are.

    Files that came later stay: no message of that time has them. Repeating it does no harm.
    """
    bucket = names.files_bucket(stage, cloud.account)
    step(f"files in {bucket} as of {at:%Y-%m-%d %H:%M:%S} UTC")
    client = cloud.client("s3")
    versions: dict[str, list[datetime]] = defaultdict(list)
    marks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=PREFIX):
        for one in page.get("Versions", ()):
            versions[one["Key"]].append(one["LastModified"])
        for one in page.get("DeleteMarkers", ()):
            marks[one["Key"]].append(one)
    gone = {key: found for key, found in marks.items() if _was_there(versions[key], found, at)}
    wanted = [
        {"Key": key, "VersionId": one["VersionId"]}
        for key, found in gone.items()
        for one in found
        if one["LastModified"] > at
    ]
    for start in range(0, len(wanted), _AT_ONCE):
        objects = wanted[start : start + _AT_ONCE]
        client.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
    return len(gone)


def _was_there(versions: list[datetime], marks: list[dict[str, Any]], at: datetime) -> bool:
    """Return whether there was a file at a time that is deleted now."""
    written = max((one for one in versions if one <= at), default=None)
    deleted = [one["LastModified"] for one in marks]
    since = any(one > at for one in deleted) and any(one["IsLatest"] for one in marks)
    return since and written is not None and not any(written < one <= at for one in deleted)
