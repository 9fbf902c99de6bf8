"""What kind of text feelings stand in."""

import pytest

from chalicelib.sentiment import stance, valence
from chalicelib.sentiment.stance import Stance
from chalicelib.sentiment.text import clean, tokenize

LEXICON = {"worried": -2.0, "horrible": -2.5, "error": -1.0, "great": 3.0, "hate": -2.5, ":(": -2.0}


def read(text: str) -> Stance:
    tokens = tokenize(clean(text))
    return stance.read(tokens, valence.read(tokens, LEXICON).feelings)


def test_an_opinion_is_told_from_a_state_of_things() -> None:
    found = read("a horrible error")
    assert (found.attitudes, found.states) == ([2.5], [1.0])


def test_a_face_is_an_opinion_whatever_it_stands_in() -> None:
    found = read("there is an error in the compiler :(")
    assert (found.attitudes, found.states) == ([2.0], [1.0])


def test_praise_is_neither() -> None:
    assert read("great") == Stance(0.0, [], [], 0.0)


@pytest.mark.parametrize(
    "text", ["if you are worried", "should anybody be worried?", "no need to be worried"]
)
def test_what_is_only_considered_weighs_less(text: str) -> None:
    assert sum(read(text).attitudes) < sum(read("we are worried").attitudes) / 2


@pytest.mark.parametrize("text", ["to see it run is horrible", "I would hate it", "without it, horrible"])
def test_an_opinion_in_the_infinitive_or_subjunctive_counts_fully(text: str) -> None:
    assert read(text).attitudes == [2.5]


def test_what_the_reader_may_feel_weighs_less_than_what_the_speaker_feels() -> None:
    assert sum(read("you will be worried").attitudes) < sum(read("I am worried").attitudes) / 2
    assert sum(read("if you are worried").attitudes) < sum(read("you are worried").attitudes)
    assert read("you know that I hate it").attitudes == [2.5]
    assert read("your error is horrible").attitudes == [2.5]
    assert read("you worried").felt == 0.0


def test_a_sentence_ends_what_is_considered() -> None:
    assert read("should it run? they are worried").attitudes == [2.0]
    assert read("can you see it? it is horrible").attitudes == [2.5]


def test_what_the_speaker_says_of_themselves_is_felt() -> None:
    assert read("I hate that error").felt == pytest.approx(3.5)
    assert read("people hate it").felt == 0.0
    assert read("if I hate it").felt == 0.0


def test_words_of_technology_and_code_make_a_text_technical() -> None:
    assert read("the compiler inlines the method of the class").technical == 1.0
    assert read("see src/main.py and `run()`").technical == 1.0
    assert read("we had dinner at the lake and walked home").technical == 0.0
    assert 0.0 < read("the event was moved to the next week because of the rain").technical < 0.5
