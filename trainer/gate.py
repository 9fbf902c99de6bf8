"""Whether a candidate may replace the live model: paired bootstrap on the same texts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RESAMPLES = 2_000
ERROR = 0.05
"""Probability that two equally good models look this different by chance."""

SEED = 20140601


@dataclass(frozen=True, eq=False)
class EvaluationSet:
    """Texts with their labels. ``labels`` are class indices, ``weights`` what each text counts."""

    name: str
    texts: list[str]
    labels: npt.NDArray[np.intp]
    weights: Floats
    sources: list[str]


@dataclass(frozen=True)
class Comparison:
    """Macro-averaged recall of a candidate and of what it must not be worse than, on one set.

    ``low`` and ``high`` bound the difference with 95 % confidence.
    """

    set: str
    against: str
    n: int
    candidate: float
    other: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether the candidate is worse beyond the statistical error."""
        return self.high < 0

    def to_content(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return asdict(self) | {"worse": self.worse}

    def __str__(self) -> str:
        verdict = "worse" if self.worse else "not worse"
        return (
            f"{self.set} ({self.n} texts): {self.candidate:.3f}, {self.against} {self.other:.3f}, "
            f"difference {self.low:+.3f} to {self.high:+.3f}: {verdict}"
        )


def compare(data: EvaluationSet, against: str, candidate: Floats, other: Floats) -> Comparison:
    """Compare the probabilities that two models give to the texts of a set.

    Both are measured on the same resampled texts (paired bootstrap), so what is hard for both cancels out.
    """
    right = [np.argmax(probabilities, axis=1) == data.labels for probabilities in (candidate, other)]
    members = np.eye(3)[data.labels] * data.weights[:, None]
    once = np.ones((1, len(data.labels)))
    drawn = np.random.default_rng(SEED).multinomial(
        len(data.labels), np.full(len(data.labels), 1 / len(data.labels)), size=RESAMPLES
    )
    ours, theirs = (float(_macro_recall(once, members, r)[0]) for r in right)
    resampled = [_macro_recall(drawn.astype(float), members, r) for r in right]
    low, high = np.quantile(resampled[0] - resampled[1], (ERROR / 2, 1 - ERROR / 2))
    return Comparison(
        set=data.name,
        against=against,
        n=len(data.labels),
        candidate=round(ours, 4),
        other=round(theirs, 4),
        low=round(float(low), 4),
        high=round(float(high), 4),
    )


def _macro_recall(counts: Floats, members: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """Return the mean recall of the classes that occur, for each row of counts of texts."""
    of_class = counts @ members
    found = counts @ (members * right[:, None])
    present = of_class > 0
    recall = np.divide(found, of_class, out=np.zeros_like(found), where=present)
    mean: Floats = recall.sum(axis=1) / np.maximum(present.sum(axis=1), 1)
    return mean


def evaluation_set(name: str, rows: Sequence[tuple[str, Sequence[float], str, float]]) -> EvaluationSet:
    """Put a set together from rows of text, shares of the labels, source and weight."""
    return EvaluationSet(
        name,
        [text for text, *_ in rows],
        np.array([int(np.argmax(shares)) for _, shares, *_ in rows], dtype=np.intp),
        np.array([weight for *_, weight in rows], dtype=float),
        [source for _, _, source, _ in rows],
    )
