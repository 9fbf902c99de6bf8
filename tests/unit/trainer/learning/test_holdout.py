"""The split that training never sees."""

from trainer.corpora import Corpus, Example
from trainer.holdout import LABELLED, PACKAGED, held_out, normal, split, split_labels
from trainer.learning.evaluation_sets import MIN_LABELS, fixed_sets, label_set
from trainer.lessons import lessons

EXAMPLES = [Example(f"text number {n}", (0.0, 1.0, 0.0), "tweets") for n in range(2_000)]


def test_about_the_named_part_is_held_out() -> None:
    for part in (PACKAGED, LABELLED):
        share = sum(held_out(example.text, part) for example in EXAMPLES) / len(EXAMPLES)
        assert abs(share - part) < 0.03


def test_case_and_spaces_do_not_move_a_text_to_the_other_part() -> None:
    for example in EXAMPLES[:100]:
        assert held_out(f"  {example.text.upper()}\n", LABELLED) == held_out(example.text, LABELLED)


def test_every_text_is_in_exactly_one_part() -> None:
    [kept], held = split([Corpus("tweets", EXAMPLES)])
    assert {e.text for e in kept.examples}.isdisjoint(e.text for e in held)
    assert len(kept.examples) + len(held) == len(EXAMPLES)
    trained, back = split_labels(EXAMPLES)
    assert len(trained) + len(back) == len(EXAMPLES)


def test_the_fixed_sets_are_the_packages_and_the_benchmarks_of_chat_and_work() -> None:
    packages, chat, work = fixed_sets(split([Corpus("tweets", EXAMPLES)])[1])
    assert (packages.name, chat.name, work.name) == ("packages", "chat", "work")
    assert len(packages.texts) > 100 and len(chat.texts) > 100 and len(work.texts) >= 300
    assert set(chat.labels) == set(work.labels) == {0, 1, 2}


def test_no_line_of_a_benchmark_is_taught() -> None:
    benchmarks = {normal(text) for data in fixed_sets([])[1:] for text in data.texts}
    [taught] = [corpus for corpus in lessons() if corpus.name == "work"]
    assert len(taught.examples) > 2_500
    assert benchmarks.isdisjoint(normal(example.text) for example in taught.examples)


def test_few_labels_or_labels_of_few_people_decide_nothing() -> None:
    assert label_set(EXAMPLES[: MIN_LABELS - 1], voices=10) is None
    assert label_set(EXAMPLES[:MIN_LABELS], voices=2) is None
    assert label_set(EXAMPLES[:MIN_LABELS], voices=3) is not None
