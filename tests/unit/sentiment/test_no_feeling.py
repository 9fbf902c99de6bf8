"""What carries no feeling, as the model inside the application reads it."""

import pytest

from chalicelib.domain.sentiment import Sentiment
from tests.unit.sentiment.test_default_model import MODEL


def because(sentiment: Sentiment) -> set[str]:
    return {term for term, _ in sentiment.because}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("p99 latency is <30 ms", "<3"),
        ("see point 8) in the doc", "8)"),
        ("set a:=3", ":="),
        ("the queue has <3 items", "<3"),
        ("we meet at 10:30)", ")"),
    ],
)
def test_what_only_looks_like_a_face_is_neutral(text: str, named: str) -> None:
    sentiment = MODEL.classify(text)
    assert sentiment.label == "neutral"
    assert named not in because(sentiment)


@pytest.mark.parametrize(
    "text",
    [
        "mail me at terrible@firma.de",
        "@mr.terrible are you there?",
        "terrible.jpg",
        "see src/terrible/hate.py",
        "run it with --kill",
        "dead_letter_queue",
        "ErrorHandler",
        "os.kill is called in FatalErrorHandler",
        "```\nkill -9 terrible\n```",
        "the column is `terrible`",
    ],
)
def test_addresses_names_identifiers_and_code_are_neutral_and_never_named(text: str) -> None:
    sentiment = MODEL.classify(text)
    assert sentiment.label == "neutral"
    assert not {"terrible", "kill", "dead", "error", "fatal", "hate"} & because(sentiment)


@pytest.mark.parametrize(
    ("emoji", "label"),
    [
        ("🏴\u200d☠️", "neutral"),
        ("🐦\u200d🔥", "neutral"),
        ("🏳️\u200d🌈", "neutral"),
        ("🇩🇪", "neutral"),
        ("❤️\u200d🔥", "positive"),
    ],
)
def test_joined_emoji_feel_as_a_whole(emoji: str, label: str) -> None:
    sentiment = MODEL.classify(emoji)
    assert sentiment.label == label
    assert because(sentiment) <= {emoji}


@pytest.mark.parametrize(("toned", "plain"), [("👍🏿", "👍"), ("👎🏽", "👎"), ("🤦🏻\u200d♂️", "🤦")])
def test_an_emoji_feels_the_same_in_every_colour_and_is_shown_as_written(toned: str, plain: str) -> None:
    sentiment = MODEL.classify(f"well {toned}")
    assert sentiment.score == MODEL.classify(f"well {plain}").score
    assert toned in because(sentiment)


@pytest.mark.parametrize(
    "text",
    [
        "die Katze ist da",
        "wann kommt die Bahn?",
        "kein Problem",
        "le pain est bon",
        "qué mala suerte",
        "het kind is dood",
        "没问题！",
        "Нет проблем",
    ],
)
def test_other_languages_are_neutral_and_the_model_is_unsure(text: str) -> None:
    sentiment = MODEL.classify(text)
    assert (sentiment.label, sentiment.because) == ("neutral", ())
    assert sentiment.confidence <= 0.6


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("well-made!", "positive"),
        ("Great!", "positive"),
        ("no regrets, great work", "positive"),
        ("gracias, great work", "positive"),
        ("qué bien 😍", "positive"),
        ("die already", "negative"),
        ("my iPhone is broken :(", "negative"),
    ],
)
def test_english_words_and_emoji_keep_their_feeling(text: str, label: str) -> None:
    assert MODEL.classify(text).label == label
