"""The classifier that runs in Lambda: a look-up of terms, a sum, and a softmax."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..domain.sentiment import Label, Sentiment
from .arrays import ModelArrays, Weights, load
from .dense import FEATURES, LOG_LENGTH, POSITIONS, temperature
from .explain import Logits, Parts, because, softmax
from .featuriser import Features, Featuriser, pieces_of
from .manifest import MODEL_FILE, Manifest, ModelError
from .pattern import PatternAnalyzer

LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_MAX_SPELLINGS = 20_000
# The style that can be pointed at, by the mark that it is in.
_MARKS = {
    "!": [POSITIONS["exclamations"], POSITIONS["technical_exclamations"]],
    "?": [POSITIONS["questions"], POSITIONS["asks"], POSITIONS["technical_question"]],
    "..": [POSITIONS["trails_off"]],
}

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
        # A cache: most messages have no word that was not used before.
        self._spellings: dict[str, Spelling] = {}
        self._dense_weights = arrays.dense_weights
        # Explanations share among the words what lexicons say, but not style: a length belongs to no word.
        style = np.array([feature.style for feature in FEATURES])[:, None]
        self._lexical_weights = np.where(style, np.float32(0.0), arrays.dense_weights)
        self._intercept = arrays.intercept
        self._softness = arrays.softness

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
            because=because(features, self._parts(features, logits), LABELS[best]),
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
        soft = self._temperature(features)
        negative, neutral, positive = (
            (logit + sum(s[i] for s in spellings) / length) / soft for i, logit in enumerate(logits.tolist())
        )
        return negative, neutral, positive

    def _temperature(self, features: Features) -> float:
        return temperature(self._softness, features.dense[LOG_LENGTH])

    def _spell(self, words: Sequence[str]) -> list[Spelling]:
        """Return the spelling of each word; those that are new are looked up together."""
        known = self._spellings
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            if len(known) + len(new) > _MAX_SPELLINGS:
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
        soft = self._temperature(features)
        by_word = 1.0 / math.sqrt(len(features.words) or 1) / soft
        by_meaning = 1.0 / (len(features.meanings) or 1) / soft
        spellings = dict(zip(features.spelled, self._spell(features.spelled), strict=True))
        by_piece = 1.0 / math.sqrt(sum(spellings[word][3] for word in features.spelled) or 1) / soft

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

        dense = np.asarray(features.dense, dtype=np.float32) / np.float32(soft)
        lexical = _logits_of(dense @ self._lexical_weights)

        def marks() -> dict[str, Logits]:
            return {
                mark: _logits_of(dense[rows] @ self._dense_weights[rows])
                for mark, rows in _MARKS.items()
                if any(features.dense[row] for row in rows)
            }

        nothing = _logits_of(self._intercept.astype(np.float32) / np.float32(soft))
        return Parts(logits, nothing, of_term, of_word, lexical, marks)


def _logits_of(row: npt.NDArray[np.floating[Any]]) -> Logits:
    negative, neutral, positive = row.tolist()
    return negative, neutral, positive


def _row(weights: Weights, row: int | None) -> Logits:
    if row is None:
        return 0.0, 0.0, 0.0
    return _logits_of(weights[row])
