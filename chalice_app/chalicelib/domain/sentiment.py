"""What a model says about a text."""

from dataclasses import dataclass
from typing import Literal

Label = Literal["negative", "neutral", "positive"]


@dataclass(frozen=True, slots=True)
class Sentiment:
    """The mood of one text.

    ``score`` is P(positive) - P(negative), from -1 to 1. ``confidence`` is the calibrated
    probability of ``label``, from 0 to 1. ``because`` holds the few terms that moved the score most,
    each with its signed weight, strongest first.
    """

    label: Label
    score: float
    confidence: float
    model: str
    because: tuple[tuple[str, float], ...] = ()
