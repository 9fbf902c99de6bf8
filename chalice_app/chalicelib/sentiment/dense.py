"""The dense features: readings of the lexicons, and how a text is written.

`FEATURES` has one row for each feature: its name beside the expression that makes its value. A model has
weights for each row, in this order. After adding a row, train the embedded model again: `make model`.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from . import stance, valence
from .text import REPEATED, Token

_BINS = 9
_NO_BIN = -1


class Summary(NamedTuple):
    """What the features of one text are made from, each part computed once."""

    tokens: Sequence[Token]
    words: Sequence[Token]
    kinds: Sequence[str]
    marks: str
    valences: Sequence[float]
    positive: Sequence[float]
    negative: Sequence[float]
    symbols: Sequence[float]
    contrast: bool
    polarity: float
    subjectivity: float
    compound: float
    compound_bin: int
    polarity_bin: int
    stance: stance.Stance
    attitude: float
    strongest_attitude: float
    state: float


class Feature(NamedTuple):
    """One row of the table; ``style`` marks those that say how a text is written, not what its words mean."""

    name: str
    value: Callable[[Summary], float]
    style: bool = False


def _style(name: str, value: Callable[[Summary], float]) -> Feature:
    return Feature(name, value, style=True)


def _compound_bin(number: int) -> Feature:
    return Feature(f"compound_bin_{number}", lambda s: 1.0 if s.compound_bin == number else 0.0)


def _pattern_bin(number: int) -> Feature:
    return Feature(f"pattern_bin_{number}", lambda s: 1.0 if s.polarity_bin == number else 0.0)


FEATURES: tuple[Feature, ...] = (
    Feature("pattern_polarity", lambda s: s.polarity),
    Feature("pattern_subjectivity", lambda s: s.subjectivity),
    Feature("pattern_strength", lambda s: abs(s.polarity)),
    Feature("positive_sum", lambda s: math.log1p(sum(s.positive))),
    Feature("negative_sum", lambda s: math.log1p(-sum(s.negative))),
    Feature("compound", lambda s: s.compound),
    Feature("positive_count", lambda s: math.log1p(len(s.positive))),
    Feature("negative_count", lambda s: math.log1p(len(s.negative))),
    Feature("highest", lambda s: max(s.positive, default=0.0)),
    Feature("lowest", lambda s: min(s.negative, default=0.0)),
    Feature("first", lambda s: s.valences[0] if s.valences else 0.0),
    Feature("last", lambda s: s.valences[-1] if s.valences else 0.0),
    Feature("positive_symbols", lambda s: math.log1p(sum(value for value in s.symbols if value > 0))),
    Feature("negative_symbols", lambda s: math.log1p(-sum(value for value in s.symbols if value < 0))),
    # Words of feeling add up in a long text; how dense they are does not.
    Feature("positive_density", lambda s: sum(s.positive) / math.sqrt(len(s.tokens) or 1)),
    Feature("negative_density", lambda s: -sum(s.negative) / math.sqrt(len(s.tokens) or 1)),
    # What is somebody's opinion and what is a state of things, and both where the text is about technology.
    Feature("attitude_sum", lambda s: s.attitude),
    Feature("strongest_attitude", lambda s: s.strongest_attitude),
    Feature("attitude_density", lambda s: sum(s.stance.attitudes) / math.sqrt(len(s.tokens) or 1)),
    Feature("state_sum", lambda s: s.state),
    Feature("felt", lambda s: math.log1p(s.stance.felt)),
    Feature("technical_attitude", lambda s: s.stance.technical * s.attitude),
    Feature("technical_strongest", lambda s: s.stance.technical * s.strongest_attitude),
    Feature("technical_state", lambda s: s.stance.technical * s.state),
    Feature("technical_felt", lambda s: s.stance.technical * math.log1p(s.stance.felt)),
    Feature("technical_polarity", lambda s: s.stance.technical * s.polarity),
    Feature("technical_compound", lambda s: s.stance.technical * s.compound),
    _style("technical", lambda s: s.stance.technical),
    _style("technical_length", lambda s: s.stance.technical * math.log1p(len(s.tokens))),
    _style("technical_exclamations", lambda s: s.stance.technical * math.log1p(s.marks.count("!"))),
    _style("technical_question", lambda s: s.stance.technical * float("?" in s.marks)),
    _style("exclamations", lambda s: math.log1p(s.marks.count("!"))),
    _style("questions", lambda s: math.log1p(s.marks.count("?"))),
    _style("asks", lambda s: float(s.marks.endswith("?"))),
    _style("trails_off", lambda s: float(".." in s.marks)),
    _style(
        "capitals",
        lambda s: sum(word.raw.isupper() and len(word.raw) > 1 for word in s.words) / (len(s.words) or 1),
    ),
    _style(
        "drawls",
        lambda s: float(REPEATED.search(" ".join([word.raw for word in s.words]).lower()) is not None),
    ),
    _style("hashtags", lambda s: math.log1p(sum(word.raw[0] == "#" for word in s.words))),
    _style("links", lambda s: math.log1p(s.kinds.count("link"))),
    _style("users", lambda s: math.log1p(s.kinds.count("user"))),
    _style("numbers", lambda s: math.log1p(s.kinds.count("number"))),
    _style("codes", lambda s: math.log1p(s.kinds.count("code"))),
    _style("negations", lambda s: math.log1p(sum(word.word in valence.NEGATIONS for word in s.words))),
    _style("contrast", lambda s: float(s.contrast)),
    _style("log_length", lambda s: math.log1p(len(s.tokens))),
    _style("is_empty", lambda s: float(not s.tokens)),
    # Bins, so that a linear model can bend.
    *(_compound_bin(number) for number in range(_BINS)),
    *(_pattern_bin(number) for number in range(_BINS)),
)

POSITIONS = {feature.name: position for position, feature in enumerate(FEATURES)}
"""Position of each feature, by its name."""

LOG_LENGTH = POSITIONS["log_length"]
"""Position of the logarithm of 1 + the number of tokens."""

_VALUES = tuple(feature.value for feature in FEATURES)


def values(
    tokens: Sequence[Token], reading: valence.Reading, polarity: float, subjectivity: float
) -> list[float]:
    """Return the value of each feature, in the order of `FEATURES`.

    Parameters
    ----------
    polarity, subjectivity
        TextBlob's, -1 to 1 and 0 to 1.
    """
    summary = _summary(tokens, reading, polarity, subjectivity)
    return [value(summary) for value in _VALUES]


def temperature(softness: tuple[float, float], log_length: float) -> float:
    """Return by what the logits of a text are divided: above 1 the model is less sure of itself.

    Words add up, and those of a long text are more alike than independent evidence, so that a model that
    is as sure of short texts as it should be is too sure of long ones.

    Parameters
    ----------
    softness
        Logarithm of the temperature of an empty text, and what is added to it for each unit of
        ``log_length``.
    log_length
        The value of that feature.
    """
    constant, slope = softness
    return math.exp(constant + slope * log_length)


def _summary(
    tokens: Sequence[Token], reading: valence.Reading, polarity: float, subjectivity: float
) -> Summary:
    valences = [feeling.valence for feeling in reading.feelings]
    marks = "".join(token.raw for token in tokens if token.kind == "mark")
    compound = _compound(sum(valences), marks)
    stood = stance.read(tokens, reading.feelings)
    return Summary(
        tokens=tokens,
        words=[token for token in tokens if token.kind == "word"],
        kinds=[token.kind for token in tokens],
        marks=marks,
        valences=valences,
        positive=[value for value in valences if value > 0],
        negative=[value for value in valences if value < 0],
        symbols=[f.valence for f in reading.feelings if tokens[f.position].kind in ("face", "emoji")],
        contrast=reading.contrast,
        polarity=polarity,
        subjectivity=subjectivity,
        compound=compound,
        compound_bin=_bin(compound) if valences else _NO_BIN,
        polarity_bin=_bin(polarity) if polarity else _NO_BIN,
        stance=stood,
        attitude=math.log1p(sum(stood.attitudes)),
        strongest_attitude=max(stood.attitudes, default=0.0),
        state=math.log1p(sum(stood.states)),
    )


def _compound(total: float, marks: str) -> float:
    """All valences as one number from -1 to 1, as VADER does it: exclamation marks emphasise."""
    emphasis = min(marks.count("!"), 4) * 0.292
    total += emphasis if total > 0 else -emphasis if total < 0 else 0.0
    return total / math.sqrt(total * total + 15.0)


def _bin(value: float) -> int:
    """Which of nine bins a value from -1 to 1 falls into."""
    return min(int((value + 1.0) / 2.0 * _BINS), _BINS - 1)
