"""Whether the stored opinions are still those that the teacher would give."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from trainer import lexicon, packages, recipe, sources
from trainer.teacher import origin, settings


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Path, Path]:
    """Return a file of opinions and what it says that they were made from."""
    path, made_from = tmp_path / "opinions.npz", tmp_path / "opinions.json"
    path.write_bytes(b"opinions")
    origin.record(path, made_from)
    return path, made_from


def test_opinions_are_up_to_date_after_teaching(stored: tuple[Path, Path]) -> None:
    assert origin.stale(*stored) == []


def test_opinions_made_with_another_encoder_recipe_or_setting_are_stale(
    stored: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.vectors.MINILM", replace(packages.VADER_2014, sha256="another"))
    monkeypatch.setattr(recipe, "RATED_ALONE", replace(recipe.RATED_ALONE, min_words=4))
    monkeypatch.setattr(lexicon, "VADER", replace(lexicon.VADER, sha256="another"))
    monkeypatch.setattr(settings, "EPOCHS", 4)
    found = origin.stale(*stored)
    assert [sentence.partition(" changed")[0] for sentence in found] == [
        "the encoder", "the settings of the teacher", "the recipe", "the names of emoji",
    ]  # fmt: skip
    assert all("python -m trainer teach makes them again" in sentence for sentence in found)


def test_a_recipe_with_a_new_field_at_its_default_makes_no_opinion_stale(
    stored: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass(frozen=True)
    class Longer(recipe.Recipe):
        more: float = 0.0

    rated = recipe.RATED_ALONE
    monkeypatch.setattr(recipe, "RATED_ALONE", Longer(**vars(rated)))
    assert origin.stale(*stored) == []
    monkeypatch.setattr(recipe, "RATED_ALONE", Longer(**vars(rated), more=0.5))
    assert origin.stale(*stored) != []


def test_opinions_that_were_replaced_without_their_origin_are_stale(stored: tuple[Path, Path]) -> None:
    stored[0].write_bytes(b"other opinions")
    [sentence] = origin.stale(*stored)
    assert "describes other opinions" in sentence and "python -m trainer teach" in sentence


@pytest.mark.parametrize("content", [None, "{", "[]", json.dumps({"inputs": {}})])
def test_opinions_of_unknown_origin_are_stale(stored: tuple[Path, Path], content: str | None) -> None:
    stored[1].unlink()
    if content is not None:
        stored[1].write_text(content, encoding="utf-8")
    [sentence] = origin.stale(*stored)
    assert "does not say what the opinions were made from" in sentence


def test_training_warns_of_stale_opinions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(origin, "stale", lambda: ["the lexicon changed"])
    sources.packaged()
    assert capsys.readouterr().err == "warning: the lexicon changed\n"


def test_the_stored_opinions_are_not_stale() -> None:
    assert origin.stale() == []
