"""The classifier that runs in Lambda: a look-up of terms, a sum, and a softmax."""

import math
from functools import lru_cache

import numpy as np

from ..domain.sentiment import Label, Sentiment
from .arrays import ModelArrays, Weights, load
from .explain import Pulls, because
from .featuriser import DENSE, Features, Featuriser, pieces_of
from .manifest import MODEL_FILE, Manifest, ModelError
from .pattern import PatternAnalyzer

LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_REMEMBERED = 20_000


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
        # People use the same words again: most messages ask for no word that is not here already.
        self._spelling = lru_cache(maxsize=_REMEMBERED)(self._spell)
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
            because=because(features, self._pulls(features)),
        )

    def probabilities(self, text: str) -> tuple[float, float, float]:
        """Return P(negative), P(neutral), P(positive)."""
        return self._softmax(self._logits(self.featuriser.features(text)))

    def _logits(self, features: Features) -> list[float]:
        logits = self._intercept + np.asarray(features.dense, dtype=np.float32) @ self._dense_weights
        for terms, vocabulary, weights, length in (
            (features.words, self._words, self._word_weights, math.sqrt(len(features.words))),
            (features.meanings, self._meanings, self._meaning_weights, len(features.meanings)),
        ):
            rows = [row for row in map(vocabulary.get, terms) if row is not None]
            if rows:
                logits = logits + weights[rows].sum(axis=0) / length
        spellings = [self._spelling(word) for word in features.spelled]
        length = math.sqrt(sum(spelling[3] for spelling in spellings)) or 1.0
        return [logit + sum(s[i] for s in spellings) / length for i, logit in enumerate(logits.tolist())]

    def _spell(self, word: str) -> tuple[float, float, float, int]:
        """Return the summed weights of the pieces of a word, and how many pieces it has."""
        pieces = pieces_of(word)
        rows = [row for row in map(self._pieces.get, pieces) if row is not None]
        negative, neutral, positive = self._piece_weights[rows].sum(axis=0).tolist()
        return negative, neutral, positive, len(pieces)

    @staticmethod
    def _softmax(values: list[float]) -> tuple[float, float, float]:
        highest = max(values)
        negative, neutral, positive = (math.exp(value - highest) for value in values)
        total = negative + neutral + positive
        return negative / total, neutral / total, positive / total

    def _pulls(self, features: Features) -> Pulls:
        """Return how far each part of a text moves the log-odds of positive against negative."""
        by_word = 1.0 / math.sqrt(len(features.words) or 1)
        by_meaning = 1.0 / (len(features.meanings) or 1)
        by_piece = 1.0 / math.sqrt(sum(self._spelling(word)[3] for word in features.spelled) or 1)

        def of_term(term: str, word: str | None) -> float:
            pull = by_word * _polarity(self._word_weights, self._words.get(term))
            if word is not None:
                spelling = self._spelling(word)
                pull += by_meaning * _polarity(self._meaning_weights, self._meanings.get(term))
                pull += by_piece * (spelling[2] - spelling[0])
            return pull

        weights = self._dense_weights
        of_dense = np.asarray(features.dense, dtype=np.float32) @ (weights[:, 2] - weights[:, 0])
        return Pulls(of_term, float(of_dense))


def _polarity(weights: Weights, row: int | None) -> float:
    return 0.0 if row is None else float(weights[row, 2]) - float(weights[row, 0])
