"""Corpora in, a fitted scikit-learn pipeline out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
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
    """Fit on a part to measure, then on everything to use."""
    order = np.random.default_rng(recipe.SEED).permutation(len(examples))
    held_out = max(1, int(len(examples) * recipe.HELD_OUT))
    measured = fit([examples[i] for i in order[held_out:]])
    unseen = [examples[i] for i in order[:held_out]]
    labels = [int(np.argmax(example.shares)) for example in unseen]
    metrics = measure(labels, measured.predict_proba([example.text for example in unseen]))
    return Trained(fit(examples), metrics)


def fit(examples: Sequence[Example]) -> Pipeline:
    """Fit the recipe to some examples."""
    texts = [example.text for example in examples]
    words, vectors = vectors_for(texts, recipe.DIMENSIONS)
    features = TextFeatures(
        lexicon.build(), textblob_tables.read(), words, recipe.MIN_WORDS, recipe.MIN_PIECES
    )
    matrix = features.fit_transform(texts)
    pool = LogLinearPool(recipe.VIEWS, features.blocks, recipe.BALANCE, recipe.TEMPERATURE)
    shares = np.array([example.shares for example in examples])
    weights = np.array([example.weight for example in examples])
    pool.fit(matrix, shares, weights, vectors)
    return Pipeline([("features", features), ("pool", pool)])
