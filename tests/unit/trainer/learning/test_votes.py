"""Labels of readers as training data: weighted, capped, agreed upon, and useless to a vandal."""

import pytest

from chalicelib.domain.sentiment import Label
from trainer.learning.votes import MOST, PER_PERSON, Labelled, learn

HONEST = [f"friend-{n}" for n in range(5)]


def agreed(texts: int = 20, label: Label = "positive") -> list[Labelled]:
    return [Labelled(f"text number {n}", dict.fromkeys(HONEST, label)) for n in range(texts)]


def vandal_everywhere(messages: list[Labelled], label: Label = "negative") -> list[Labelled]:
    return [Labelled(m.text, {**m.labels, "vandal": label}) for m in messages]


def test_without_labels_there_is_nothing_to_learn() -> None:
    learned = learn([])
    assert (learned.examples, learned.people, learned.labels) == ([], 0, 0)


def test_a_text_that_people_agree_on_counts_more_than_one_persons_word() -> None:
    together = learn(agreed()).examples[0]
    alone = learn([Labelled("text", {"ada": "positive"})]).examples[0]
    assert together.shares == alone.shares == (0.0, 0.0, 1.0)
    assert together.weight > 2 * alone.weight > 0


def test_no_text_counts_more_than_the_most() -> None:
    crowd: dict[str, Label] = {f"person-{n}": "neutral" for n in range(100)}
    assert learn([Labelled(f"text {n}", crowd) for n in range(10)]).examples[0].weight == MOST


def test_where_people_disagree_the_text_is_left_out() -> None:
    messages = agreed()
    messages.append(Labelled("hm", {HONEST[0]: "positive", HONEST[1]: "negative", HONEST[2]: "neutral"}))
    learned = learn(messages)
    assert learned.disputed == 1
    assert "hm" not in {example.text for example in learned.examples}


def test_a_clear_majority_settles_a_dispute_and_keeps_the_doubt() -> None:
    votes: dict[str, Label] = {**dict.fromkeys(HONEST, "positive"), HONEST[0]: "neutral"}
    [hm] = [e for e in learn([*agreed(), Labelled("hm", votes)]).examples if e.text == "hm"]
    assert hm.label == "positive"
    assert hm.shares[1] > 0


def test_a_vandal_who_contradicts_everybody_changes_nothing() -> None:
    messages = agreed(30) + agreed(30, "neutral")
    assert learn(vandal_everywhere(messages)).examples == learn(messages).examples


def test_ten_thousand_labels_of_one_vandal_count_as_fifteen_texts_at_most() -> None:
    vandalism = [Labelled(f"the weather is good {n}", {"vandal": "negative"}) for n in range(10_000)]
    learned = learn([*agreed(), *vandalism])
    added = [e for e in learned.examples if e.text.startswith("the weather")]
    assert len(added) <= PER_PERSON
    assert sum(e.weight for e in added) <= 0.3 * PER_PERSON + 1e-9
    assert learned.labels == 10_000 + 20 * len(HONEST)


def test_ten_thousand_messages_of_one_text_are_one_vote() -> None:
    vandalism = [Labelled("The  Weather is GOOD", {"vandal": "negative"}) for _ in range(10_000)]
    [example] = learn(vandalism).examples
    assert example.weight == pytest.approx(0.3)


def test_a_vandal_cannot_ruin_the_standing_of_others_by_contradicting_them() -> None:
    messages = agreed(200)
    trusted = learn(messages).examples[0].weight
    assert learn(vandal_everywhere(messages)).examples[0].weight == pytest.approx(trusted, abs=0.3)


def test_the_labels_that_count_are_the_same_in_every_run_and_not_the_persons_choice() -> None:
    messages = [Labelled(f"text {n}", {"ada": "positive"}) for n in range(500)]
    first = {e.text for e in learn(messages).examples}
    assert len(first) == PER_PERSON
    assert {e.text for e in learn(reversed(messages)).examples} == first


def test_those_labels_count_first_that_others_have_judged_as_well() -> None:
    alone = [Labelled(f"alone {n}", {HONEST[0]: "positive"}) for n in range(500)]
    examples = learn([*alone, *agreed()]).examples
    assert sum(e.text.startswith("text number") for e in examples) == 20


def test_an_empty_text_is_no_example() -> None:
    assert learn([Labelled("  ", {"ada": "positive"})]).examples == []
