"""Which labels a refused run leaves out: those that share a word with what got worse, and no others."""

from trainer.corpora import Example
from trainer.learning.blame import Flipped, Group, everything_of_one_label, groups, without
from trainer.learning.evaluation_sets import LABEL_SET

SHARES = {"negative": (1.0, 0.0, 0.0), "neutral": (0.0, 1.0, 0.0), "positive": (0.0, 0.0, 1.0)}


def taught(label: str, *texts: str) -> list[Example]:
    return [Example(text, SHARES[label], "labels") for text in texts]


def lost(text: str, now: str = "negative", right: str = "positive", of: str = "work") -> Flipped:
    return Flipped(of, text, right, now)


LABELLED = [
    *taught("negative", "deploy again", "the deploy on friday", "rain all day"),
    *taught("positive", "deploy is done"),
]


def test_labels_that_share_a_word_with_what_was_lost_are_left_out() -> None:
    found = groups(LABELLED, [lost("the deploy went well"), lost("deploy finished")])
    assert found == [Group("negative", "deploy", 2)]
    assert [e.text for e in without(LABELLED, found)] == ["rain all day", "deploy is done"]


def test_a_word_that_brought_as_much_as_it_cost_is_not_blamed() -> None:
    gained = Flipped("work", "deploy is stuck", "negative", "negative")
    changed = [lost("the deploy went well"), lost("rain at last"), gained]
    assert groups(LABELLED, changed) == [Group("negative", "rain", 1)]


def test_each_lost_text_is_blamed_on_one_word() -> None:
    found = groups(LABELLED, [lost("rain during the deploy"), lost("rain and sun")])
    assert found == [Group("negative", "rain", 1)]


def test_if_no_word_explains_what_was_lost_its_label_is_left_out() -> None:
    found = groups(LABELLED, [lost("what a win"), lost("nice")])
    assert found == [Group("negative", "", 3)]
    assert [e.label for e in without(LABELLED, found)] == ["positive"]
    assert everything_of_one_label(LABELLED, [lost("nice", now="positive", right="neutral")]) == [
        Group("positive", "", 1)
    ]


def test_words_of_peoples_messages_are_never_named() -> None:
    assert groups(LABELLED, [lost("the deploy went well", of=LABEL_SET)]) == [Group("negative", "", 3)]


def test_without_labels_nothing_is_left_out() -> None:
    assert groups([], [lost("the deploy went well")]) == []


def test_a_text_that_was_lost_is_told_in_words() -> None:
    assert str(lost("nice one")) == "“nice one” is positive, and would be called negative"
    assert str(Group("negative", "deploy", 2)) == "2 texts with “deploy” labelled negative"
    assert str(Group("negative", "", 3)) == "3 texts labelled negative"
