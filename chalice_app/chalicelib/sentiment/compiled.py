"""The classifier that runs in Lambda: a look-up of terms, a sum, and a softmax."""

import math
from itertools import chain

import numpy as np

from ..domain.sentiment import Label, Sentiment
from .arrays import ModelArrays, Weights, load
from .explain import because
from .featuriser import DENSE, Features, Featuriser
from .manifest import MODEL_FILE, Manifest, ModelError
from .pattern import PatternAnalyzer

LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")


class CompiledModel:
    """A model compiled from the scikit-learn pipeline; its scores equal the pipeline's to 1e-5."""

    def __init__(self, arrays: ModelArrays, version: str) -> None:
        if arrays.dense_weights.shape != (len(DENSE), 3):
            shape = arrays.dense_weights.shape
            raise ModelError(f"dense weights have shape {shape}, expected {(len(DENSE), 3)}")
        self.version = version
        self.featuriser = Featuriser(arrays.lexicon, PatternAnalyzer(arrays.pattern))
        self._words = dict(zip(arrays.words, range(len(arrays.words)), strict=True))
        self._pieces = dict(zip(arrays.pieces, range(len(arrays.pieces)), strict=True))
        self._word_weights = arrays.word_weights
        self._piece_weights = arrays.piece_weights
        self._meanings = dict(zip(arrays.meanings, range(len(arrays.meanings)), strict=True))
        self._meaning_weights = arrays.meaning_weights
        self._dense_weights = arrays.dense_weights
        self._intercept = arrays.intercept

    @classmethod
    def from_bytes(cls, data: bytes, manifest: Manifest) -> "CompiledModel":
        """Build the model whose file is ``data``, after checking it against the manifest (`ModelError`)."""
        manifest.check(MODEL_FILE, data)
        return cls(load(data), manifest.version)

    def classify(self, text: str) -> Sentiment:
        """Return the sentiment of any string."""
        features = self.featuriser.features(text)
        probabilities = self._softmax(self._logits(features))
        best = max(range(3), key=probabilities.__getitem__)
        return Sentiment(
            label=LABELS[best],
            score=round(probabilities[2] - probabilities[0], 4),
            confidence=round(probabilities[best], 4),
            model=self.version,
            because=because(features, self._polarity_of, self._dense_polarity),
        )

    def probabilities(self, text: str) -> tuple[float, float, float]:
        """Return P(negative), P(neutral), P(positive)."""
        return self._softmax(self._logits(self.featuriser.features(text)))

    def _logits(self, features: Features) -> Weights:
        logits = self._intercept + np.asarray(features.dense, dtype=np.float32) @ self._dense_weights
        for terms, vocabulary, weights, length in (
            (features.words, self._words, self._word_weights, math.sqrt(len(features.words))),
            (features.pieces, self._pieces, self._piece_weights, math.sqrt(len(features.pieces))),
            (features.meanings, self._meanings, self._meaning_weights, len(features.meanings)),
        ):
            rows = [row for row in map(vocabulary.get, terms) if row is not None]
            if rows:
                logits = logits + weights[rows].sum(axis=0) / length
        return logits

    @staticmethod
    def _softmax(logits: Weights) -> tuple[float, float, float]:
        values = logits.tolist()
        highest = max(values)
        negative, neutral, positive = (math.exp(value - highest) for value in values)
        total = negative + neutral + positive
        return negative / total, neutral / total, positive / total

    def _polarity_of(self, words: list[str], pieces: list[str]) -> float:
        """How far terms move the logits from negative to positive, before division by the text's length."""
        total = 0.0
        found = chain(
            ((self._words.get(term), self._word_weights) for term in words),
            ((self._pieces.get(term), self._piece_weights) for term in pieces),
        )
        for row, weights in found:
            if row is not None:
                total += float(weights[row, 2] - weights[row, 0])
        return total

    def _dense_polarity(self, dense: list[float]) -> float:
        weights = self._dense_weights
        return float(np.asarray(dense, dtype=np.float32) @ (weights[:, 2] - weights[:, 0]))
