"""The classifier that runs in Lambda: a look-up of terms, a sum, and a softmax."""

import math
from collections.abc import Sequence

import numpy as np

from ..domain.sentiment import Label, Sentiment
from .arrays import ModelArrays, Weights, load
from .dense import FEATURES
from .explain import Logits, Parts, because, softmax
from .featuriser import Features, Featuriser, pieces_of
from .manifest import MODEL_FILE, Manifest, ModelError
from .pattern import PatternAnalyzer

LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_REMEMBERED = 20_000

Spelling = tuple[float, float, float, int]
"""The summed weights of the pieces of a word, and how many pieces it has."""


class CompiledModel:
    """A model compiled from the scikit-learn pipeline; its scores equal the pipeline's to 1e-5."""

    def __init__(self, arrays: ModelArrays, version: str) -> None:
        if arrays.dense_weights.shape != (len(FEATURES), 3):
            shape = arrays.dense_weights.shape
            raise ModelError(f"dense weights have shape {shape}, expected {(len(FEATURES), 3)}")
        self.version = version
        self.featuriser = Featuriser(arrays.lexicon, PatternAnalyzer(arrays.pattern))
        self._words = dict(zip(arrays.words, range(len(arrays.words)), strict=True))
        self._pieces = dict(zip(arrays.pieces, range(len(arrays.pieces)), strict=True))
        self._word_weights = arrays.word_weights
        self._meanings = dict(zip(arrays.meanings, range(len(arrays.meanings)), strict=True))
        self._meaning_weights = arrays.meaning_weights
        # A last row of zeros, so that a word without a known piece has a sum as well.
        self._piece_weights = np.append(arrays.piece_weights, np.zeros((1, 3), np.float32), axis=0)
        # People use the same words again: most messages ask for no word that is not here already.
        self._spellings: dict[str, Spelling] = {}
        self._dense_weights = arrays.dense_weights
        # An exclamation mark or a length is nobody's word: only what lexicons read is shared among the words.
        style = np.array([feature.style for feature in FEATURES])[:, None]
        self._lexical_weights = np.where(style, np.float32(0.0), arrays.dense_weights)
        self._intercept = arrays.intercept
        negative, neutral, positive = arrays.intercept.tolist()
        self._nothing: Logits = (negative, neutral, positive)

    @classmethod
    def from_bytes(cls, data: bytes, manifest: Manifest) -> "CompiledModel":
        """Build the model whose file is ``data``, after checking it against the manifest (`ModelError`)."""
        manifest.check(MODEL_FILE, data)
        return cls(load(data), manifest.version)

    def classify(self, text: str) -> Sentiment:
        """Return the sentiment of any string."""
        features = self.featuriser.features(text)
        logits = self._logits(features)
        probabilities = softmax(logits)
        best = max(range(3), key=probabilities.__getitem__)
        return Sentiment(
            label=LABELS[best],
            score=round(probabilities[2] - probabilities[0], 4),
            confidence=round(probabilities[best], 4),
            model=self.version,
            because=because(features, self._parts(features, logits)),
        )

    def probabilities(self, text: str) -> tuple[float, float, float]:
        """Return P(negative), P(neutral), P(positive)."""
        return softmax(self._logits(self.featuriser.features(text)))

    def _logits(self, features: Features) -> Logits:
        logits = self._intercept + np.asarray(features.dense, dtype=np.float32) @ self._dense_weights
        for terms, vocabulary, weights, length in (
            (features.words, self._words, self._word_weights, math.sqrt(len(features.words))),
            (features.meanings, self._meanings, self._meaning_weights, len(features.meanings)),
        ):
            rows = [row for row in map(vocabulary.get, terms) if row is not None]
            if rows:
                logits = logits + weights[rows].sum(axis=0) / length
        spellings = self._spell(features.spelled)
        length = math.sqrt(sum(spelling[3] for spelling in spellings)) or 1.0
        negative, neutral, positive = (
            logit + sum(s[i] for s in spellings) / length for i, logit in enumerate(logits.tolist())
        )
        return negative, neutral, positive

    def _spell(self, words: Sequence[str]) -> list[Spelling]:
        """Return the spelling of each word; those that are new are looked up together."""
        known = self._spellings
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            if len(known) + len(new) > _REMEMBERED:
                known.clear()
                new = list(dict.fromkeys(words))
            rows: list[int] = []
            starts, counts = [], []
            for word in new:
                pieces = pieces_of(word)
                starts.append(len(rows))
                counts.append(len(pieces))
                rows.extend([row for row in map(self._pieces.get, pieces) if row is not None])
                rows.append(-1)
            sums = np.add.reduceat(self._piece_weights[rows], starts, axis=0).tolist()
            for word, (negative, neutral, positive), count in zip(new, sums, counts, strict=True):
                known[word] = (negative, neutral, positive, count)
        return [known[word] for word in words]

    def _parts(self, features: Features, logits: Logits) -> Parts:
        by_word = 1.0 / math.sqrt(len(features.words) or 1)
        by_meaning = 1.0 / (len(features.meanings) or 1)
        spellings = dict(zip(features.spelled, self._spell(features.spelled), strict=True))
        by_piece = 1.0 / math.sqrt(sum(spellings[word][3] for word in features.spelled) or 1)

        def of_term(term: str) -> Logits | None:
            row = self._words.get(term)
            if row is None:
                return None
            negative, neutral, positive = self._word_weights[row].tolist()
            return by_word * negative, by_word * neutral, by_word * positive

        def of_word(term: str, word: str) -> Logits:
            meaning = _row(self._meaning_weights, self._meanings.get(term))
            pieces = spellings[word]
            return (
                by_meaning * meaning[0] + by_piece * pieces[0],
                by_meaning * meaning[1] + by_piece * pieces[1],
                by_meaning * meaning[2] + by_piece * pieces[2],
            )

        polarity = self._lexical_weights[:, 2] - self._lexical_weights[:, 0]
        lexical = float(np.asarray(features.dense, dtype=np.float32) @ polarity)
        return Parts(logits, self._nothing, of_term, of_word, lexical)


def _row(weights: Weights, row: int | None) -> Logits:
    if row is None:
        return 0.0, 0.0, 0.0
    negative, neutral, positive = weights[row].tolist()
    return negative, neutral, positive
