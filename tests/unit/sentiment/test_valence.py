import pytest

from chalicelib.sentiment.text import tokenize
from chalicelib.sentiment.valence import phrases_of, read

LEXICON = {"good": 2.0, "bad": -2.0, "love": 3.0, "😍": 3.0}


def feel(text: str) -> float:
    return sum(feeling.valence for feeling in read(tokenize(text), LEXICON).feelings)


@pytest.mark.parametrize(
    "text",
    ["not good", "it isn't good", "not a very good film", "never really good", "dont think it's good"],
)
def test_a_negation_turns_the_words_in_its_reach(text: str) -> None:
    assert feel(text) < 0


def test_a_negated_bad_word_is_good_but_less_than_good_itself() -> None:
    assert 0 < feel("not bad") < feel("good")


@pytest.mark.parametrize("text", ["no, good", "not now. good", "not mine but good"])
def test_punctuation_and_contrast_end_a_negation(text: str) -> None:
    assert feel(text) > 0


def test_a_booster_strengthens_and_a_dampener_weakens() -> None:
    assert feel("kinda good") < feel("good") < feel("very good")
    assert feel("very bad") < feel("bad") < feel("kinda bad")


def test_what_follows_but_outweighs_what_came_before() -> None:
    assert feel("good but bad") < 0 < feel("bad but good")


def test_capitals_emphasise_only_among_small_letters() -> None:
    assert feel("that is GOOD") > feel("that is good")
    assert feel("THAT IS GOOD") == feel("that is good")


def test_a_negation_knows_which_word_it_turned() -> None:
    reading = read(tokenize("not good"), LEXICON)
    assert reading.negated_by == [None, 0]
    assert reading.feelings[0].negation == 0


def test_an_emoji_is_never_negated() -> None:
    assert feel("not 😍") > 0


PHRASES = LEXICON | {"can't wait": 2.5, "not bad": 1.5, "wait": -1.0}


def test_a_phrase_counts_as_a_whole_and_its_words_do_not() -> None:
    reading = read(tokenize("i can't wait for it"), PHRASES, phrases_of(PHRASES))
    assert [(f.position, f.valence, f.length) for f in reading.feelings] == [(1, 2.5, 2)]


def test_a_negation_in_a_phrase_does_not_reach_beyond_it() -> None:
    reading = read(tokenize("not bad good"), PHRASES, phrases_of(PHRASES))
    assert reading.negated_by == [None, 0, None]
    assert [f.valence for f in reading.feelings] == [1.5, 2.0]


def test_a_phrase_is_negated_and_strengthened_like_a_word() -> None:
    lexicon = {"looking forward": 2.0}
    phrases = phrases_of(lexicon)
    plain, negated, boosted = (
        read(tokenize(text), lexicon, phrases).feelings[0].valence
        for text in ("looking forward", "not looking forward", "really looking forward")
    )
    assert negated < 0 < plain < boosted


def test_the_longest_phrase_wins() -> None:
    lexicon = {"no way": -0.5, "no way out": -2.0}
    assert [f.valence for f in read(tokenize("no way out"), lexicon, phrases_of(lexicon)).feelings] == [-2.0]
