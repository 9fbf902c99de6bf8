"""Corpora in, a fitted scikit-learn pipeline out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.pipeline import Pipeline

from . import lexicon, recipe, textblob_tables
from .corpora import Example
from .features import TextFeatures
from .metrics import measure
from .pool import LogLinearPool
from .vectors import vectors_for


@dataclass(frozen=True)
class Trained:
    """A pipeline and what it scored on the texts that a first fit did not see."""

    pipeline: Pipeline
    metrics: dict[str, float | int]


def train(examples: Sequence[Example]) -> Trained:
    """Fit on a part to measure, then on everything to use.

    The vocabulary and the word vectors are those of all texts in both: they know no label.
    """
    order = np.random.default_rng(recipe.SEED).permutation(len(examples))
    held_out = max(1, int(len(examples) * recipe.HELD_OUT))
    unseen, seen = order[:held_out], order[held_out:]
    prepared = _prepare(examples)
    measured = prepared.fit(seen)
    labels = [int(np.argmax(examples[i].shares)) for i in unseen]
    metrics = measure(labels, measured.predict_proba(prepared.matrix[unseen]))
    return Trained(prepared.pipeline(prepared.fit(order)), metrics)


def fit(examples: Sequence[Example]) -> Pipeline:
    """Fit the recipe to some examples."""
    prepared = _prepare(examples)
    return prepared.pipeline(prepared.fit(np.arange(len(examples))))


@dataclass(frozen=True)
class _Prepared:
    """Examples as the classifier gets them; turning texts into features takes longest, so it is done once."""

    features: TextFeatures
    matrix: sp.csr_matrix
    vectors: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]

    def fit(self, rows: npt.NDArray[np.intp]) -> LogLinearPool:
        """Fit the classifier to some of the examples."""
        pool = LogLinearPool(recipe.VIEWS, self.features.blocks, recipe.BALANCE, recipe.TEMPERATURE)
        rows = np.sort(rows)
        return pool.fit(self.matrix[rows], self.shares[rows], self.weights[rows], self.vectors)

    def pipeline(self, pool: LogLinearPool) -> Pipeline:
        """Return the classifier with the features before it."""
        return Pipeline([("features", self.features), ("pool", pool)])


def _prepare(examples: Sequence[Example]) -> _Prepared:
    texts = [example.text for example in examples]
    words, vectors = vectors_for(texts, recipe.DIMENSIONS)
    features = TextFeatures(
        lexicon.build(), textblob_tables.read(), words, recipe.MIN_WORDS, recipe.MIN_PIECES
    )
    return _Prepared(
        features,
        features.fit_transform(texts),
        vectors,
        np.array([example.shares for example in examples]),
        np.array([example.weight for example in examples]),
    )
