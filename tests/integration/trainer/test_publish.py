"""Publishing to an S3 emulator over HTTP, and a registry that follows."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.metrics import Metric
from chalicelib.sentiment.manifest import Manifest
from chalicelib.sentiment.registry import POINTER_INTERVAL_SECONDS, ModelRegistry
from testkit.fakes import CountedMetrics
from trainer import artifact, evaluation, publish
from trainer.cli import main
from trainer.errors import TrainerError

BUCKET = "models"


def model(version: str) -> artifact.Artifact:
    default = artifact.read(evaluation.DEFAULT_MODEL)
    return artifact.Artifact(Manifest({**default.manifest.content, "version": version}), default.files)


def pointed(s3: Any) -> str:
    return str(json.loads(s3.get_object(Bucket=BUCKET, Key="pointer.json")["Body"].read())["version"])


def test_a_published_model_takes_over_in_a_running_registry(s3: Any) -> None:
    now = [0.0]
    metrics = CountedMetrics()
    registry = ModelRegistry(BUCKET, lambda: s3, metrics=metrics, clock=lambda: now[0])
    registry.refresh()
    assert not metrics.counted
    publish.publish(s3, BUCKET, model("2027-01-01T00-00-00Z-aaaaaa"))
    now[0] += POINTER_INTERVAL_SECONDS + 1
    registry.refresh()
    sentiment = registry.classify("what a great day")
    assert sentiment is not None and sentiment.model == "2027-01-01T00-00-00Z-aaaaaa"
    now[0] += POINTER_INTERVAL_SECONDS + 1
    registry.refresh()
    assert metrics.counted == {Metric.MODELS_REPLACED: 1}


def test_publishing_again_replaces_the_live_model(s3: Any) -> None:
    publish.publish(s3, BUCKET, model("2027-01-01T00-00-00Z-aaaaaa"))
    publish.publish(s3, BUCKET, model("2027-01-02T00-00-00Z-bbbbbb"))
    assert pointed(s3) == "2027-01-02T00-00-00Z-bbbbbb"


def test_of_two_trainers_at_once_one_wins_and_the_other_says_so(s3: Any) -> None:
    first, second = model("2027-01-01T00-00-00Z-aaaaaa"), model("2027-01-02T00-00-00Z-bbbbbb")
    publish.publish(s3, BUCKET, model("2026-12-31T00-00-00Z-000000"))

    def publish_second() -> None:
        publish.publish(s3, BUCKET, second)

    with pytest.raises(
        TrainerError, match=r"another trainer moved the pointer .*aaaaaa is stored but not live"
    ):
        publish.publish(Interrupted(s3, publish_second), BUCKET, first)
    assert pointed(s3) == second.manifest.version


def test_of_two_first_trainers_at_once_one_wins(s3: Any) -> None:
    first, second = model("2027-01-01T00-00-00Z-aaaaaa"), model("2027-01-02T00-00-00Z-bbbbbb")
    interrupted = Interrupted(s3, lambda: publish.publish(s3, BUCKET, second))
    with pytest.raises(TrainerError, match="another trainer"):
        publish.publish(interrupted, BUCKET, first)
    assert pointed(s3) == second.manifest.version


def test_a_crash_before_the_pointer_leaves_the_old_model_live(s3: Any) -> None:
    publish.publish(s3, BUCKET, model("2027-01-01T00-00-00Z-aaaaaa"))

    def crash() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish.publish(Interrupted(s3, crash), BUCKET, model("2027-01-02T00-00-00Z-bbbbbb"))
    assert pointed(s3) == "2027-01-01T00-00-00Z-aaaaaa"


def test_the_command_publishes_the_default_model(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "--bucket", BUCKET]) == 0
    version = artifact.read(evaluation.DEFAULT_MODEL).manifest.version
    assert pointed(s3) == version
    assert version in capsys.readouterr().err


def test_a_missing_bucket_ends_the_command_with_a_message_and_exit_code_2(
    s3: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--bucket", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


class Interrupted:
    """An S3 client to whose pointer something happens just before this trainer's own write."""

    def __init__(self, client: Any, happen: Callable[[], object]) -> None:
        self._client = client
        self._happen = happen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def put_object(self, **arguments: Any) -> Any:
        if arguments["Key"] == "pointer.json":
            self._happen()
        return self._client.put_object(**arguments)
