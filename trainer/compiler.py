"""Turns a fitted pipeline into the plain arrays that Lambda loads, and back."""

import numpy as np
from sklearn.pipeline import Pipeline

from chalicelib.sentiment.arrays import ModelArrays, Weights

from .features import TextFeatures
from .pool import LogLinearPool

NEGATED = "not_"


def compile_pipeline(pipeline: Pipeline) -> ModelArrays:
    """Return the arrays of a pipeline; terms whose weights were rounded to nothing are left out."""
    features: TextFeatures = pipeline.named_steps["features"]
    pool: LogLinearPool = pipeline.named_steps["pool"]
    blocks = features.blocks
    words, word_weights = _table(list(features.words_), pool, blocks["words"])
    pieces, piece_weights = _table(list(features.pieces_), pool, blocks["pieces"])
    plain, plain_weights = _table(list(features.meanings_), pool, blocks["meanings"])
    negated, negated_weights = _table([NEGATED + w for w in features.meanings_], pool, blocks["negated"])
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
        softness=pool.softness,
    )


def _table(terms: list[str], pool: LogLinearPool, columns: slice) -> tuple[list[str], Weights]:
    weights = pool.coef_[:, columns].T
    kept = np.flatnonzero(np.abs(weights).max(axis=1, initial=0.0))
    return [terms[i] for i in kept], weights[kept].astype(np.float32)


def decompile(model: ModelArrays) -> Pipeline:
    """Return a scikit-learn pipeline with the very weights of a compiled model.

    It gives the same probabilities. What training knew besides (the views, the word vectors) is not in it.
    """
    plain = [word for word in model.meanings if not word.startswith(NEGATED)]
    negated = [word.removeprefix(NEGATED) for word in model.meanings if word.startswith(NEGATED)]
    meanings = sorted({*plain, *negated})
    features = TextFeatures(model.lexicon, model.pattern, meanings)
    features.words_ = {term: i for i, term in enumerate(model.words)}
    features.pieces_ = {term: i for i, term in enumerate(model.pieces)}
    features.meanings_ = {term: i for i, term in enumerate(meanings)}
    weights = dict(zip(model.meanings, model.meaning_weights, strict=True))
    nothing = np.zeros(3, dtype=np.float32)
    pool = LogLinearPool((), features.blocks, softness=model.softness)
    pool.classes_ = np.arange(3)
    weights_of_all: Weights = np.concatenate(
        [
            model.word_weights,
            model.piece_weights,
            np.array([weights.get(word, nothing) for word in meanings]).reshape(-1, 3),
            np.array([weights.get(NEGATED + word, nothing) for word in meanings]).reshape(-1, 3),
            model.dense_weights,
        ]
    )
    pool.coef_ = np.ascontiguousarray(weights_of_all.T, dtype=np.float64)
    pool.intercept_ = model.intercept.astype(np.float64)
    return Pipeline([("features", features), ("pool", pool)])
