"""An ensemble of linear views that is itself one linear model, so that it compiles to one table."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from tqdm import tqdm

from chalicelib.sentiment.dense import LOG_LENGTH, POSITIONS, temperature

from . import regression
from .features import Blocks, texts_with
from .matrices import SideBySide

Floats = npt.NDArray[np.float64]

_TO_NEUTRAL = np.array([-1.0, 2.0, -1.0]) / 3.0
_FROM_NEGATIVE_TO_NEUTRAL = np.array([-1.0, 1.0, 0.0]) / 2.0

Leaning = tuple[str, float]
"""Name of a dense feature, and what a unit of it adds to the log-odds of neutral against negative."""


@dataclass(frozen=True)
class View:
    """One member: the blocks of features it sees with the scale of each, its regularisation and its vote."""

    name: str
    scales: dict[str, float]
    C: float
    vote: float = 1.0


class LogLinearPool(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Mean of the log-probabilities of several logistic regressions.

    The mean of log-probabilities of linear softmax models is, up to a constant of the text, linear in the
    features again: the weights of all views are averaged into ``coef_`` and ``intercept_``, rounded to
    what the compiled model stores, and predictions use only these.

    Parameters
    ----------
    views
        The members.
    blocks
        Columns of each block of features.
    balance
        How far the classes are weighted to the same total: 0 as they come, 1 all the same.
    softness
        By which the logits are divided: see `temperature`.
    neutral
        Added to the logit of the second class.
    leanings
        Added to the weights of dense features.
    """

    def __init__(
        self,
        views: tuple[View, ...],
        blocks: dict[str, slice],
        balance: float = 1.0,
        softness: tuple[float, float] = (0.0, 0.0),
        neutral: float = 0.0,
        leanings: tuple[Leaning, ...] = (),
    ) -> None:
        self.views = views
        self.blocks = blocks
        self.balance = balance
        self.softness = softness
        self.neutral = neutral
        self.leanings = leanings

    def fit(
        self,
        columns: Blocks,
        shares: Floats,
        sample_weight: Floats,
        vectors: Floats,
    ) -> Self:
        """Fit to soft labels.

        Parameters
        ----------
        columns
            The texts' columns, by block.
        shares
            One row for each text and one column for each class; rows sum to 1.
        sample_weight
            How much each text counts.
        vectors
            One row for each word of the blocks "meanings" and "negated", which are seen through them. They
            end up in the weights and are not kept.
        """
        rows = len(shares)
        weights = shares * sample_weight[:, None]
        totals = weights.sum(axis=0)
        weights = weights * (totals.mean() / totals) ** self.balance
        weights = weights / weights.sum() * rows

        self.classes_ = np.arange(3)
        coefficients = np.zeros((3, max(block.stop for block in self.blocks.values())))
        intercept: Floats = np.zeros(3)
        votes = sum(view.vote for view in self.views)
        for view in tqdm(self.views, desc="views", unit="view", disable=None):
            seen, bases = _see(columns, view, vectors)
            found, free = regression.fit(seen, weights, view.C)
            start = 0
            for block, base in bases.items():
                part = found[:, start : start + base.shape[1]]
                coefficients[:, self.blocks[block]] += view.vote / votes * (base @ part.T).T
                start += base.shape[1]
            intercept += view.vote / votes * free
        coefficients -= coefficients.mean(axis=0)
        intercept -= intercept.mean()
        dense = self.blocks["dense"]
        intercept += self.neutral * _TO_NEUTRAL
        for name, amount in self.leanings:
            coefficients[:, dense.start + POSITIONS[name]] += amount * _FROM_NEGATIVE_TO_NEUTRAL
        self.coef_ = coefficients.astype(np.float16).astype(np.float64)
        self.coef_[:, dense] = coefficients[:, dense].astype(np.float32)
        self.intercept_ = intercept.astype(np.float32).astype(np.float64)
        return self

    def decision_function(self, X: sp.csr_matrix) -> Floats:  # noqa: N803
        """Return one logit for each text and class."""
        logits: Floats = X @ self.coef_.T + self.intercept_
        lengths = X[:, self.blocks["dense"].start + LOG_LENGTH].toarray().ravel()
        softened: Floats = logits / np.array([[temperature(self.softness, length)] for length in lengths])
        return softened

    def predict_proba(self, X: sp.csr_matrix) -> Floats:  # noqa: N803
        """Return the probability of each class for each text."""
        probabilities: Floats = softmax(self.decision_function(X), axis=1)
        return probabilities

    def predict(self, X: sp.csr_matrix) -> npt.NDArray[np.intp]:  # noqa: N803
        """Return the most probable class of each text."""
        classes: npt.NDArray[np.intp] = np.argmax(self.decision_function(X), axis=1)
        return classes


def _see(columns: Blocks, view: View, vectors: Floats) -> tuple[SideBySide, dict[str, Any]]:
    """Return what a view sees of the columns, and for each block the linear map from its columns to that.

    Rarer terms count more; dense features and word vectors count in standard deviations. Nothing is
    centred: that would fill the sparse blocks, and only moves the intercept.
    """
    parts, bases = [], {}
    for block, scale in view.scales.items():
        values = columns[block]
        if block in ("words", "pieces"):
            texts = np.maximum(texts_with(values), 1)
            base = sp.diags(scale * (1.0 + np.log(values.shape[0] / texts)), format="csr")
            parts.append(values @ base)
        else:
            directions = np.eye(values.shape[1]) if block == "dense" else vectors
            seen = np.asarray(values @ directions)
            deviation = seen.std(axis=0)
            deviation = np.where(deviation > 0, deviation, 1.0)
            base = directions * (scale / deviation)
            parts.append(seen * (scale / deviation))
        bases[block] = base
    return SideBySide(parts), bases
