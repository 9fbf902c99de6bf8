"""Turns a fitted pipeline into the plain arrays that Lambda loads."""

import numpy as np
from sklearn.pipeline import Pipeline

from chalicelib.sentiment.arrays import ModelArrays, Weights

from .features import TextFeatures
from .pool import LogLinearPool


def compile_pipeline(pipeline: Pipeline) -> ModelArrays:
    """Return the arrays of a pipeline; terms whose weights were rounded to nothing are left out."""
    features: TextFeatures = pipeline.named_steps["features"]
    pool: LogLinearPool = pipeline.named_steps["pool"]
    blocks = features.blocks
    words, word_weights = _table(list(features.words_), pool, blocks["words"])
    pieces, piece_weights = _table(list(features.pieces_), pool, blocks["pieces"])
    plain, plain_weights = _table(list(features.meanings_), pool, blocks["meanings"])
    negated, negated_weights = _table([f"not_{w}" for w in features.meanings_], pool, blocks["negated"])
    return ModelArrays(
        words=words,
        word_weights=word_weights,
        pieces=pieces,
        piece_weights=piece_weights,
        meanings=plain + negated,
        meaning_weights=np.concatenate([plain_weights, negated_weights]),
        dense_weights=pool.coef_[:, blocks["dense"]].T.astype(np.float32),
        intercept=pool.intercept_.astype(np.float32),
        lexicon=features.lexicon,
        pattern=features.pattern,
    )


def _table(terms: list[str], pool: LogLinearPool, columns: slice) -> tuple[list[str], Weights]:
    weights = pool.coef_[:, columns].T
    kept = np.flatnonzero(np.abs(weights).max(axis=1, initial=0.0))
    return [terms[i] for i in kept], weights[kept].astype(np.float32)
