"""Uploads the static site: content types, cache headers, and only the files that have changed."""

import hashlib
import json
import mimetypes
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from botocore.exceptions import ClientError

from deploy_extras.cloud import Cloud

FOLDER = Path(__file__).parents[1] / "static_site"
WORKER = "service_worker.js"

DOCUMENT = "index.html"
RELEASES = "releases/"  # below it, each release has a folder with a name of its own
KEPT_RELEASES = 5
"""So many stay, the present one included, for pages that are open and for documents that a cache has."""

# A file that keeps its name is revalidated whenever it is loaded: that costs a response without a body. Of an
# image an old one does as well for a day. What is below RELEASES, or has a hash in its name, never changes.
_REVALIDATE = "public, no-cache"
_A_DAY = "public, max-age=86400"
IMMUTABLE = "public, max-age=31536000, immutable"
_NEVER = "no-store"
_IMAGES = "images/"
_INVALIDATED = "deployment/site"
_HASHED = re.compile(r"[.-][0-9a-f]{8,64}\.[a-z0-9]+$")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site with its headers."""

    key: str
    body: bytes
    content_type: str
    cache_control: str

    @property
    def fingerprint(self) -> str:
        """Return a hash of the content and the headers."""
        return hashlib.sha256(f"{self.content_type}\n{self.cache_control}\n".encode() + self.body).hexdigest()


def files(folder: Path) -> Iterator[File]:
    """Yield every file of the site."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        yield described(path.relative_to(folder).as_posix(), path.read_bytes())


def described(key: str, body: bytes) -> File:
    """Return a file with the headers that are right for its name."""
    cache = IMMUTABLE if _HASHED.search(key) else _A_DAY if key.startswith(_IMAGES) else _REVALIDATE
    return File(key, body, _content_type(key), cache)


def config(
    websocket_url: str,
    rest_url: str,
    version: str,
    sign_in: Mapping[str, Any],
    *,
    link_previews: bool = False,
    rooms_by: str = "everyone",
) -> File:
    """Return `config.json`, from which every client reads where the APIs are and what the chat has."""
    content = {
        "websocketUrl": websocket_url,
        "restUrl": rest_url,
        "version": version,
        "signIn": sign_in,
        "linkPreviews": link_previews,
        "roomsBy": rooms_by,
    }
    return File("config.json", (json.dumps(content, indent=2) + "\n").encode(), _TYPES[".json"], _NEVER)


def upload(cloud: Cloud, bucket: str, wanted: list[File]) -> list[str]:
    """Make the bucket hold these files and the releases before; return the keys that changed."""
    s3 = cloud.client("s3")
    present: dict[str, datetime] = {
        item["Key"]: item["LastModified"]
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        for item in page.get("Contents", [])
    }
    changed = []
    for file in sorted(wanted, key=_turn):
        if file.key in present and _fingerprint(s3, bucket, file.key) == file.fingerprint:
            continue
        s3.put_object(
            Bucket=bucket,
            Key=file.key,
            Body=file.body,
            ContentType=file.content_type,
            CacheControl=file.cache_control,
            Metadata={"fingerprint": file.fingerprint},
        )
        changed.append(file.key)
    stale = sorted(present.keys() - {file.key for file in wanted} - earlier_releases(present, wanted))
    for key in stale:
        s3.delete_object(Bucket=bucket, Key=key)
    return changed + stale


def earlier_releases(present: Mapping[str, datetime], wanted: Sequence[File]) -> set[str]:
    """Return which of the present keys, uploaded when, are of the last releases before the wanted one."""
    now = {_release(file.key) for file in wanted}
    uploaded: dict[str, datetime] = {}
    for key, at in present.items():
        release = _release(key)
        if release and release not in now:
            uploaded[release] = max(at, uploaded.get(release, at))
    kept = sorted(uploaded, key=lambda release: uploaded[release], reverse=True)[: KEPT_RELEASES - 1]
    return {key for key in present if _release(key) in kept}


def invalidate(cloud: Cloud, distribution: str, wanted: list[File], record: str) -> bool:
    """Invalidate CloudFront's cache if the site has changed; return whether it has.

    An object in the bucket of the record holds the fingerprint of the last invalidation. So if a run is
    interrupted after its uploads, the next one, which uploads nothing, still invalidates the cache.
    """
    digest = hashlib.sha256("".join(sorted(file.key + file.fingerprint for file in wanted)).encode())
    s3 = cloud.client("s3")
    if _fingerprint(s3, record, _INVALIDATED) == digest.hexdigest():
        return False
    cloud.client("cloudfront").create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "CallerReference": str(time.time_ns()),
            # One wildcard costs as little as one path.
            "Paths": {"Quantity": 1, "Items": ["/*"]},
        },
    )
    s3.put_object(Bucket=record, Key=_INVALIDATED, Metadata={"fingerprint": digest.hexdigest()})
    return True


def _release(key: str) -> str:
    """Return the folder of the release to which a file belongs, empty if to none."""
    return key[: key.find("/", len(RELEASES)) + 1] if key.startswith(RELEASES) else ""


def _turn(file: File) -> tuple[bool, bool, str]:
    """Order files so that each comes after those that it names."""
    return file.key == WORKER, file.key.endswith((".html", ".json")), file.key


def _content_type(key: str) -> str:
    found = _TYPES.get(PurePosixPath(key).suffix) or mimetypes.guess_type(key)[0]
    return found or "application/octet-stream"


def _fingerprint(s3: object, bucket: str, key: str) -> str:
    try:
        head = s3.head_object(Bucket=bucket, Key=key)  # type: ignore[attr-defined]
    except ClientError:
        return ""
    return str(head["Metadata"].get("fingerprint", ""))
