"""The featuriser as a scikit-learn transformer: the same code as in Lambda, with a learned vocabulary."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin
from tqdm import tqdm

from chalicelib.sentiment.dense import FEATURES
from chalicelib.sentiment.featuriser import Featuriser, pieces_of
from chalicelib.sentiment.pattern import PatternAnalyzer, PatternTables

from .matrices import Matrix, Product

Blocks = dict[str, Matrix]
"""Columns by the name of their block."""

_ROWS_AT_ONCE = 4_000


class TextFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts to a sparse matrix with the blocks words, pieces, meanings, negated and dense, in this order.

    A known word or piece counts 1 / sqrt(number of terms of the text), a meaning 1 / (number of words), so
    that long texts do not count more, and texts of unknown words count less.

    Parameters
    ----------
    lexicon
        Valence by word.
    pattern
        TextBlob's tables.
    meanings
        The words that have a vector.
    min_words, min_pieces
        In how many texts a term must occur to get into the vocabulary.
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
        self.learn(texts)
        return self

    def learn(self, texts: Sequence[str]) -> Blocks:
        """Learn the vocabularies and return the texts' columns, each block in the form that takes least."""
        read = self._read(texts)
        self.words_ = _vocabulary(read.words.terms, read.words.texts(), self.min_words)
        spellings = _Spellings(list(read.spelled.terms))
        self.pieces_ = _vocabulary(spellings.pieces, spellings.texts(read.spelled), self.min_pieces)
        self.meanings_ = {word: i for i, word in enumerate(self.meanings)}
        return self._blocks(read)

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one row for each text."""
        blocks = self._blocks(self._read(texts))
        pieces = blocks["pieces"]
        assert isinstance(pieces, Product)  # noqa: S101 - for the type checker
        whole = {**blocks, "pieces": pieces.left @ pieces.right, "dense": sp.csr_matrix(blocks["dense"])}
        return sp.hstack([whole[name] for name in self.blocks], format="csr")

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

    def _read(self, texts: Sequence[str]) -> "_Read":
        """Featurise the texts; of each, numbers are kept, for its words would take a gigabyte."""
        featuriser = Featuriser(self.lexicon, PatternAnalyzer(self.pattern))
        read = _Read()
        for text in tqdm(texts, desc="features", unit="text", disable=None):
            features = featuriser.features(text)
            read.words.add(features.words)
            read.spelled.add(features.spelled)
            if self.meanings:
                read.meanings.add(features.meanings)
            read.dense.extend(features.dense)
        return read

    def _blocks(self, read: "_Read") -> Blocks:
        spellings = _Spellings(list(read.spelled.terms))
        lengths = read.spelled.matrix() @ spellings.lengths
        pieces = Product(
            sp.diags(_inverse_root(lengths)) @ read.spelled.matrix(), spellings.matrix(self.pieces_)
        )
        words = sp.diags(_inverse_root(read.words.lengths())) @ read.words.matrix(self.words_)
        blocks: Blocks = {"words": words.tocsr(), "pieces": pieces}
        for name, prefix in (("meanings", ""), ("negated", "not_")):
            vocabulary = {prefix + word: i for word, i in self.meanings_.items()}
            lengths = np.maximum(read.meanings.lengths(), 1)
            known = read.meanings.matrix(vocabulary) if self.meanings else sp.csr_matrix((len(read), 0))
            blocks[name] = sp.diags(1.0 / lengths) @ known if self.meanings else known
        blocks["dense"] = np.frombuffer(read.dense).reshape(len(read), len(FEATURES))
        return blocks


class _Terms:
    """The terms of each text as numbers, one after the other; ``terms`` has the number of each."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self._numbers = array("i")
        self._ends = array("i", [0])

    def add(self, terms: Sequence[str]) -> None:
        """Add one text."""
        known = self.terms
        self._numbers.extend([known.setdefault(term, len(known)) for term in terms])
        self._ends.append(len(self._numbers))

    def lengths(self) -> npt.NDArray[np.int32]:
        """How many terms each text has."""
        return np.diff(np.asarray(self._ends))

    def texts(self) -> npt.NDArray[np.int64]:
        """In how many texts each term is; for terms that a text has once."""
        return np.bincount(np.asarray(self._numbers), minlength=len(self.terms))

    def matrix(self, vocabulary: dict[str, int] | None = None) -> sp.csr_matrix:
        """How often each text has each term of a vocabulary, or each term of all."""
        # Copies, for the matrix sums duplicates in place.
        numbers, ends = np.array(self._numbers), np.array(self._ends)
        width = len(self.terms)
        if vocabulary is not None:
            columns = np.array([vocabulary.get(term, -1) for term in self.terms], dtype=np.int32)
            numbers, width = columns[numbers], len(vocabulary)
            ends = np.concatenate([[0], np.cumsum(numbers >= 0)])[ends]
            numbers = numbers[numbers >= 0]
        counts = sp.csr_matrix((np.ones(len(numbers)), numbers, ends), shape=(len(ends) - 1, width))
        counts.sum_duplicates()
        return counts


@dataclass
class _Read:
    """What was read of all texts."""

    words: _Terms = field(default_factory=_Terms)
    spelled: _Terms = field(default_factory=_Terms)
    meanings: _Terms = field(default_factory=_Terms)
    dense: "array[float]" = field(default_factory=lambda: array("d"))

    def __len__(self) -> int:
        return len(self.words.lengths())


class _Spellings:
    """The pieces of each word."""

    def __init__(self, words: Sequence[str]) -> None:
        self._pieces = _Terms()
        for word in words:
            self._pieces.add(pieces_of(word))
        self.pieces = self._pieces.terms
        self.lengths = self._pieces.lengths()

    def matrix(self, vocabulary: dict[str, int]) -> sp.csr_matrix:
        """How often each word has each piece of a vocabulary."""
        return self._pieces.matrix(vocabulary)

    def texts(self, spelled: _Terms) -> npt.NDArray[np.int64]:
        """In how many texts each piece is."""
        return texts_with(Product(spelled.matrix(), self._pieces.matrix()))


def texts_with(block: Matrix) -> npt.NDArray[np.int64]:
    """In how many rows each column of a sparse block, or a product of such, is not zero."""
    if not isinstance(block, Product):
        return np.asarray(block.getnnz(axis=0))  # type: ignore[attr-defined]
    found = np.zeros(block.shape[1], dtype=np.int64)
    for start in range(0, block.shape[0], _ROWS_AT_ONCE):
        found += (block.left[start : start + _ROWS_AT_ONCE] @ block.right).getnnz(axis=0)
    return found


def _vocabulary(terms: Iterable[str], texts: npt.NDArray[np.int64], minimum: int) -> dict[str, int]:
    frequent = sorted(term for term, n in zip(terms, texts.tolist(), strict=True) if n >= minimum)
    return {term: i for i, term in enumerate(frequent)}


def _inverse_root(lengths: npt.NDArray[np.floating | np.integer]) -> npt.NDArray[np.float64]:
    roots: npt.NDArray[np.float64] = 1.0 / np.sqrt(np.maximum(lengths, 1))
    return roots
