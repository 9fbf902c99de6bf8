"""Files that were deleted come back as of a time, on moto."""

from datetime import UTC, datetime, timedelta

import pytest
from moto.s3.models import s3_backends

from deploy_extras import names
from deploy_extras.cloud import Cloud
from deploy_extras.restore_files import restore_files

ALWAYS = datetime(2100, 1, 1, tzinfo=UTC)


class Bucket:
    """The bucket for files of a stage, with versions, in which each deed is a minute after the one before."""

    def __init__(self, cloud: Cloud) -> None:
        self.name = names.files_bucket("dev", cloud.account)
        self._client = cloud.client("s3")
        self._client.create_bucket(Bucket=self.name)
        self._client.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": "Enabled"})
        self._kept = s3_backends[cloud.account]["aws"].buckets[self.name].keys
        self._now = datetime(2026, 11, 29, 12, tzinfo=UTC)

    def put(self, key: str) -> datetime:
        """Put an object; return when that was."""
        self._client.put_object(Bucket=self.name, Key=key, Body=key.encode())
        return self._dated(key)

    def delete(self, key: str) -> datetime:
        self._client.delete_object(Bucket=self.name, Key=key)
        return self._dated(key)

    def keys(self) -> set[str]:
        found = self._client.list_objects_v2(Bucket=self.name).get("Contents", ())
        return {one["Key"] for one in found}

    def _dated(self, key: str) -> datetime:
        """Let what was last done have a time of its own: moto has seconds, and a test has none to wait."""
        self._now += timedelta(minutes=1)
        self._kept.getlist(key)[-1].last_modified = self._now.replace(tzinfo=None)
        return self._now


@pytest.fixture
def bucket(cloud: Cloud) -> Bucket:
    return Bucket(cloud)


def test_what_was_deleted_since_comes_back_and_nothing_else(cloud: Cloud, bucket: Bucket) -> None:
    bucket.put("files/a-room/gone-before")
    bucket.delete("files/a-room/gone-before")
    bucket.put("uploads/a-room/one")
    bucket.put("files/a-room/kept")
    at = bucket.put("files/a-room/one")
    bucket.put("files/a-room/later")
    for key in ("files/a-room/one", "files/a-room/later", "uploads/a-room/one"):
        bucket.delete(key)
    assert restore_files(cloud, "dev", at) == 1
    assert bucket.keys() == {"files/a-room/kept", "files/a-room/one"}
    assert restore_files(cloud, "dev", at) == 0, "repeating it does no harm"
    assert bucket.keys() == {"files/a-room/kept", "files/a-room/one"}


def test_a_file_that_was_deleted_twice_comes_back(cloud: Cloud, bucket: Bucket) -> None:
    at = bucket.put("files/a-room/one")
    bucket.delete("files/a-room/one")
    bucket.delete("files/a-room/one")
    assert restore_files(cloud, "dev", at) == 1
    assert bucket.keys() == {"files/a-room/one"}


def test_of_the_present_nothing_has_to_come_back(cloud: Cloud, bucket: Bucket) -> None:
    bucket.put("files/a-room/one")
    bucket.delete("files/a-room/one")
    assert restore_files(cloud, "dev", ALWAYS) == 0
    assert bucket.keys() == set()
