"""The texts on which candidates are measured: never trained on, the same on any machine."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..corpora import Corpus, Example, read_tsv
from ..gate import EvaluationSet, evaluation_set
from ..holdout import LABELLED, PACKAGED, held_out

CHAT = Path(__file__).parents[1] / "benchmarks" / "chat.tsv"

LEAST_LABELS = 30
LEAST_PEOPLE = 3
"""Held-back labels decide about candidates only where there are so many, from so many people."""

# Snippets of film reviews are half of everything held out, and least like chat.
_UNLIKE_CHAT = ("films",)


def split(corpora: Iterable[Corpus]) -> tuple[list[Corpus], list[Example]]:
    """Return the corpora without their held-out part, and that part."""
    kept: list[Corpus] = []
    held: list[Example] = []
    for corpus in corpora:
        left = Corpus(corpus.name, [], corpus.rejected)
        for example in corpus.examples:
            (held if held_out(example.text, PACKAGED) else left.examples).append(example)
        kept.append(left)
    return kept, held


def split_labels(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """Return the labelled examples to train on, and those held back."""
    kept: list[Example] = []
    held: list[Example] = []
    for example in examples:
        (held if held_out(example.text, LABELLED) else kept).append(example)
    return kept, held


def fixed_sets(held: Sequence[Example]) -> list[EvaluationSet]:
    """Return the sets that every candidate is measured on."""
    packaged = [e for e in held if e.source not in _UNLIKE_CHAT]
    chat = read_tsv(CHAT).examples
    return [_set("packages", packaged), _set("chat", chat)]


def label_set(held: Sequence[Example], people: int) -> EvaluationSet | None:
    """Return the held-back labels as a set, or None where there are too few to decide anything."""
    if len(held) < LEAST_LABELS or people < LEAST_PEOPLE:
        return None
    return _set("labels", held, weighted=True)


def _set(name: str, examples: Sequence[Example], *, weighted: bool = False) -> EvaluationSet:
    rows = [(e.text, e.shares, e.source, e.weight if weighted else 1.0) for e in examples]
    return evaluation_set(name, rows)
