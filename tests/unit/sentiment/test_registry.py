import hashlib
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chalicelib.sentiment.manifest import FORMAT, Manifest, Pointer
from chalicelib.sentiment.registry import EMBEDDED, POINTER_INTERVAL, ModelRegistry

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

    def get_object(self, *, Bucket: str, Key: str, IfNoneMatch: str | None = None) -> dict[str, Any]:
        self.requests.append(Key)
        if self.failure:
            raise self.failure
        if Key not in self.objects:
            raise S3Error(404)
        etag = hashlib.md5(self.objects[Key]).hexdigest()
        if etag == IfNoneMatch:
            raise S3Error(304)
        return {"Body": BytesIO(self.objects[Key]), "ETag": etag}

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
        self.counted: list[str] = []
        self.registry = ModelRegistry(
            bucket,
            lambda: self.s3,
            count=lambda name, value=1, **dimensions: self.counted.append(name),
            embedded=embedded,
            clock=lambda: self.now,
        )

    def later(self) -> None:
        self.now += POINTER_INTERVAL + 1
        self.registry.refresh()

    @property
    def version(self) -> str | None:
        sentiment = self.registry.classify("hello")
        return sentiment.model if sentiment else None


@pytest.fixture
def world() -> World:
    return World()


def test_the_first_message_is_answered_by_the_embedded_model_without_a_request(world: World) -> None:
    assert world.version == CONTENT["version"]
    assert world.s3.requests == []


