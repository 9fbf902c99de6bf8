"""The featuriser as a scikit-learn transformer: the same code as in Lambda, with a learned vocabulary."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Self

import numpy as np
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin
from tqdm import tqdm

from chalicelib.sentiment.dense import FEATURES
from chalicelib.sentiment.featuriser import Features, Featuriser, pieces_of
from chalicelib.sentiment.pattern import PatternAnalyzer, PatternTables
from chalicelib.sentiment.valence import Reading

_UNREAD = Reading([], [], contrast=False)


class TextFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to a sparse matrix with the blocks words, pieces, meanings and dense, in this order.

    A known word or piece counts 1 / sqrt(number of terms of the text), a meaning 1 / (number of words), so
    long texts do not shout, and texts of unknown words say little.

    Parameters
    ----------
    lexicon
        Valence by word.
    pattern
        TextBlob's tables.
    meanings
        The words that have a vector.
    min_words, min_pieces
        In how many texts a term must stand to get into the vocabulary.
    """

    def __init__(
        self,
        lexicon: dict[str, float],
        pattern: PatternTables,
        meanings: Sequence[str] = (),
        min_words: int = 2,
        min_pieces: int = 5,
    ) -> None:
        self.lexicon = lexicon
        self.pattern = pattern
        self.meanings = meanings
        self.min_words = min_words
        self.min_pieces = min_pieces

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Learn the vocabularies."""
        self._learn(self._featurise(texts))
        return self

    def fit_transform(self, texts: Sequence[str], y: object = None) -> sp.csr_matrix:
        """Learn the vocabularies and return the matrix, featurising each text once."""
        features = self._featurise(texts)
        self._learn(features)
        return self._matrix(features)

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one row for each text."""
        return self._matrix(self._featurise(texts))

    @property
    def blocks(self) -> dict[str, slice]:
        """Which columns belong to which block."""
        sizes = {
            "words": len(self.words_),
            "pieces": len(self.pieces_),
            "meanings": len(self.meanings_),
            "negated": len(self.meanings_),
            "dense": len(FEATURES),
        }
        ends = list(accumulate(sizes.values()))
        return {name: slice(end - size, end) for (name, size), end in zip(sizes.items(), ends, strict=True)}

    def _featurise(self, texts: Sequence[str]) -> list[Features]:
        featuriser = Featuriser(self.lexicon, PatternAnalyzer(self.pattern))
        # Only what becomes columns is kept: the tokens of 150,000 texts would take most of a gigabyte.
        return [
            featuriser.features(text)._replace(tokens=[], reading=_UNREAD)
            for text in tqdm(texts, desc="features", unit="text", disable=None)
        ]

    def _learn(self, features: list[Features]) -> None:
        self.words_ = _vocabulary((f.words for f in features), self.min_words)
        self.pieces_ = _vocabulary(map(_pieces, features), self.min_pieces)
        self.meanings_ = {word: i for i, word in enumerate(self.meanings)}

    def _matrix(self, features: list[Features]) -> sp.csr_matrix:
        return sp.hstack(
            [
                _counts((f.words for f in features), self.words_, 0.5),
                _counts(map(_pieces, features), self.pieces_, 0.5),
                _counts((f.meanings for f in features), self.meanings_, 1.0),
                _counts(
                    (f.meanings for f in features), {f"not_{w}": i for w, i in self.meanings_.items()}, 1.0
                ),
                sp.csr_matrix(np.array([f.dense for f in features]).reshape(len(features), len(FEATURES))),
            ],
            format="csr",
        )


def _pieces(features: Features) -> list[str]:
    return [piece for word in features.spelled for piece in pieces_of(word)]


def _vocabulary(texts: Iterable[list[str]], minimum: int) -> dict[str, int]:
    counted = Counter(term for terms in texts for term in set(terms))
    return {term: i for i, term in enumerate(sorted(t for t, n in counted.items() if n >= minimum))}


def _counts(texts: Iterable[list[str]], vocabulary: dict[str, int], power: float) -> sp.csr_matrix:
    """One row for each text; each known term adds 1 / (number of terms) ** power to its column."""
    columns = array("i")
    values = array("d")
    ends = [0]
    for terms in texts:
        known = [column for column in map(vocabulary.get, terms) if column is not None]
        columns.extend(known)
        values.extend([max(len(terms), 1) ** -power] * len(known))
        ends.append(len(columns))
    shape = (len(ends) - 1, len(vocabulary))
    counts = sp.csr_matrix((np.asarray(values), np.asarray(columns), ends), shape=shape)
    counts.sum_duplicates()
    return counts
