"""Turns a text into the features of the model, in training and in Lambda alike.

A text becomes terms, which the model looks up in its vocabularies, and a short dense vector (see `dense`).
Terms are words, pairs of words and negated words; pieces of words; and words by meaning, for which training
has vectors.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from . import dense, valence
from .languages import read_english
from .pattern import PatternAnalyzer
from .sarcasm import mocked
from .text import Token, clean, tokenize

PIECES = range(3, 6)
"""Lengths of the character n-grams, taken within a word and the spaces around it."""

_LONGEST = 24


class Features(NamedTuple):
    """One text as the model sees it.

    ``silent`` are the positions of tokens that do not count alone; ``spelled`` are the words of which the
    pieces count.
    """

    tokens: list[Token]
    reading: valence.Reading
    silent: frozenset[int]
    words: list[str]
    spelled: list[str]
    meanings: list[str]
    dense: list[float]


class Featuriser:
    """Turns texts into features.

    Parameters
    ----------
    lexicon
        Valence, about -4 to 4, of words, faces and emoji.
    pattern
        TextBlob's analyser.
    """

    def __init__(self, lexicon: Mapping[str, float], pattern: PatternAnalyzer) -> None:
        self._lexicon = lexicon
        self._phrases = valence.phrases_of(lexicon)
        self._senses = valence.senses_of(lexicon)
        self._pattern = pattern

    def _known(self, word: str) -> bool:
        return word in self._lexicon or word in self._pattern.words

    def features(self, text: str) -> Features:
        """Return the features of any string, of an empty one too."""
        text = read_english(clean(text), self._known)
        tokens = tokenize(text)
        reading = valence.read(tokens, self._lexicon, self._phrases)
        silent = silent_in(tokens, reading, self._senses)
        praise = mocked(tokens, reading.feelings)
        if praise is not None:
            text = text.replace(tokens[praise].raw, "", 1)
            reading, silent = valence.mocking(reading, praise), silent | {praise}
        polarity, subjectivity = self._pattern.score(text)
        return Features(
            tokens,
            reading,
            silent,
            words=word_terms(tokens, reading, silent),
            spelled=[t.word for i, t in enumerate(tokens) if t.kind == "word" and i not in silent],
            meanings=meaning_terms(tokens, reading),
            dense=dense.values(tokens, reading, polarity, subjectivity),
        )


def word_terms(tokens: list[Token], reading: valence.Reading, silent: frozenset[int]) -> list[str]:
    """Return distinct words, negated words ("not_good") and pairs of neighbours, in order of appearance."""
    terms: dict[str, None] = {}
    for i, (token, negation, pair) in enumerate(
        zip(tokens, reading.negated_by, pairs_of(tokens), strict=True)
    ):
        if i not in silent:
            terms[term(token) if negation is None else f"not_{term(token)}"] = None
        terms[pair] = None
    return list(terms)


def silent_in(tokens: list[Token], reading: valence.Reading, senses: frozenset[str]) -> frozenset[int]:
    """Return the positions of words that do not count alone: those of a phrase with a sense of its own.

    In "can't wait", "no problem" and "sick demo" the words do not mean what they mean elsewhere; only
    their pairs count.
    """
    return frozenset(
        position
        for feeling in reading.feelings
        if feeling.length > 1
        for positions in [range(feeling.position, feeling.position + feeling.length)]
        if " ".join(tokens[position].word for position in positions) in senses
        for position in positions
    )


def pairs_of(tokens: list[Token]) -> list[str]:
    """Return each token with the one before it; the first is paired with the start of the text."""
    words = ["<s>", *map(term, tokens)]
    return [f"{before} {word}" for before, word in pairwise(words)]


def term(token: Token) -> str:
    """Return the name of a token in the vocabulary: all links have one name, and so have users and code."""
    return f"<{token.kind}>" if token.kind in ("link", "user", "code") else token.word


def meaning_terms(tokens: list[Token], reading: valence.Reading) -> list[str]:
    """Return every word as often as it occurs, marked if it is negated; in training these have vectors."""
    return [
        token.word if negation is None else f"not_{token.word}"
        for token, negation in zip(tokens, reading.negated_by, strict=True)
        if token.kind == "word"
    ]


def pieces_of(word: str) -> list[str]:
    """Return the character n-grams of the beginning of one word, with a space on both sides."""
    padded = f" {word[:_LONGEST]} "
    return [padded[i : i + n] for n in PIECES for i in range(len(padded) - n + 1)]
