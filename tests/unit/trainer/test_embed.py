"""Installing the model that ships inside the application."""

from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.sentiment import arrays
from chalicelib.sentiment.manifest import MANIFEST_FILE, MODEL_FILE, PIPELINE_FILE, Manifest, sha256
from trainer import artifact, embed, evaluation
from trainer.artifact import Artifact


@pytest.fixture(scope="module")
def shipped() -> Artifact:
    return artifact.read(evaluation.DEFAULT_MODEL)


def retrained(shipped: Artifact, version: str, files: dict[str, bytes]) -> Artifact:
    described = {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in files.items()}
    return Artifact(Manifest({**shipped.manifest.content, "version": version, "files": described}), files)


def test_a_model_is_installed_without_its_pipeline(shipped: Artifact, tmp_path: Path) -> None:
    made = retrained(shipped, "new", {**shipped.files, PIPELINE_FILE: b"pipeline"})
    assert embed.install(made, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {MODEL_FILE, MANIFEST_FILE}
    assert artifact.read(tmp_path).manifest == made.manifest


def test_another_model_replaces_the_installed_one(shipped: Artifact, tmp_path: Path) -> None:
    embed.install(shipped, tmp_path)
    read = arrays.load(shipped.files[MODEL_FILE])
    other = retrained(shipped, "new", {MODEL_FILE: arrays.dump(replace(read, intercept=read.intercept + 1))})
    assert embed.install(other, tmp_path)
    assert artifact.read(tmp_path).files == other.files


def test_the_same_model_leaves_the_installed_one_and_its_version_alone(
    shipped: Artifact, tmp_path: Path
) -> None:
    embed.install(shipped, tmp_path)
    assert not embed.install(retrained(shipped, "new", shipped.files), tmp_path)
    assert artifact.read(tmp_path).manifest == shipped.manifest


def test_a_damaged_model_is_replaced(shipped: Artifact, tmp_path: Path) -> None:
    embed.install(shipped, tmp_path)
    (tmp_path / MODEL_FILE).write_bytes(b"damaged")
    assert embed.install(shipped, tmp_path)
    assert artifact.read(tmp_path).files == shipped.files
