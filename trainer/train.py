"""Corpora in, a fitted scikit-learn pipeline out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.pipeline import Pipeline

from . import lexicon, textblob_tables
from .corpora import Example
from .features import Blocks, TextFeatures
from .metrics import measure
from .pool import LogLinearPool
from .recipe import BALANCE, DEFAULT, DIMENSIONS, Recipe
from .vectors import vectors_for


@dataclass(frozen=True)
class Trained:
    """A pipeline and what it scored on the texts that a first fit did not see."""

    pipeline: Pipeline
    metrics: dict[str, float | int]


def train(examples: Sequence[Example], held: Sequence[Example], *, hold_out: bool) -> Trained:
    """Fit, and measure on texts that the measured fit did not see.

    Parameters
    ----------
    examples
        What to learn from.
    held
        What to measure on; without ``hold_out`` it is learned from as well, in a second fit that is used.
        The vocabulary and the word vectors are then those of all texts: they know no label.
    """
    prepared = _prepare(examples if hold_out else [*examples, *held])
    measured = prepared.pipeline(prepared.fit(len(examples)))
    metrics = {}
    if held:
        labels = [int(np.argmax(example.shares)) for example in held]
        metrics = measure(labels, measured.predict_proba([example.text for example in held]))
    return Trained(measured if hold_out else prepared.pipeline(prepared.fit()), metrics)


def fit(examples: Sequence[Example], recipe: Recipe = DEFAULT) -> Pipeline:
    """Fit a recipe to some examples."""
    prepared = _prepare(examples, recipe)
    return prepared.pipeline(prepared.fit())


@dataclass(frozen=True)
class _Prepared:
    """Examples as the classifier gets them; turning texts into features takes longest, so it is done once."""

    recipe: Recipe
    features: TextFeatures
    columns: Blocks
    vectors: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]

    def fit(self, first: int | None = None) -> LogLinearPool:
        """Fit the classifier to the first examples, or to all."""
        pool = LogLinearPool(
            self.recipe.views,
            self.features.blocks,
            BALANCE,
            self.recipe.softness,
            self.recipe.neutral,
            self.recipe.leanings,
        )
        columns = self.columns
        if first is not None:
            columns = {name: block[:first] for name, block in columns.items()}
        return pool.fit(columns, self.shares[:first], self.weights[:first], self.vectors)

    def pipeline(self, pool: LogLinearPool) -> Pipeline:
        """Return the classifier with the features before it."""
        return Pipeline([("features", self.features), ("pool", pool)])


def _prepare(examples: Sequence[Example], recipe: Recipe = DEFAULT) -> _Prepared:
    texts = [example.text for example in examples]
    words, vectors = vectors_for(texts, DIMENSIONS) if recipe.reads_meanings else ([], np.empty((0, 0)))
    features = TextFeatures(
        lexicon.build(), textblob_tables.read(faces=False), words, recipe.min_words, recipe.min_pieces
    )
    return _Prepared(
        recipe,
        features,
        features.learn(texts),
        vectors,
        np.array([example.shares for example in examples]),
        np.array([example.weight for example in examples]),
    )
