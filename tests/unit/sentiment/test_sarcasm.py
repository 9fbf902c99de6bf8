"""Praise that a text opens with before bad news is not meant."""

import pytest

from chalicelib.sentiment import valence
from chalicelib.sentiment.sarcasm import mocked
from chalicelib.sentiment.text import clean, tokenize

LEXICON = {
    "great": 3.1, "nice": 1.8, "wonderful": 2.7, "happy": 2.7, "thanks": 1.9, "broken": -1.4, "awful": -2.0,
    "crashed": -1.6,
    "love": 3.2, "perfect": 2.7,
}  # fmt: skip


def opener(text: str) -> str | None:
    tokens = tokenize(clean(text))
    position = mocked(tokens, valence.read(tokens, LEXICON).feelings)
    return None if position is None else tokens[position].word


@pytest.mark.parametrize(
    "text",
    [
        "great, another outage",
        "Great. It crashed.",
        "oh wonderful, the proxy is down",
        "nice... my branch was deleted",
        "perfect, the backup is empty as well",
        "well great, now it is awful",
        "wonderful, another reorg",
        "great now it fails",
    ],
)
def test_praise_before_bad_news_is_mocked(text: str) -> None:
    assert opener(text) in ("great", "wonderful", "nice", "perfect")


@pytest.mark.parametrize(
    "text",
    [
        "great, thanks",
        "great, it works again",
        "great news, the outage is over",
        "nice, the crash is fixed",
        "perfect, no errors",
        "wonderful, we are back",
        "great work on the outage",
        "thanks, that was broken",
        "the demo was great, then it crashed",
        "great, I am happy with another round",
        "great",
        "great!",
        "is that great, or broken?",
    ],
)
def test_praise_that_may_be_meant_stays(text: str) -> None:
    assert opener(text) is None


def test_mocking_turns_what_the_praise_says_and_leaves_the_rest() -> None:
    tokens = tokenize(clean("great, it crashed"))
    reading = valence.read(tokens, LEXICON)
    found = {f.position: f.valence for f in valence.mocking(reading, 0).feelings}
    assert found[0] < 0
    assert found[3] == LEXICON["crashed"]
