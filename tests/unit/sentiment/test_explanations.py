"""Whether the reasons that are shown are the cause: they agree with the label, and explain half of the
score."""

import csv
from pathlib import Path

import pytest

from tests.unit.sentiment.test_default_model import MODEL

ROOT = Path(__file__).parents[3]
BENCHMARKS = ROOT / "trainer" / "benchmarks"
SHARED = ROOT.parent / "shared" / "data"
OTHER_WAY = 0.01
LESS_THAN_HALF = 0.10


@pytest.mark.parametrize(
    "path",
    [
        BENCHMARKS / "chat.tsv",
        BENCHMARKS / "work.tsv",
        SHARED / "tweets-dev.tsv",
        SHARED / "blog-dev.tsv",
        SHARED / "work-dev.tsv",
    ],
    ids=lambda path: path.stem,
)
def test_reasons_agree_with_the_label_and_explain_half_of_the_score(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    found = [sentiment for sentiment in map(MODEL.classify, texts) if sentiment.label != "neutral"]
    other_way, less = [], []
    for sentiment in found:
        sign = 1 if sentiment.label == "positive" else -1
        if sentiment.because and sentiment.because[0][1] * sign < 0:
            other_way.append(sentiment)
        if sum(weight for _, weight in sentiment.because) * sign < 0.5 * abs(sentiment.score):
            less.append(sentiment)
    assert len(other_way) <= OTHER_WAY * len(found), other_way[:5]
    assert len(less) <= LESS_THAN_HALF * len(found), less[:5]


@pytest.mark.parametrize("text", ["never", "prod is down", "this is off", "don't", "not you again"])
def test_a_stop_word_is_a_reason_if_nothing_stronger_is(text: str) -> None:
    sentiment = MODEL.classify(text)
    assert sentiment.label == "neutral" or sentiment.because, sentiment


def test_a_stop_word_is_no_reason_beside_a_stronger_word() -> None:
    assert [term for term, _ in MODEL.classify("this is a great day").because] == [
        "great"
    ] or "is" not in dict(MODEL.classify("this is a great day").because)
