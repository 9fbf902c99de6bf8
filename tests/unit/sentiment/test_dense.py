"""The table of dense features."""

import pytest

from chalicelib.sentiment.dense import FEATURES
from chalicelib.sentiment.featuriser import Featuriser
from chalicelib.sentiment.pattern import PatternAnalyzer, PatternTables

FEATURISER = Featuriser(
    {"good": 2.0, "bad": -2.0}, PatternAnalyzer(PatternTables({}, {}, "$^", frozenset(), ""))
)


def feature(name: str, text: str) -> float:
    names = [each.name for each in FEATURES]
    return FEATURISER.features(text).dense[names.index(name)]


def test_every_feature_has_a_name_of_its_own() -> None:
    assert len({each.name for each in FEATURES}) == len(FEATURES)


def test_a_text_has_one_value_for_each_feature() -> None:
    assert len(FEATURISER.features("good").dense) == len(FEATURES)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("highest", "good"),
        ("positive_count", "good"),
        ("exclamations", "hi!"),
        ("questions", "what? no"),
        ("asks", "what?"),
        ("trails_off", "well..."),
        ("capitals", "HELLO"),
        ("drawls", "soooo"),
        ("hashtags", "#sun"),
        ("links", "https://example.com"),
        ("users", "@ada"),
        ("numbers", "12"),
        ("codes", "run `make` now"),
        ("positive_density", "good"),
        ("negations", "never"),
        ("contrast", "yes but no"),
        ("log_length", "word"),
        ("is_empty", ""),
        ("attitude_sum", "bad"),
        ("strongest_attitude", "bad"),
        ("attitude_density", "bad"),
        ("felt", "I am bad"),
        ("technical", "the compiler"),
        ("technical_length", "the compiler"),
        ("technical_attitude", "a bad compiler"),
        ("technical_strongest", "a bad compiler"),
        ("technical_felt", "my compiler is bad"),
        ("technical_compound", "a good compiler"),
        ("technical_exclamations", "the compiler!"),
        ("technical_question", "which compiler?"),
    ],
)
def test_a_feature_has_the_value_that_its_name_says(name: str, text: str) -> None:
    assert feature(name, text) > 0
    assert feature(name, "the door" if name != "log_length" else "") == 0.0


def test_a_valence_is_in_exactly_one_bin() -> None:
    bins = [each.name for each in FEATURES if each.name.startswith("compound_bin_")]
    assert [feature(name, "good") for name in bins].count(1.0) == 1
    assert [feature(name, "the door") for name in bins] == [0.0] * len(bins)


def test_feelings_are_as_dense_in_a_text_that_repeats_itself_less_than_their_sum() -> None:
    once, often = "it is bad", "it is bad " * 9
    assert feature("negative_density", often) == pytest.approx(3 * feature("negative_density", once))


def test_a_short_spelling_is_not_a_drawl() -> None:
    assert feature("drawls", "luv u") == 0.0
    assert feature("drawls", "soooo") == 1.0


def test_style_says_nothing_about_single_words() -> None:
    style = {each.name for each in FEATURES if each.style}
    assert {"exclamations", "capitals", "log_length"} <= style
    assert not style & {"compound", "highest", "positive_symbols", "pattern_polarity", "compound_bin_0"}
