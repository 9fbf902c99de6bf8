import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.sentiment.manifest import MODEL_FILE, PIPELINE_FILE
from trainer import artifact, holdout, train
from trainer.corpora import Corpus
from trainer.errors import TrainerError

NOW = datetime(2026, 11, 22, 3, 0, 0, tzinfo=UTC)
COMMAND = "python -m trainer train --out build/model"


@pytest.fixture(scope="module")
def made(rated: list[Corpus]) -> artifact.Artifact:
    texts = [(c.name, c.examples[:120]) for c in rated]
    slices = [Corpus(name, examples, ["made.tsv:3: the text is empty"]) for name, examples in texts]
    kept, held = holdout.split(slices)
    trained = train.train([e for corpus in kept for e in corpus.examples], held, hold_out=False)
    return artifact.build(trained, slices, COMMAND, NOW)


def test_the_version_is_the_time_and_a_piece_of_the_hash(made: artifact.Artifact) -> None:
    assert re.fullmatch(r"2026-11-22T03-00-00Z-[0-9a-f]{6}", made.manifest.version)


def test_the_manifest_says_what_the_model_is_made_of(made: artifact.Artifact) -> None:
    content = made.manifest.content
    assert content["trainedAt"] == "2026-11-22T03:00:00Z"
    assert content["make"]["command"] == COMMAND
    assert content["data"]["tweets"]["texts"] == 120
    assert content["data"]["tweets"]["rejected"] == 1
    assert sum(content["classBalance"].values()) == pytest.approx(1, abs=1e-3)
    assert 20 < content["metrics"]["held_out"]["n"] < 90, "about a tenth, chosen by hash"
    assert set(content["files"]) == {MODEL_FILE, PIPELINE_FILE}


def test_a_model_is_read_as_it_was_written(made: artifact.Artifact, tmp_path: Path) -> None:
    artifact.write(made, tmp_path)
    again = artifact.read(tmp_path)
    assert again.files == made.files
    assert again.model.classify("good great love").label == "positive"
    assert artifact.pipeline_of(again).predict(["good great love"]).tolist() == [2]


@pytest.mark.parametrize("name", [MODEL_FILE, PIPELINE_FILE])
def test_a_tampered_file_is_refused_before_it_is_loaded(
    made: artifact.Artifact, tmp_path: Path, name: str
) -> None:
    artifact.write(made, tmp_path)
    (tmp_path / name).write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(TrainerError, match=f"{name} of model"):
        artifact.read(tmp_path)


def test_a_model_without_its_pipeline_still_classifies(made: artifact.Artifact, tmp_path: Path) -> None:
    artifact.write(made, tmp_path)
    (tmp_path / PIPELINE_FILE).unlink()
    again = artifact.read(tmp_path)
    assert again.model.classify("good great love").label == "positive"
    with pytest.raises(TrainerError, match=PIPELINE_FILE):
        artifact.pipeline_of(again)
