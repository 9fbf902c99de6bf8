"""A bucket in memory, a registry on it, and what can be wrong with what the bucket holds."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any

from chalicelib.metrics import Metric
from chalicelib.sentiment.manifest import FORMAT, Manifest, Pointer
from chalicelib.sentiment.registry import EMBEDDED, POINTER_INTERVAL_SECONDS, ModelRegistry
from testkit.fakes import CountedMetrics

MODEL = (EMBEDDED / "model.npz").read_bytes()
CONTENT = json.loads((EMBEDDED / "manifest.json").read_bytes())


class S3Error(Exception):
    """Looks like botocore's ClientError."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.response = {"ResponseMetadata": {"HTTPStatusCode": status}}


class FakeS3:
    """A bucket in memory that answers conditional reads as S3 does, and can be made to fail."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.failure: Exception | None = None

    def get_object(self, **arguments: Any) -> dict[str, Any]:
        key, known_etag = arguments["Key"], arguments.get("IfNoneMatch")
        self.requests.append(key)
        if self.failure:
            raise self.failure
        if key not in self.objects:
            raise S3Error(404)
        etag = hashlib.md5(self.objects[key]).hexdigest()
        if etag == known_etag:
            raise S3Error(304)
        return {"Body": BytesIO(self.objects[key]), "ETag": etag}

    def promote(self, version: str, *, model: bytes = MODEL, **changes: Any) -> None:
        manifest = Manifest({**CONTENT, "version": version, **changes}).to_json()
        self.objects[f"models/{version}/model.npz"] = model
        self.objects[f"models/{version}/manifest.json"] = manifest
        key = f"models/{version}/manifest.json"
        self.objects["pointer.json"] = Pointer(version, key, hashlib.sha256(manifest).hexdigest()).to_json()


class World:
    def __init__(self, bucket: str | None = "models", embedded: Path = EMBEDDED) -> None:
        self.s3 = FakeS3()
        self.now = 1000.0
        self.metrics = CountedMetrics()
        self.registry = ModelRegistry(
            bucket,
            lambda: self.s3,
            metrics=self.metrics,
            embedded=embedded,
            clock=lambda: self.now,
        )

    def later(self) -> None:
        self.now += POINTER_INTERVAL_SECONDS + 1
        self.registry.refresh()

    @property
    def counted(self) -> list[Metric]:
        return list(self.metrics.counted.elements())

    @property
    def version(self) -> str | None:
        sentiment = self.registry.classify("hello")
        return sentiment.model if sentiment else None


def damage_model(s3: FakeS3) -> None:
    s3.objects["models/2027-01-02T00-00-00Z-bbbbbb/model.npz"] = MODEL[:1000]


def damage_manifest(s3: FakeS3) -> None:
    s3.objects["models/2027-01-02T00-00-00Z-bbbbbb/manifest.json"] += b" "


def remove_model(s3: FakeS3) -> None:
    del s3.objects["models/2027-01-02T00-00-00Z-bbbbbb/model.npz"]


def break_pointer(s3: FakeS3) -> None:
    s3.objects["pointer.json"] = b"{"


def newer_pointer(s3: FakeS3) -> None:
    s3.objects["pointer.json"] = json.dumps({"format": FORMAT + 1}).encode()


def not_arrays(s3: FakeS3) -> None:
    files = {"model.npz": {"sha256": hashlib.sha256(b"no arrays").hexdigest(), "bytes": 9}}
    s3.promote("2027-01-02T00-00-00Z-bbbbbb", model=b"no arrays", files=files)


def newer_format(s3: FakeS3) -> None:
    s3.promote("2027-01-02T00-00-00Z-bbbbbb", format=FORMAT + 1)


def unreachable(s3: FakeS3) -> None:
    s3.failure = TimeoutError("connect timed out")
