"""The one featuriser: what a text looks like to the model, in training and in Lambda alike.

A text becomes terms, which the model knows by vocabulary (words, pairs of words and negated words; pieces
of words; words as they have meanings, which is where word vectors come in), and a short dense vector of
readings from lexicons and style, whose features stand in `dense`.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from . import dense, valence
from .pattern import PatternAnalyzer
from .text import Token, clean, tokenize

PIECES = range(3, 6)
"""Lengths of the character n-grams, taken within a word and the spaces around it."""

_LONGEST = 24


class Features(NamedTuple):
    """One text as the model sees it.

    ``silent`` are the positions of tokens that are no words alone; ``spelled`` are the words, of which the
    model knows the pieces.
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
        self._pattern = pattern

    def features(self, text: str) -> Features:
        """Return the features of any string, of an empty one too."""
        text = clean(text)
        tokens = tokenize(text)
        reading = valence.read(tokens, self._lexicon, self._phrases)
        polarity, subjectivity = self._pattern.score(text)
        silent = silent_in(tokens, reading)
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
    """Distinct words, negated words ("not_good") and pairs of neighbours, in order of appearance."""
    terms: dict[str, None] = {}
    for i, (token, negation, pair) in enumerate(
        zip(tokens, reading.negated_by, pairs_of(tokens), strict=True)
    ):
        if i not in silent:
            terms[term(token) if negation is None else f"not_{term(token)}"] = None
        terms[pair] = None
    return list(terms)


def silent_in(tokens: list[Token], reading: valence.Reading) -> frozenset[int]:
    """Return the positions of words that are none alone: those of a phrase with a negation in it.

    "Can't wait" and "no problem" have nothing of what "can't" and "problem" say elsewhere; their pairs count.
    """
    return frozenset(
        position
        for feeling in reading.feelings
        if feeling.length > 1
        for positions in [range(feeling.position, feeling.position + feeling.length)]
        if any(valence.negates(tokens[position]) for position in positions)
        for position in positions
    )


def pairs_of(tokens: list[Token]) -> list[str]:
    """Each token with the one before it; the first stands with the start of the text."""
    words = ["<s>", *map(term, tokens)]
    return [f"{before} {word}" for before, word in pairwise(words)]


def term(token: Token) -> str:
    """The name under which the vocabulary knows a token: links and users are all alike."""
    return f"<{token.kind}>" if token.kind in ("link", "user") else token.word


def meaning_terms(tokens: list[Token], reading: valence.Reading) -> list[str]:
    """Every word as often as it stands there, marked where it is negated: in training it has a vector."""
    return [
        token.word if negation is None else f"not_{token.word}"
        for token, negation in zip(tokens, reading.negated_by, strict=True)
        if token.kind == "word"
    ]


def pieces_of(word: str) -> list[str]:
    """Character n-grams of the beginning of one word, with a space on both sides."""
    padded = f" {word[:_LONGEST]} "
    return [padded[i : i + n] for n in PIECES for i in range(len(padded) - n + 1)]
