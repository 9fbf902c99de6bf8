"""The model that ships inside the application."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.sentiment import Sentiment
from chalicelib.sentiment import arrays, compiled
from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.manifest import MANIFEST_FILE, MODEL_FILE, Manifest
from chalicelib.sentiment.registry import EMBEDDED

CHAT = Path(__file__).parents[2] / "data" / "chat-sentiment.tsv"
WORK = Path(__file__).parents[3] / "trainer" / "benchmarks" / "work.tsv"
FLOORS = {CHAT: 0.965, WORK: 0.88}
"""Accuracy on each benchmark that no later model may fall below; raise it with every better model."""

MANIFEST = Manifest.from_json((EMBEDDED / MANIFEST_FILE).read_bytes())
MODEL = CompiledModel.from_bytes((EMBEDDED / MODEL_FILE).read_bytes(), MANIFEST)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def chat() -> list[dict[str, str]]:
    return rows_of(CHAT)


@pytest.mark.parametrize("path", FLOORS, ids=lambda path: path.stem)
def test_lines_of_a_benchmark_are_classified_correctly_at_least_as_often_as_before(path: Path) -> None:
    rows = rows_of(path)
    wrong = [(row["text"], row["label"]) for row in rows if MODEL.classify(row["text"]).label != row["label"]]
    assert 1 - len(wrong) / len(rows) >= FLOORS[path], wrong


def test_a_model_that_forgets_the_spelling_of_words_scores_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [row["text"] for row in chat()]
    expected = [MODEL.classify(text) for text in texts]
    monkeypatch.setattr(compiled, "_MAX_SPELLINGS", 7)
    forgetful = CompiledModel.from_bytes((EMBEDDED / MODEL_FILE).read_bytes(), MANIFEST)
    assert [forgetful.classify(text) for text in texts] == expected


def test_other_languages_and_code_are_neutral_or_uncertain() -> None:
    for row in chat():
        if row["kind"] in ("language", "code", "empty"):
            sentiment = MODEL.classify(row["text"])
            assert sentiment.label == "neutral" or sentiment.confidence < 0.6, (row["text"], sentiment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\x00",
        "\ud800",
        "a" * 4000,
        "not " * 1000,
        "😍" * 4000,
        "!" * 4000,
        "مرحبا",
        "https://",
    ],
)
def test_any_text_gets_a_valid_sentiment(text: str) -> None:
    sentiment = MODEL.classify(text)
    assert sentiment.label in ("negative", "neutral", "positive")
    assert -1 <= sentiment.score <= 1
    assert 1 / 3 - 1e-3 <= sentiment.confidence <= 1


@given(st.text(alphabet=st.characters(), max_size=300))
@settings(max_examples=200, deadline=None)
def test_probabilities_add_up_for_any_text(text: str) -> None:
    probabilities = MODEL.probabilities(text)
    assert sum(probabilities) == pytest.approx(1.0)
    assert all(np.isfinite(probabilities))


def test_an_empty_text_is_neutral_and_has_no_explanation() -> None:
    assert MODEL.classify("").label == "neutral"
    assert MODEL.classify("   ").because == ()


def because(text: str) -> dict[str, float]:
    return dict(MODEL.classify(text).because)


def test_because_names_the_words_that_moved_the_score() -> None:
    assert because("what a great day")["great"] > 0
    assert because("the deploy failed again")["failed"] < 0
    assert because("😍 see you")["😍"] > 0


def test_because_shows_a_negation_with_its_word() -> None:
    assert because("not good")["not good"] < 0
    assert because("this is not a good movie")["not … good"] < 0


def test_because_shows_a_phrase_as_one() -> None:
    assert because("I can't wait!")["can't wait"] > 0
    assert "wait" not in because("I can't wait!")


def test_because_is_in_units_of_the_score() -> None:
    for row in chat():
        sentiment = MODEL.classify(row["text"])
        assert all(-1 <= weight <= 1 for _, weight in sentiment.because), (row["text"], sentiment)
    great = MODEL.classify("what a great day")
    assert sum(weight for _, weight in great.because) == pytest.approx(great.score, abs=0.2)


def test_because_explains_a_confident_score_even_if_words_disagree() -> None:
    sentiment = MODEL.classify("I love the team, but the app is awful and keeps crashing 😡")
    found = dict(sentiment.because)
    assert sentiment.score < -0.8
    assert found["awful"] < -0.1 and found["😡"] < -0.1
    assert found["love"] > 0.05


def test_because_shows_shorthand_as_it_was_written() -> None:
    assert because("luv it, dis is amzing")["amzing"] > 0
    assert because("luv dis")["luv dis"] > 0
    assert because("i dun like it")["dun like"] < 0


def test_because_leaves_out_stop_words_and_links() -> None:
    assert because("it is what it is") == because("the and of with") == {}
    assert not {"great", "love", "awesome", "https"} & set(
        because("see https://example.com/great/love/awesome")
    )


def test_because_has_few_terms_and_the_strongest_first() -> None:
    found = MODEL.classify("I love this great, wonderful, awful, happy, sad and beautiful day").because
    assert 1 < len(found) <= 5
    assert [abs(weight) for _, weight in found] == sorted((abs(weight) for _, weight in found), reverse=True)


def test_the_model_is_small_and_its_manifest_names_the_command_that_makes_it() -> None:
    assert (EMBEDDED / MODEL_FILE).stat().st_size < 1_250_000
    make = MANIFEST.content["make"]
    assert make["command"] == "python -m trainer train --hold-out --out build/model"
    assert set(make["packages"]) >= {"numpy", "scikit-learn", "textblob"}
    assert all(source["sha256"] and source["license"] for source in MANIFEST.content["sources"])


def test_the_manifest_is_unchanged_by_reading_and_writing() -> None:
    assert json.loads(MANIFEST.to_json()) == MANIFEST.content


def test_the_arrays_are_unchanged_by_reading_and_writing() -> None:
    data = (EMBEDDED / MODEL_FILE).read_bytes()
    assert arrays.dump(arrays.load(data)) == data


def test_a_sentiment_names_the_model_that_made_it() -> None:
    sentiment = MODEL.classify("hello")
    assert isinstance(sentiment, Sentiment)
    assert sentiment.model == MANIFEST.version
