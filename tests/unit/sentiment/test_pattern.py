"""The compiled analyser against TextBlob itself."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob

from chalicelib.sentiment.pattern import PatternAnalyzer
from trainer import textblob_tables

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
TABLES = textblob_tables.read()
ANALYZER = PatternAnalyzer(TABLES)

_MARKS = [
    "!",
    "(!)",
    "( ! )",
    ":)",
    ": )",
    ">:(",
    ":-.",
    "°O°",
    "...",
    ".",
    "?",
    "\n\n",
    "\r\n",
    "'",
    '"',
    "”",
]
_WORDS = ["not", "never", "no", "n't", "really", "very", "isn't", "a.m.", "Mr.", "U.S.", "Bcd.", "ok!!", "a"]
_KNOWN = sorted(TABLES.words)


def assert_equal(text: str) -> None:
    assert ANALYZER.score(text) == pytest.approx(tuple(TextBlob(text).sentiment), abs=1e-12), repr(text)


@given(
    st.lists(st.sampled_from(_MARKS + _WORDS) | st.sampled_from(_KNOWN), max_size=14),
    st.sampled_from(["", " "]),
)
@settings(max_examples=300, deadline=None)
def test_it_equals_textblob_on_sentences_of_known_words_and_marks(parts: list[str], space: str) -> None:
    assert_equal(space.join(parts))


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_it_equals_textblob_on_any_text(text: str) -> None:
    assert_equal(text)


@pytest.mark.parametrize("name", ["tweets-dev.tsv", "blog-dev.tsv"])
def test_it_equals_textblob_on_real_texts(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        for _, text in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            assert_equal(text)
