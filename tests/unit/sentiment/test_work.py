"""What people at work say, as the model inside the application reads it: kinds of text, not single ones.

Of each kind a share must be right, for a model that is trained again moves single texts.
"""

import csv
from pathlib import Path

import pytest

from tests.unit.sentiment.test_default_model import MODEL

CASES = Path(__file__).parents[2] / "data" / "work-kinds.tsv"
FLOORS = {
    "technical": 0.8,
    "log lines": 0.8,
    "complaints": 0.75,
    "praise": 0.8,
    "negated praise": 0.75,
    "idioms": 0.7,
    "short answers": 0.85,
    "shortcodes": 0.85,
    "politeness": 0.7,
    "names": 0.8,
    "sarcasm": 0.75,
    "considered": 0.6,
    "technical opinions": 0.85,
    "long technical": 0.85,
    "everyday": 0.85,
}
"""Accuracy on each kind that no later model may fall below."""

with CASES.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("kind", FLOORS)
def test_most_texts_of_a_kind_are_read_rightly(kind: str) -> None:
    rows = [(row["text"], row["label"]) for row in ROWS if row["kind"] == kind]
    wrong = [(text, label) for text, label in rows if MODEL.classify(text).label != label]
    assert len(rows) >= 5
    assert 1 - len(wrong) / len(rows) >= FLOORS[kind], wrong


@pytest.mark.parametrize("kind", ["technical", "log lines", "names", "short answers"])
def test_what_says_nothing_of_a_mood_is_not_called_strongly_negative(kind: str) -> None:
    texts = [row["text"] for row in ROWS if row["kind"] == kind]
    assert [text for text in texts if MODEL.classify(text).score < -0.6] == []
