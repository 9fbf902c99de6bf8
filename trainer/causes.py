"""Why texts are read wrongly: what the wrong ones have that the others have less often."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.featuriser import Features
from chalicelib.sentiment.stance import technical
from chalicelib.sentiment.valence import negates

_LONG = 25
_SHORT = 3
_STRONG = 0.5
_TECHNICAL = 0.5


class Cause(NamedTuple):
    """What may make a text hard to read; a text can have several."""

    name: str
    holds: Callable[[Features], bool]


CAUSES = (
    Cause("nothing to read", lambda f: not any(token.kind != "mark" for token in f.tokens)),
    Cause("no word of feeling", lambda f: not _felt(f)),
    Cause("feelings that disagree", lambda f: min(_felt(f), default=0.0) < 0 < max(_felt(f), default=0.0)),
    Cause("negation", lambda f: any(map(negates, f.tokens))),
    Cause("contrast", lambda f: f.reading.contrast),
    Cause("question", lambda f: any(token.raw.startswith("?") for token in f.tokens)),
    Cause("technical", lambda f: technical(f.tokens) >= _TECHNICAL),
    Cause("up to 3 words", lambda f: len(f.tokens) <= _SHORT),
    Cause("more than 25 words", lambda f: len(f.tokens) > _LONG),
    Cause("faces or emoji", lambda f: any(token.kind in ("face", "emoji") for token in f.tokens)),
)
"""In the order of the table; what none of them holds for is "other"."""

OTHER = "other"


@dataclass(frozen=True)
class Errors:
    """The texts that have one cause, how many of them are read wrongly, and one of those."""

    cause: str
    texts: int
    wrong: int
    sure: float
    """Mean confidence of the wrong ones, 0 to 1."""
    example: str


def errors_by_cause(
    model: CompiledModel,
    texts: Sequence[str],
    labels: npt.NDArray[np.intp],
    probabilities: npt.NDArray[np.float64],
) -> list[Errors]:
    """Return a row for each cause that a wrong text has; its example is the one the model is surest of."""
    predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    having: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        features = model.featuriser.features(text)
        for name in [cause.name for cause in CAUSES if cause.holds(features)] or [OTHER]:
            having.setdefault(name, []).append(number)
    rows = []
    for name in (*(cause.name for cause in CAUSES), OTHER):
        wrong = [number for number in having.get(name, ()) if predicted[number] != labels[number]]
        if wrong:
            surest = max(wrong, key=lambda number: float(confidence[number]))
            sure = fmean(float(confidence[number]) for number in wrong)
            rows.append(Errors(name, len(having[name]), len(wrong), sure, texts[surest]))
    return rows


def _felt(features: Features) -> list[float]:
    return [feeling.valence for feeling in features.reading.feelings if abs(feeling.valence) >= _STRONG]
