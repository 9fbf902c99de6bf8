"""Pictures of people and of linked pages, in the bucket of files: only functions write there."""

import logging
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.previews import Thumbnail
from chalicelib.domain.profiles import Picture
from chalicelib.errors import Unavailable

logger = logging.getLogger(__name__)

_KEPT_FOR_EVER = "private, max-age=31536000, immutable"


class S3Pictures:
    """The port `PictureBucket` on S3."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, user_id: str, picture: Picture) -> None:
        _put(self._client, self._bucket, _key(user_id, picture.id), picture)

    def address(self, user_id: str, picture_id: str, seconds: int) -> str:
        return _address(self._client, self._bucket, _key(user_id, picture_id), seconds)

    def remove(self, user_id: str, picture_id: str) -> None:
        # Nobody is given its address any more: a fault leaves only bytes.
        try:
            self._client.delete_object(Bucket=self._bucket, Key=_key(user_id, picture_id))
        except (ClientError, BotoCoreError):
            logger.warning("a picture was not removed", extra={"picture": picture_id}, exc_info=True)


class S3Thumbnails:
    """The port `Thumbnails` on S3, whose lifecycle deletes them."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, picture: Thumbnail) -> None:
        _put(self._client, self._bucket, f"previews/{picture.id}", picture)

    def address(self, picture_id: str, seconds: int) -> str:
        return _address(self._client, self._bucket, f"previews/{picture_id}", seconds)


def _put(client: Any, bucket: str, key: str, picture: Picture | Thumbnail) -> None:
    try:
        client.put_object(
            Bucket=bucket,
            Key=key,
            Body=picture.content,
            ContentType=picture.type,
            ContentDisposition="inline",
            CacheControl=_KEPT_FOR_EVER,
        )
    except (ClientError, BotoCoreError) as error:
        logger.warning("a picture was not kept", exc_info=True)
        raise Unavailable(
            "Pictures cannot be kept at the moment. Nothing was stored; try again.", retry_after=1
        ) from error


def _address(client: Any, bucket: str, key: str, seconds: int) -> str:
    wanted = {"Bucket": bucket, "Key": key}
    made: str = client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)
    return made


def _key(user_id: str, picture_id: str) -> str:
    return f"pictures/{user_id}/{picture_id}"
