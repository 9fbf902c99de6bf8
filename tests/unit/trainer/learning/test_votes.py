"""Labels of readers as training data: weighted by trust, limited for each person, useless to a vandal."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from chalicelib.domain.sentiment import Label
from trainer.learning import votes
from trainer.learning.pairs import MAX_TEXTS, MAX_TEXTS_OF_A_WORD
from trainer.learning.voices import KNOWN, PROVEN, Labelled, Voice
from trainer.learning.votes import MAX_LABELS_PER_WEEK, MAX_WEIGHT, Learned

HONEST = [f"friend-{n}" for n in range(5)]


def learn(messages: Iterable[Labelled], points: int = PROVEN, strangers: str = "stranger") -> Learned:
    """Learn from messages; everybody is a voice of so many points, except who is called a stranger."""
    every = list(messages)
    ids = {person for message in every for person in message.labels if not person.startswith(strangers)}
    return votes.learn(every, {one: Voice(one, points) for one in ids})


def agreed(texts: int = 20, label: Label = "positive") -> list[Labelled]:
    return [Labelled(f"text number {n}", dict.fromkeys(HONEST, label)) for n in range(texts)]


def vandal_everywhere(messages: list[Labelled], label: Label = "negative") -> list[Labelled]:
    return [Labelled(m.text, {**m.labels, "vandal": label}) for m in messages]


def test_without_labels_there_is_nothing_to_learn() -> None:
    learned = learn([])
    assert (learned.examples, learned.people, learned.labels) == ([], 0, 0)


def test_a_text_that_many_agree_on_counts_more_than_one_that_two_do() -> None:
    examples = learn([*agreed(), Labelled("two", dict.fromkeys(HONEST[:2], "positive"))]).examples
    weights = {example.text: example.weight for example in examples}
    assert weights["text number 0"] > 1.5 * weights["two"] > 0
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
    assert learned.left_out["disputed"] == 1
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
    assert learned.left_out["too few"] == 10_000


def test_somebody_whom_all_trust_teaches_nothing_alone() -> None:
    alone = [Labelled(f"the weather is good {n}", {HONEST[0]: "negative"}) for n in range(100)]
    assert learn([*agreed(), *alone]).examples == learn(agreed()).examples


def test_ten_thousand_messages_of_one_text_are_one_vote() -> None:
    copies = [Labelled("The  Weather is GOOD", dict.fromkeys(HONEST[:2], "positive")) for _ in range(10_000)]
    learned = learn([*agreed(), *copies])
    assert len(learned.examples) == 21
    assert learned.labels == 20 * len(HONEST) + 2


def test_strangers_change_nothing_however_many_they_are() -> None:
    crowd: dict[str, Label] = {f"stranger-{n}": "negative" for n in range(20)}
    steered = [Labelled(f"Grace joined the call {n}", crowd) for n in range(30)]
    contradicted = [Labelled(m.text, {**m.labels, **crowd}) for m in agreed()]
    learned = learn([*contradicted, *steered])
    assert learned.examples == learn(agreed()).examples
    assert learned.left_out["strangers"] == 30
    assert learned.voices == len(HONEST)


def test_two_names_of_one_voice_are_one_vote_and_say_nothing_if_they_differ() -> None:
    one = Voice("host", PROVEN)
    names = {"host": one, "guest": one}
    both = [Labelled(f"Grace is here {n}", {"host": "negative", "guest": "negative"}) for n in range(30)]
    assert votes.learn(both, names).examples == []
    voices = {**names, **{one: Voice(one, PROVEN) for one in HONEST}}
    torn = Labelled(
        "text number 0", {**dict.fromkeys(HONEST, "positive"), "host": "positive", "guest": "neutral"}
    )
    whole = Labelled("text number 0", dict.fromkeys(HONEST, "positive"))
    assert votes.learn([torn], voices).examples == votes.learn([whole], voices).examples


def test_two_known_voices_teach_next_to_nothing_of_a_word_until_a_third_agrees() -> None:
    pair: dict[str, Label] = {"ann": "negative", "ben": "negative"}
    steered = [Labelled(f"Grace joined call{n}", pair) for n in range(30)]
    assert len(learn(steered, KNOWN).examples) == MAX_TEXTS_OF_A_WORD
    third: dict[str, Label] = {**pair, "cleo": "negative"}
    assert len(learn([Labelled(m.text, third) for m in steered], KNOWN).examples) == 30


def test_two_known_voices_teach_few_texts_however_they_disguise_the_word() -> None:
    pair: dict[str, Label] = {"ann": "negative", "ben": "negative"}
    disguised = [Labelled(f"{n}grace{n}", pair) for n in range(100)]
    assert len(learn(disguised, KNOWN).examples) == MAX_TEXTS


def test_a_proven_voice_and_a_known_one_are_enough() -> None:
    said: dict[str, Label] = {"ann": "positive", "ben": "positive"}
    voices = {"ann": Voice("ann", PROVEN), "ben": Voice("ben", KNOWN)}
    messages = [Labelled(f"a frabjous day {n}", said) for n in range(30)]
    assert len(votes.learn(messages, voices).examples) == 30


def test_a_vandal_cannot_reduce_the_trust_in_others_by_contradicting_them() -> None:
    messages = agreed(200)
    trusted = learn(messages).examples[0].weight
    assert learn(vandal_everywhere(messages)).examples[0].weight == pytest.approx(trusted, abs=0.3)


def test_the_labels_that_count_do_not_depend_on_the_order_of_the_messages() -> None:
    messages = [*agreed(200), *(Labelled(f"alone {n}", {HONEST[0]: "positive"}) for n in range(500))]
    first = learn(messages).examples
    assert len(first) == MAX_LABELS_PER_WEEK
    assert learn(reversed(messages)).examples == first


def test_labels_that_others_have_judged_as_well_count_first() -> None:
    alone = [Labelled(f"alone {n}", {HONEST[0]: "positive"}) for n in range(500)]
    examples = learn([*alone, *agreed()]).examples
    assert sum(e.text.startswith("text number") for e in examples) == 20


def test_a_limited_number_of_labels_counts_each_week_and_the_rest_is_called_what_it_is() -> None:
    learned = learn(agreed(200))
    assert len(learned.examples) == MAX_LABELS_PER_WEEK
    assert learned.left_out["over the cap"] == 200 - MAX_LABELS_PER_WEEK
    assert learned.left_out["untrusted"] == 0


def test_the_cap_renews_each_week_and_what_was_learned_stays() -> None:
    weeks = [
        [
            Labelled(
                m.text + f" of {week}", m.labels, "", (date(2026, 1, 5) + timedelta(7 * week)).isoformat()
            )
            for m in agreed(200)
        ]
        for week in range(4)
    ]
    before: set[str] = set()
    for known in range(1, 5):
        now = {e.text for e in learn([m for week in weeks[:known] for m in week]).examples}
        assert len(now) == known * MAX_LABELS_PER_WEEK
        assert before <= now
        before = now


def test_nobody_has_more_than_half_of_what_is_taught() -> None:
    busy = [Labelled(f"seen {n}", {HONEST[0]: "neutral", HONEST[n % 4 + 1]: "neutral"}) for n in range(50)]
    assert 0.3 < learn(busy).largest_share <= 0.5


def test_an_empty_text_is_no_example() -> None:
    assert learn([Labelled("  ", {"ada": "positive"})]).examples == []