def test_a_promoted_model_takes_over(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"
    assert world.registry.describe()["source"] == "bucket"
    assert world.counted == ["ModelReplaced"]


def test_a_promoted_model_takes_over_from_a_model_in_use(world: World) -> None:
    assert world.version == CONTENT["version"]
    world.registry.refresh()
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.later()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"


def test_the_pointer_is_read_at_most_once_in_an_interval(world: World) -> None:
    for _ in range(5):
        world.registry.refresh()
    assert world.s3.requests == ["pointer.json"]


def test_an_unchanged_pointer_costs_one_conditional_request(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    world.s3.requests.clear()
    world.later()
    assert world.s3.requests == ["pointer.json"]


def test_the_embedded_model_is_not_downloaded_again(world: World) -> None:
    world.s3.promote(CONTENT["version"])
    world.registry.refresh()
    assert world.s3.requests == ["pointer.json"]


def test_the_embedded_model_is_described_as_such_also_where_the_pointer_names_it(world: World) -> None:
    world.s3.promote(CONTENT["version"])
    world.registry.refresh()
    assert world.version == CONTENT["version"]
    assert world.registry.describe()["source"] == "embedded"


def test_a_rollback_of_the_pointer_is_followed(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    world.later()
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.later()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"


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


@pytest.mark.parametrize(
    "damage",
    [
        damage_model,
        damage_manifest,
        remove_model,
        break_pointer,
        newer_pointer,
        not_arrays,
        newer_format,
        unreachable,
    ],
)
def test_the_model_in_use_stays_whatever_is_wrong_with_the_next(
    world: World, damage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    damage(world.s3)
    world.later()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"
    assert world.counted == ["ModelReplaced", "ModelFailure"]
    assert caplog.records[-1].__dict__["reason"]


def test_a_failed_download_is_tried_again(world: World) -> None:
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    world.s3.failure = TimeoutError("connect timed out")
    world.registry.refresh()
    world.s3.failure = None
    world.later()
    assert world.version == "2027-01-02T00-00-00Z-bbbbbb"


def test_a_damaged_model_is_not_downloaded_over_and_over(world: World) -> None:
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    damage_model(world.s3)
    world.registry.refresh()
    world.s3.requests.clear()
    world.later()
    assert world.s3.requests == ["pointer.json"]


def test_a_bucket_without_a_pointer_is_no_failure(world: World) -> None:
    world.registry.refresh()
    assert world.version == CONTENT["version"]
    assert world.counted == []


def test_without_a_bucket_nothing_is_asked() -> None:
    world = World(bucket=None)
    world.registry.refresh()
    assert world.s3.requests == []
    assert world.version == CONTENT["version"]


def test_no_model_at_all_is_none_and_not_an_exception(tmp_path: Path) -> None:
    world = World(embedded=tmp_path)
    assert world.registry.classify("hello") is None
    assert world.registry.describe() == {}
    assert "ModelFailure" in world.counted


def test_the_buckets_model_serves_where_the_embedded_one_is_broken(tmp_path: Path) -> None:
    world = World(embedded=tmp_path)
    assert world.registry.classify("hello") is None
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"


def test_a_broken_embedded_file_is_replaced_by_the_same_model_from_the_bucket(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((EMBEDDED / "manifest.json").read_bytes())
    (tmp_path / "model.npz").write_bytes(MODEL[:1000])
    world = World(embedded=tmp_path)
    assert world.registry.classify("hello") is None
    world.s3.promote(CONTENT["version"])
    world.registry.refresh()
    assert world.version == CONTENT["version"]


def test_a_function_that_never_classified_recovers_from_a_broken_embedded_file_too(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((EMBEDDED / "manifest.json").read_bytes())
    (tmp_path / "model.npz").write_bytes(MODEL[:1000])
    world = World(embedded=tmp_path)
    world.s3.promote(CONTENT["version"])
    world.registry.refresh()
    world.later()
    assert world.version == CONTENT["version"]


def test_the_live_model_is_described(world: World) -> None:
    described = world.registry.describe()
    assert described["version"] == CONTENT["version"]
    assert described["source"] == "embedded"
    assert described["metrics"] and described["data"] and described["classBalance"] and described["trainedAt"]


def test_who_only_describes_sees_a_promotion_without_loading_the_model(world: World) -> None:
    assert world.registry.describe()["version"] == CONTENT["version"]
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.now += POINTER_INTERVAL + 1
    described = world.registry.describe()
    assert (described["version"], described["source"]) == ("2027-01-01T00-00-00Z-aaaaaa", "bucket")
    assert "models/2027-01-01T00-00-00Z-aaaaaa/model.npz" not in world.s3.requests


def test_the_pointer_is_read_at_most_once_in_an_interval_for_descriptions(world: World) -> None:
    for _ in range(5):
        world.registry.describe()
    assert world.s3.requests == ["pointer.json"]


@pytest.mark.parametrize("damage", [damage_manifest, break_pointer, newer_pointer, newer_format, unreachable])
def test_the_description_known_stays_while_the_bucket_is_broken(world: World, damage: Any) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.describe()
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    damage(world.s3)
    world.now += POINTER_INTERVAL + 1
    assert world.registry.describe()["version"] == "2027-01-01T00-00-00Z-aaaaaa"
    assert world.counted == ["ModelFailure"]


def test_a_model_that_was_described_is_still_taken_by_the_next_refresh(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.describe()
    world.registry.refresh()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"


def test_refreshing_loads_the_embedded_model_where_none_is_loaded(tmp_path: Path) -> None:
    for name in ("manifest.json", "model.npz"):
        (tmp_path / name).write_bytes((EMBEDDED / name).read_bytes())
    world = World(bucket=None, embedded=tmp_path)
    world.registry.refresh()
    (tmp_path / "model.npz").unlink()
    assert world.version == CONTENT["version"]


def test_refreshing_where_the_bucket_has_another_model_loads_that_alone(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((EMBEDDED / "manifest.json").read_bytes())
    world = World(embedded=tmp_path)
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    assert world.counted == ["ModelReplaced"]


def test_the_report_is_read_and_checked(world: World) -> None:
    version = "2027-01-01T00-00-00Z-aaaaaa"
    page = b"<p>good</p>"
    report = {"sha256": hashlib.sha256(page).hexdigest(), "bytes": len(page)}
    world.s3.promote(version, files={**CONTENT["files"], "report.html": report})
    world.s3.objects[f"models/{version}/report.html"] = page
    assert world.registry.describe()["report"] is True
    assert world.registry.report() == page
    world.s3.objects[f"models/{version}/report.html"] = b"<script>bad</script>"
    assert world.registry.report() is None
    assert world.counted == ["ModelFailure"]


def test_a_model_without_a_report_has_none(world: World) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    assert world.registry.describe()["report"] is False
    assert world.registry.report() is None
    assert world.counted == []


def test_a_pointer_remembers_what_was_live_before_it() -> None:
    first = Pointer("1", "models/1/manifest.json", "a")
    second = Pointer("2", "models/2/manifest.json", "b").after(first)
    again = Pointer.from_json(Pointer("3", "models/3/manifest.json", "c").after(second).to_json())
    assert [each.version for each in again.earlier] == ["2", "1"]
    assert again.after(again).earlier == again.earlier
    assert [each.version for each in first.after(again).earlier] == ["3", "2"]


def test_importing_the_registry_loads_neither_numpy_nor_boto3_nor_textblob() -> None:
    script = (
        "import sys; import chalicelib.sentiment.registry;"
        "print([name for name in ('numpy', 'boto3', 'textblob', 'nltk', 'sklearn') if name in sys.modules])"
    )
    root = Path(__file__).parents[3] / "chalice_app"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_classifying_needs_numpy_and_nothing_of_textblob() -> None:
    script = (
        "import sys; from chalicelib.sentiment.registry import ModelRegistry;"
        "assert ModelRegistry(None, lambda: None).classify('what a great day').label == 'positive';"
        "print([n for n in ('textblob', 'nltk', 'sklearn', 'scipy', 'joblib', 'boto3') if n in sys.modules])"
    )
    root = Path(__file__).parents[3] / "chalice_app"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
