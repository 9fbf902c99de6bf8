"""Which texts are never trained on, so that every model can be measured on them."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from .corpora import Corpus, Example

SPLIT = "sha256-tenth-1"
"""Name of the split in the manifests of models that were trained without the held-out part."""

PACKAGED = 0.1
"""Part of the packaged corpora that is held out."""

LABELLED = 0.2
"""Part of the texts that people labelled that is held out."""

_RANGE = 2**32


def normal(text: str) -> str:
    """Return a text in lower case with single spaces: what differs only in these is the same text."""
    return " ".join(text.casefold().split())


def held_out(text: str, part: float) -> bool:
    """Tell whether a text is in the held-out part.

    It follows from the text alone: a text is never in training one day and in the evaluation the next, so a
    live model can be compared with a candidate on texts that neither has seen.
    """
    digest = sha256(f"undertone {normal(text)}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / _RANGE < part


def split(corpora: Iterable[Corpus]) -> tuple[list[Corpus], list[Example]]:
    """Return the corpora without their held-out part, and that part: only what people said of a text."""
    kept: list[Corpus] = []
    held: list[Example] = []
    for corpus in corpora:
        left = replace(corpus, examples=[])
        for example in corpus.examples:
            measured = corpus.judged and held_out(example.text, PACKAGED)
            (held if measured else left.examples).append(example)
        kept.append(left)
    return kept, held


def split_labels(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """Return the labelled examples to train on, and those held back."""
    kept: list[Example] = []
    held: list[Example] = []
    for example in examples:
        (held if held_out(example.text, LABELLED) else kept).append(example)
    return kept, held


def mark(held: bool) -> dict[str, str]:
    """Return what the manifest says of a model: whether it was trained without the held-out part."""
    return {"heldOut": SPLIT} if held else {}
