"""The dense features: what lexicons and style say of a text. Each stands beside the code that makes it.

A new feature is a row in `_FEATURES`, and a newly trained model; a model names no feature, so rows must not
change their order without one.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from . import valence
from .text import REPEATED, Token

BINS = 9
_EMPHASIS_PER_MARK = 0.292
_MAX_EMPHASIS_MARKS = 4


class Facts(NamedTuple):
    """What the features are made from, computed once for a text.

    ``polarity`` and ``subjectivity`` are TextBlob's, ``valences`` those of the words, faces and emoji with a
    feeling, in their order, ``symbols`` those of faces and emoji alone, ``compound`` their sum squeezed
    to -1 to 1, and ``marks`` all punctuation in one string.
    """

    polarity: float
    subjectivity: float
    valences: list[float]
    positive: list[float]
    negative: list[float]
    symbols: list[float]
    compound: float
    kinds: list[str]
    words: list[Token]
    marks: str
    contrast: bool
    length: int


class Feature(NamedTuple):
    """A dense feature; ``style`` marks those that say how a text is written, and nothing of single words."""

    name: str
    value: Callable[[Facts], float]
    style: bool = False


class Binned(NamedTuple):
    """A value from -1 to 1 in `BINS` bins, so that a linear model can bend; None is in none of them."""

    name: str
    value: Callable[[Facts], float | None]


_FEATURES = (
    Feature("pattern_polarity", lambda f: f.polarity),
    Feature("pattern_subjectivity", lambda f: f.subjectivity),
    Feature("pattern_strength", lambda f: abs(f.polarity)),
    Feature("positive_sum", lambda f: math.log1p(sum(f.positive))),
    Feature("negative_sum", lambda f: math.log1p(-sum(f.negative))),
    Feature("compound", lambda f: f.compound),
    Feature("positive_count", lambda f: math.log1p(len(f.positive))),
    Feature("negative_count", lambda f: math.log1p(len(f.negative))),
    Feature("highest", lambda f: max(f.positive, default=0.0)),
    Feature("lowest", lambda f: min(f.negative, default=0.0)),
    Feature("first", lambda f: f.valences[0] if f.valences else 0.0),
    Feature("last", lambda f: f.valences[-1] if f.valences else 0.0),
    Feature("positive_symbols", lambda f: math.log1p(sum(value for value in f.symbols if value > 0))),
    Feature("negative_symbols", lambda f: math.log1p(-sum(value for value in f.symbols if value < 0))),
    Feature("exclamations", lambda f: math.log1p(f.marks.count("!")), style=True),
    Feature("questions", lambda f: math.log1p(f.marks.count("?")), style=True),
    Feature("asks", lambda f: float(f.marks.endswith("?")), style=True),
    Feature("trails_off", lambda f: float(".." in f.marks), style=True),
    Feature("capitals", lambda f: _share_of_capitals(f.words), style=True),
    Feature("drawls", lambda f: float(_drawls(f.words)), style=True),
    Feature("hashtags", lambda f: math.log1p(sum(token.raw[0] == "#" for token in f.words)), style=True),
    Feature("links", lambda f: math.log1p(f.kinds.count("link")), style=True),
    Feature("users", lambda f: math.log1p(f.kinds.count("user")), style=True),
    Feature("numbers", lambda f: math.log1p(f.kinds.count("number")), style=True),
    Feature("negations", lambda f: math.log1p(_negations(f.words)), style=True),
    Feature("contrast", lambda f: float(f.contrast), style=True),
    Feature("log_length", lambda f: math.log1p(f.length), style=True),
    Feature("is_empty", lambda f: float(f.length == 0), style=True),
)
_BINNED = (
    Binned("compound_bin", lambda f: f.compound if f.valences else None),
    Binned("pattern_bin", lambda f: f.polarity or None),
)

NAMES = (
    *(feature.name for feature in _FEATURES),
    *(f"{binned.name}_{i}" for binned in _BINNED for i in range(BINS)),
)
"""Names of the dense features, in order."""
STYLE = frozenset(feature.name for feature in _FEATURES if feature.style)
"""Those that say how a text is written."""


def dense(tokens: list[Token], reading: valence.Reading, polarity: float, subjectivity: float) -> list[float]:
    """Return the values of all features, in the order of `NAMES`."""
    facts = _facts(tokens, reading, polarity, subjectivity)
    values = [feature.value(facts) for feature in _FEATURES]
    for binned in _BINNED:
        values += _one_hot(binned.value(facts))
    return values


def _facts(tokens: list[Token], reading: valence.Reading, polarity: float, subjectivity: float) -> Facts:
    valences = [feeling.valence for feeling in reading.feelings]
    marks = "".join(token.raw for token in tokens if token.kind == "mark")
    return Facts(
        polarity=polarity,
        subjectivity=subjectivity,
        valences=valences,
        positive=[value for value in valences if value > 0],
        negative=[value for value in valences if value < 0],
        symbols=[f.valence for f in reading.feelings if tokens[f.position].kind in ("face", "emoji")],
        compound=_compound(valences, marks),
        kinds=[token.kind for token in tokens],
        words=[token for token in tokens if token.kind == "word"],
        marks=marks,
        contrast=reading.contrast,
        length=len(tokens),
    )


def _compound(valences: list[float], marks: str) -> float:
    """Return VADER's compound score: the sum of the valences, emphasised by exclamation marks, in -1 to 1."""
    total = sum(valences)
    emphasis = min(marks.count("!"), _MAX_EMPHASIS_MARKS) * _EMPHASIS_PER_MARK
    total += emphasis if total > 0 else -emphasis if total < 0 else 0.0
    return total / math.sqrt(total * total + 15.0)


def _share_of_capitals(words: list[Token]) -> float:
    return sum(token.raw.isupper() and len(token.raw) > 1 for token in words) / (len(words) or 1)


def _drawls(words: list[Token]) -> bool:
    return REPEATED.search(" ".join([token.raw for token in words]).lower()) is not None


def _negations(words: list[Token]) -> int:
    return sum(token.word in valence.NEGATIONS for token in words)


def _one_hot(value: float | None) -> list[float]:
    bins = [0.0] * BINS
    if value is not None:
        bins[min(int((value + 1.0) / 2.0 * BINS), BINS - 1)] = 1.0
    return bins
