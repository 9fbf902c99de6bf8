"""The texts on which candidates are measured: never trained on, the same on any machine."""

from collections.abc import Sequence
from pathlib import Path

from ..corpora import Example, read_tsv
from ..gate import EvaluationSet, evaluation_set

_BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
CHAT = _BENCHMARKS / "chat.tsv"
WORK = _BENCHMARKS / "work.tsv"
"""Talk and idioms of people at work, labelled in two passes before any model's output was seen."""

LABEL_SET = "labels"
MIN_LABELS = 30
MIN_VOICES = 3
"""Held-back labels decide about candidates only if there are so many, from so many people of their own."""

# Snippets of film reviews are half of everything held out, and least like chat.
_UNLIKE_CHAT = ("films",)


def fixed_sets(held: Sequence[Example]) -> list[EvaluationSet]:
    """Return the sets that every candidate is measured on."""
    packaged = [e for e in held if e.source not in _UNLIKE_CHAT]
    return [
        _set("packages", packaged),
        _set("chat", read_tsv(CHAT).examples),
        _set("work", read_tsv(WORK).examples),
    ]


def label_set(held: Sequence[Example], voices: int) -> EvaluationSet | None:
    """Return the held-back labels as a set, or None if there are too few to decide anything."""
    if len(held) < MIN_LABELS or voices < MIN_VOICES:
        return None
    return _set(LABEL_SET, held, weighted=True)


def _set(name: str, examples: Sequence[Example], *, weighted: bool = False) -> EvaluationSet:
    rows = [(e.text, e.shares, e.source, e.weight if weighted else 1.0) for e in examples]
    return evaluation_set(name, rows)
