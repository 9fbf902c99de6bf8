"""Labels of readers as training data: weighted by trust, limited for each person, useless to a vandal."""

import pytest

from chalicelib.domain.sentiment import Label
from trainer.learning.votes import MAX_LABELS_JUDGED_ALONE, MAX_LABELS_PER_PERSON, MAX_WEIGHT, Labelled, learn

HONEST = [f"friend-{n}" for n in range(5)]


def agreed(texts: int = 20, label: Label = "positive") -> list[Labelled]:
    return [Labelled(f"text number {n}", dict.fromkeys(HONEST, label)) for n in range(texts)]


def vandal_everywhere(messages: list[Labelled], label: Label = "negative") -> list[Labelled]:
    return [Labelled(m.text, {**m.labels, "vandal": label}) for m in messages]


def test_without_labels_there_is_nothing_to_learn() -> None:
    learned = learn([])
    assert (learned.examples, learned.people, learned.labels) == ([], 0, 0)


def test_a_text_that_many_agree_on_counts_more_than_the_label_of_one_trusted_person() -> None:
    examples = learn([*agreed(), Labelled("alone", {HONEST[0]: "positive"})]).examples
    weights = {example.text: example.weight for example in examples}
    assert weights["text number 0"] > 3 * weights["alone"] > 0
    assert {example.shares for example in examples} == {(0.0, 0.0, 1.0)}


def test_two_people_who_agree_are_enough_to_teach_something() -> None:
    [example] = learn([Labelled("good", {"ada": "positive", "bob": "positive"})]).examples
    assert 0 < example.weight < 1


def test_no_text_counts_more_than_the_maximum() -> None:
    crowd: dict[str, Label] = {f"person-{n}": "neutral" for n in range(100)}
    assert learn([Labelled(f"text {n}", crowd) for n in range(10)]).examples[0].weight == MAX_WEIGHT


def test_a_text_on_which_people_disagree_is_left_out() -> None:
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


def test_ten_thousand_labels_of_one_vandal_teach_nothing() -> None:
    vandalism = [Labelled(f"the weather is good {n}", {"vandal": "negative"}) for n in range(10_000)]
    learned = learn([*agreed(), *vandalism])
    assert learned.examples == learn(agreed()).examples
    assert learned.untrusted == 10_000


def test_a_trusted_person_teaches_at_most_ten_texts_alone() -> None:
    vandalism = [Labelled(f"the weather is good {n}", {HONEST[0]: "negative"}) for n in range(10_000)]
    added = [e for e in learn([*agreed(), *vandalism]).examples if e.text.startswith("the weather")]
    assert len(added) == MAX_LABELS_JUDGED_ALONE
    assert all(example.weight < 1 for example in added)


def test_ten_thousand_messages_of_one_text_are_one_vote() -> None:
    vandalism = [Labelled("The  Weather is GOOD", {HONEST[0]: "negative"}) for _ in range(10_000)]
    learned = learn([*agreed(), *vandalism])
    assert len(learned.examples) == 21
    assert learned.labels == 20 * len(HONEST) + 1


def test_a_vandal_cannot_reduce_the_trust_in_others_by_contradicting_them() -> None:
    messages = agreed(200)
    trusted = learn(messages).examples[0].weight
    assert learn(vandal_everywhere(messages)).examples[0].weight == pytest.approx(trusted, abs=0.3)


def test_the_labels_that_count_do_not_depend_on_the_order_of_the_messages() -> None:
    messages = [*agreed(), *(Labelled(f"alone {n}", {HONEST[0]: "positive"}) for n in range(500))]
    first = learn(messages).examples
    assert len(first) == 20 + MAX_LABELS_JUDGED_ALONE
    assert learn(reversed(messages)).examples == first


def test_labels_that_others_have_judged_as_well_count_first() -> None:
    alone = [Labelled(f"alone {n}", {HONEST[0]: "positive"}) for n in range(500)]
    examples = learn([*alone, *agreed()]).examples
    assert sum(e.text.startswith("text number") for e in examples) == 20


def test_a_limited_number_of_labels_that_others_have_judged_counts() -> None:
    learned = learn(agreed(200))
    assert len(learned.examples) == MAX_LABELS_PER_PERSON


def test_an_empty_text_is_no_example() -> None:
    assert learn([Labelled("  ", {"ada": "positive"})]).examples == []
