"""Which texts a candidate reads worse than what it would replace, and which labels taught it that."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.stopwords import STOP_WORDS

from ..corpora import LABELS, Example
from ..gate import Comparison, EvaluationSet
from ..predictions import predictions
from .evaluation_sets import LABEL_SET
from .training import Rival

MAX_GROUPS = 20
"""How many groups are left out at once, those first that cost most."""

_WORD = re.compile(r"\w{3,}", re.UNICODE)


@dataclass(frozen=True)
class Flipped:
    """A held-out text of which a candidate and its rival say different things; ``now`` is what it says."""

    set: str
    text: str
    right: str
    now: str

    @property
    def public(self) -> bool:
        """Whether the text is one of the packaged ones, and nobody's message."""
        return self.set != LABEL_SET

    @property
    def lost(self) -> bool:
        """Whether the rival was right; otherwise the candidate is."""
        return self.now != self.right

    def __str__(self) -> str:
        return f"\u201c{self.text[:80]}\u201d is {self.right}, and would be called {self.now}"


@dataclass(frozen=True)
class Group:
    """Labelled texts that were left out: those of one label with a word of a text that was lost, or all."""

    label: str
    word: str
    texts: int

    def to_content(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return asdict(self)

    def __str__(self) -> str:
        which = f"with \u201c{self.word}\u201d " if self.word else ""
        return f"{self.texts} texts {which}labelled {self.label}"


def flipped(
    candidate: CompiledModel,
    rivals: Sequence[Rival],
    sets: Sequence[EvaluationSet],
    comparisons: Iterable[Comparison],
) -> list[Flipped]:
    """Return the texts that either lost or gained, of each comparison in which a candidate is worse."""
    by_set, by_name = {data.name: data for data in sets}, {rival.name: rival for rival in rivals}
    found: dict[Flipped, None] = {}
    for comparison in comparisons:
        rival = by_name.get(comparison.against)
        if not comparison.worse or rival is None:
            continue
        data = by_set[comparison.set]
        ours, theirs = (predictions(one, data).argmax(axis=1) for one in (candidate, rival.model))
        for i in np.flatnonzero((ours != theirs) & ((ours == data.labels) | (theirs == data.labels))):
            found[Flipped(data.name, data.texts[i], LABELS[data.labels[i]], LABELS[ours[i]])] = None
    return list(found)


def groups(labelled: Sequence[Example], changed: Sequence[Flipped]) -> list[Group]:
    """Return the groups of labelled texts that cost more than they brought.

    A text that is called negative now, and wrongly, was turned by texts labelled negative that share a word
    with it. A word is blamed for the texts lost with it beyond those gained. Only words of public texts are,
    so that a report can name them. If no word explains anything, the label to which most was lost is left
    out altogether.
    """
    found: list[Group] = []
    open_ = [each for each in changed if each.lost and each.public]
    while open_ and len(found) < MAX_GROUPS:
        group = _worst(labelled, open_, [each for each in changed if not each.lost])
        if group is None:
            break
        found.append(group)
        labelled = without(labelled, [group])
        open_ = [e for e in open_ if e.now != group.label or group.word not in words(e.text)]
    return found or everything_of_one_label(labelled, changed)


def everything_of_one_label(labelled: Sequence[Example], changed: Sequence[Flipped]) -> list[Group]:
    """Return all labelled texts of the label to which most texts were lost, as a group."""
    there = Counter(example.label for example in labelled)
    lost = Counter(each.now for each in changed if each.lost and there[each.now])
    label, _ = next(iter((lost or there).most_common(1)), ("", 0))
    return [Group(label, "", there[label])] if label else []


def without(labelled: Sequence[Example], left_out: Sequence[Group]) -> list[Example]:
    """Return the labelled texts that are in none of the groups."""
    named = {(group.label, group.word) for group in left_out}
    return [
        example
        for example in labelled
        if not any((example.label, word) in named for word in ("", *words(example.text)))
    ]


def words(text: str) -> set[str]:
    """Return the words of a text by which it can be blamed."""
    return set(_WORD.findall(text.casefold())) - STOP_WORDS


def _worst(labelled: Sequence[Example], lost: Sequence[Flipped], gained: Sequence[Flipped]) -> Group | None:
    there = Counter((example.label, word) for example in labelled for word in words(example.text))
    cost = Counter((each.now, word) for each in lost for word in words(each.text))
    cost.subtract(Counter((each.now, word) for each in gained for word in words(each.text)))
    ranked = sorted((-number, pair) for pair, number in cost.items() if number > 0 and there[pair])
    if not ranked:
        return None
    _, (label, word) = ranked[0]
    return Group(label, word, there[label, word])
