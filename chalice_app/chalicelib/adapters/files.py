"""Files: who may send which in the messages table, and their bytes in a bucket of their own."""

import logging
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import Aws
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.files import HEAD_BYTES, Upload, disposition, served_type
from chalicelib.domain.messages import File
from chalicelib.errors import Forbidden, Unavailable
from chalicelib.service.file_ports import FilePorts, Uploaded, UploadForm
from chalicelib.service.ports import Clock

logger = logging.getLogger(__name__)

UPLOAD_DAYS = 1  # as the bucket's lifecycle keeps what was not sent
# The address has the bucket in its host, so that the page's policy can allow this bucket alone.
CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    connect_timeout=1,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 2},
)
# Without the right to list a bucket, S3 says of a missing object that access is denied.
_MISSING = ("NoSuchKey", "404", "AccessDenied", "403")
_KEPT_FOR_EVER = "private, max-age=31536000, immutable"


def file_ports(aws: Aws, table: Table, clock: Clock, bucket: str) -> FilePorts:
    """Return the ports on AWS.

    Raises
    ------
    Forbidden
        The deployment has no bucket for files.
    """
    if not bucket:
        raise Forbidden("This chat keeps no files: its FILES_BUCKET is not set.")
    # Imported here: of the functions, only the one that serves REST knows pictures of people.
    from chalicelib.adapters.pictures import S3Pictures  # noqa: PLC0415

    client = aws.client("s3", CONFIG)
    return FilePorts(DynamoUploads(table, clock), S3Files(client, bucket), S3Pictures(client, bucket))


class DynamoUploads:
    """The port `Uploads` on DynamoDB."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def add(self, upload: Upload) -> None:
        values = {"by": upload.by, "name": upload.name, "type": upload.type, "bytes": upload.bytes}
        expires = self._clock.now() // 1000 + UPLOAD_DAYS * 86_400
        self._table.put(keys.file(upload.room, upload.id), {**values, "expires": expires})

    def find(self, room: str, file_id: str) -> Upload | None:
        item = self._table.get(keys.file(room, file_id))
        if item is None or int(item.get("expires", 2**53)) <= self._clock.now() // 1000:
            return None
        seq = int(item["seq"]) if "seq" in item else None
        return Upload(file_id, room, item["by"], item["name"], item["type"], int(item["bytes"]), seq)

    def forget(self, room: str, file_id: str) -> None:
        self._table.delete_many([keys.file(room, file_id)])


class S3Files:
    """The port `FileBucket` on S3: ``uploads/`` can be written by browsers, ``files/`` by functions alone."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def form(self, upload: Upload, seconds: int) -> UploadForm:
        made = self._client.generate_presigned_post(
            self._bucket,
            _uploaded(upload.room, upload.id),
            Fields={"Content-Type": upload.type},
            Conditions=[
                {"Content-Type": upload.type},
                ["content-length-range", upload.bytes, upload.bytes],
            ],
            ExpiresIn=seconds,
        )
        return UploadForm(made["url"], made["fields"])

    def uploaded(self, upload: Upload) -> Uploaded | None:
        try:
            found = self._client.get_object(
                Bucket=self._bucket,
                Key=_uploaded(upload.room, upload.id),
                Range=f"bytes=0-{HEAD_BYTES - 1}",
            )
            head = found["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise _unavailable("GetObject") from error
        except BotoCoreError as error:
            raise _unavailable("GetObject") from error
        size = int(found["ContentRange"].rpartition("/")[2])
        return Uploaded(size, head, found["ETag"])

    def keep(self, room: str, file: File, version: str) -> bool:
        try:
            self._client.copy_object(
                Bucket=self._bucket,
                Key=_kept(room, file.id),
                CopySource={"Bucket": self._bucket, "Key": _uploaded(room, file.id)},
                CopySourceIfMatch=version,
                MetadataDirective="REPLACE",
                ContentType=served_type(file),
                ContentDisposition=disposition(file),
                CacheControl=_KEPT_FOR_EVER,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "PreconditionFailed":
                return False
            raise _unavailable("CopyObject") from error
        except BotoCoreError as error:
            raise _unavailable("CopyObject") from error
        return True

    def address(self, room: str, file: File, seconds: int) -> str:
        # Said again, and signed: what is served does not hang on how the object was written.
        wanted = {
            "Bucket": self._bucket,
            "Key": _kept(room, file.id),
            "ResponseContentType": served_type(file),
            "ResponseContentDisposition": disposition(file),
        }
        made: str = self._client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)
        return made

    def remove(self, room: str, file_id: str) -> None:
        # Its message is deleted, so that nobody is given its address any more: a fault leaves only bytes.
        try:
            self._client.delete_object(Bucket=self._bucket, Key=_kept(room, file_id))
        except (ClientError, BotoCoreError):
            logger.warning("a file was not removed", extra={"room": room, "file": file_id}, exc_info=True)

    def left(self, room: str) -> list[str]:
        for prefix in (_uploaded(room, ""), _kept(room, "")):
            try:
                found = self._client.list_objects_v2(Bucket=self._bucket, Prefix=prefix, MaxKeys=100)
            except (ClientError, BotoCoreError) as error:
                raise _unavailable("ListObjectsV2") from error
            if found.get("Contents"):
                return [each["Key"].removeprefix(prefix) for each in found["Contents"]]
        return []

    def erase(self, room: str, file_id: str) -> None:
        for key in (_uploaded(room, file_id), _kept(room, file_id)):
            try:
                self._client.delete_object(Bucket=self._bucket, Key=key)
            except (ClientError, BotoCoreError) as error:
                raise _unavailable("DeleteObject") from error


def _uploaded(room: str, file_id: str) -> str:
    return f"uploads/{room}/{file_id}"


def _kept(room: str, file_id: str) -> str:
    return f"files/{room}/{file_id}"


def _unavailable(operation: str) -> Unavailable:
    logger.warning("the bucket of files did not answer", extra={"operation": operation}, exc_info=True)
    return Unavailable("The chat's files cannot be reached. Nothing was stored; try again.", retry_after=1)
