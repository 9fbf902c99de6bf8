"""Fits a candidate and measures it beside what it would replace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from sklearn.pipeline import Pipeline

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.manifest import Manifest

from .. import gate
from ..corpora import Corpus, Example
from ..gate import Comparison, EvaluationSet
from ..holdout import SPLIT, split, split_labels
from ..predictions import predictions
from .votes import SOURCE, Learned

Fit = Callable[[Sequence[Example]], Pipeline]

_SOURCES = (Path(__file__).parents[1], Path(__file__).parents[2] / "chalice_app" / "chalicelib" / "sentiment")


@dataclass(frozen=True)
class Rival:
    """A model that a candidate must not be worse than."""

    name: str
    manifest: Manifest
    model: CompiledModel

    def fair(self, data: EvaluationSet) -> bool:
        """Whether this model has not seen the texts of a set in its training."""
        return data.name != "packages" or self.manifest.content.get("heldOut") == SPLIT


@dataclass(frozen=True)
class Material:
    """What a run trains on and what it keeps back."""

    corpora: list[Corpus]
    packaged: list[Example]
    labels: list[Example]
    held_packaged: list[Example]
    held_labels: list[Example]

    @property
    def examples(self) -> list[Example]:
        """Everything to train on."""
        return [*self.packaged, *self.labels]

    def labelled(self, labels: list[Example]) -> "Material":
        """Return the same with other labels to train on."""
        packaged = [corpus for corpus in self.corpora if corpus.name != SOURCE]
        return replace(self, corpora=[*packaged, Corpus(SOURCE, labels)], labels=labels)


def material(corpora: Sequence[Corpus], learned: Learned) -> Material:
    """Split corpora and labels into what is trained on and what is held back."""
    kept, held = split(corpora)
    labels, held_labels = split_labels(learned.examples)
    packaged = [example for corpus in kept for example in corpus.examples]
    return Material([*kept, Corpus(SOURCE, labels)], packaged, labels, held, held_labels)


def fingerprint(learned: Learned) -> str:
    """Return a digest of the labels and of all code and data files that make a model of them."""
    digest = sha256()
    for example in learned.examples:
        digest.update(repr((example.text, example.shares, example.weight)).encode())
    for folder in _SOURCES:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".tsv", ".txt", ".npz"):
                digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def compare(
    candidate: CompiledModel, rivals: Sequence[Rival], sets: Sequence[EvaluationSet]
) -> list[Comparison]:
    """Compare a candidate with its rivals on every set that is fair to both."""
    found: list[Comparison] = []
    for data in sets:
        for rival in rivals:
            if rival.fair(data):
                ours, theirs = predictions(candidate, data), predictions(rival.model, data)
                found.append(gate.compare(data, rival.name, ours, theirs))
    return found


def unlabelled(material: Material, fit: Fit, ours: CompiledModel, data: EvaluationSet) -> Comparison | None:
    """Compare a candidate with the same recipe without labels, for a set on which no rival is a fair one.

    A model that saw the held-out texts in its training is no measure on them. None if the candidate was
    made without labels itself.
    """
    if not material.labels:
        return None
    plain = fit(material.packaged).predict_proba(data.texts)
    return gate.compare(data, "without labels", predictions(ours, data), plain)
