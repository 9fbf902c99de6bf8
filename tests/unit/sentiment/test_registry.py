import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib.sentiment.registry import EMBEDDED
from tests.unit.sentiment.registry_world import (
    CONTENT,
    MODEL,
    World,
    break_pointer,
    damage_manifest,
    damage_model,
    newer_format,
    newer_pointer,
    not_arrays,
    remove_model,
    unreachable,
)


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
    assert world.counted == ["ModelsReplaced"]


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


def test_the_embedded_model_is_described_as_embedded_even_if_the_pointer_names_it(world: World) -> None:
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
def test_the_model_in_use_stays_if_the_next_one_is_unusable(
    world: World, damage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    damage(world.s3)
    world.later()
    assert world.version == "2027-01-01T00-00-00Z-aaaaaa"
    assert world.counted == ["ModelsReplaced", "ModelFaults"]
    assert caplog.records[-1].__dict__["reason"]


def test_a_failed_download_is_retried(world: World) -> None:
    world.s3.promote("2027-01-02T00-00-00Z-bbbbbb")
    world.s3.failure = TimeoutError("connect timed out")
    world.registry.refresh()
    world.s3.failure = None
    world.later()
    assert world.version == "2027-01-02T00-00-00Z-bbbbbb"


def test_a_damaged_model_is_downloaded_once(world: World) -> None:
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


def test_without_any_model_a_text_has_no_sentiment(tmp_path: Path) -> None:
    world = World(embedded=tmp_path)
    assert world.registry.classify("hello") is None
    assert world.registry.describe() == {}
    assert "ModelFaults" in world.counted


def test_the_model_of_the_bucket_answers_if_the_embedded_one_is_broken(tmp_path: Path) -> None:
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


def test_refreshing_loads_the_embedded_model_if_none_is_loaded(tmp_path: Path) -> None:
    for name in ("manifest.json", "model.npz"):
        (tmp_path / name).write_bytes((EMBEDDED / name).read_bytes())
    world = World(bucket=None, embedded=tmp_path)
    world.registry.refresh()
    (tmp_path / "model.npz").unlink()
    assert world.version == CONTENT["version"]


def test_refreshing_loads_only_the_model_of_the_bucket_if_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((EMBEDDED / "manifest.json").read_bytes())
    world = World(embedded=tmp_path)
    world.s3.promote("2027-01-01T00-00-00Z-aaaaaa")
    world.registry.refresh()
    assert world.counted == ["ModelsReplaced"]


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
        "import sys; from chalicelib.metrics import NoMetrics;"
        "from chalicelib.sentiment.registry import ModelRegistry;"
        "registry = ModelRegistry(None, lambda: None, metrics=NoMetrics());"
        "assert registry.classify('what a great day').label == 'positive';"
        "print([n for n in ('textblob', 'nltk', 'sklearn', 'scipy', 'joblib', 'boto3') if n in sys.modules])"
    )
    root = Path(__file__).parents[3] / "chalice_app"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
