"""The one featuriser: what a text looks like to the model, in training and in Lambda alike.

A text becomes terms, which the model knows by vocabulary (words, pairs of words and negated words; pieces
of words; words as they have meanings, which is where word vectors come in), and a short dense vector of
readings from lexicons and style.
"""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from . import valence
from .pattern import PatternAnalyzer
from .text import REPEATED, Token, clean, tokenize

PIECES = range(3, 6)
"""Lengths of the character n-grams, taken within a word and the spaces around it."""

_LONGEST = 24
_BINS = 9
_BASE = (
    "pattern_polarity",
    "pattern_subjectivity",
    "pattern_strength",
    "positive_sum",
    "negative_sum",
    "compound",
    "positive_count",
    "negative_count",
    "highest",
    "lowest",
    "first",
    "last",
    "positive_symbols",
    "negative_symbols",
    "exclamations",
    "questions",
    "asks",
    "trails_off",
    "capitals",
    "drawls",
    "hashtags",
    "links",
    "users",
    "numbers",
    "negations",
    "contrast",
    "log_length",
    "is_empty",
)
DENSE = (
    *_BASE,
    *(f"compound_bin_{i}" for i in range(_BINS)),
    *(f"pattern_bin_{i}" for i in range(_BINS)),
)
"""Names of the dense features, in order."""
STYLE = frozenset(_BASE[_BASE.index("exclamations") :])
"""Those that say how a text is written, and nothing about single words."""


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
        dense = _dense(tokens, reading, polarity, subjectivity)
        silent = silent_in(tokens, reading)
        return Features(
            tokens,
            reading,
            silent,
            words=word_terms(tokens, reading, silent),
            spelled=[t.word for i, t in enumerate(tokens) if t.kind == "word" and i not in silent],
            meanings=meaning_terms(tokens, reading),
            dense=dense,
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
    """Every word as often as it stands there, marked if it is negated: in training it has a vector."""
    return [
        token.word if negation is None else f"not_{token.word}"
        for token, negation in zip(tokens, reading.negated_by, strict=True)
        if token.kind == "word"
    ]


def pieces_of(word: str) -> list[str]:
    """Character n-grams of the beginning of one word, with a space on both sides."""
    padded = f" {word[:_LONGEST]} "
    return [padded[i : i + n] for n in PIECES for i in range(len(padded) - n + 1)]


def _dense(
    tokens: list[Token], reading: valence.Reading, polarity: float, subjectivity: float
) -> list[float]:
    valences = [feeling.valence for feeling in reading.feelings]
    positive = [value for value in valences if value > 0]
    negative = [value for value in valences if value < 0]
    symbols = [f.valence for f in reading.feelings if tokens[f.position].kind in ("face", "emoji")]
    kinds = [token.kind for token in tokens]
    words = [token for token in tokens if token.kind == "word"]
    marks = "".join(token.raw for token in tokens if token.kind == "mark")
    total = sum(valences)
    emphasis = min(marks.count("!"), 4) * 0.292
    total += emphasis if total > 0 else -emphasis if total < 0 else 0.0
    compound = total / math.sqrt(total * total + 15.0)
    base = [
        polarity,
        subjectivity,
        abs(polarity),
        math.log1p(sum(positive)),
        math.log1p(-sum(negative)),
        compound,
        math.log1p(len(positive)),
        math.log1p(len(negative)),
        max(positive, default=0.0),
        min(negative, default=0.0),
        valences[0] if valences else 0.0,
        valences[-1] if valences else 0.0,
        math.log1p(sum(value for value in symbols if value > 0)),
        math.log1p(-sum(value for value in symbols if value < 0)),
        math.log1p(marks.count("!")),
        math.log1p(marks.count("?")),
        float(marks.endswith("?")),
        float(".." in marks),
        sum(token.raw.isupper() and len(token.raw) > 1 for token in words) / (len(words) or 1),
        float(REPEATED.search(" ".join([token.raw for token in words]).lower()) is not None),
        math.log1p(sum(token.raw[0] == "#" for token in words)),
        math.log1p(kinds.count("link")),
        math.log1p(kinds.count("user")),
        math.log1p(kinds.count("number")),
        math.log1p(sum(token.word in valence.NEGATIONS for token in words)),
        float(reading.contrast),
        math.log1p(len(tokens)),
        float(not tokens),
    ]
    return base + _one_hot(compound if valences else None) + _one_hot(polarity or None)


def _one_hot(value: float | None) -> list[float]:
    """Nine bins of a value from -1 to 1, so that a linear model can bend; none for no value."""
    bins = [0.0] * _BINS
    if value is not None:
        bins[min(int((value + 1.0) / 2.0 * _BINS), _BINS - 1)] = 1.0
    return bins
