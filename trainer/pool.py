"""An ensemble of linear views that is itself one linear model, so that it compiles to one table."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """One member: the blocks of features it sees with the scale of each, its regularisation and its vote."""

    name: str
    scales: dict[str, float]
    C: float
    vote: float = 1.0


class LogLinearPool(ClassifierMixin, BaseEstimator):
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
    temperature
        Divides the logits: above 1 the model is less sure of itself.
    """

    def __init__(
        self,
        views: tuple[View, ...],
        blocks: dict[str, slice],
        balance: float = 1.0,
        temperature: float = 1.0,
    ) -> None:
        self.views = views
        self.blocks = blocks
        self.balance = balance
        self.temperature = temperature

    def fit(self, X: sp.csr_matrix, shares: Floats, sample_weight: Floats | None = None) -> Self:
        """Fit to soft labels: ``shares`` has one row for each text and one column for each class."""
        rows = X.shape[0]
        weights = shares * (np.ones(rows) if sample_weight is None else sample_weight)[:, None]
        totals = weights.sum(axis=0)
        weights = weights * (totals.mean() / totals) ** self.balance
        # Each text stands in three rows, one for each class, weighted by the share of raters who chose it.
        stacked = weights.T.ravel() / weights.sum() * rows
        kept = stacked > 0
        y = np.repeat(np.arange(3), rows)[kept]

        self.classes_ = np.arange(3)
        coefficients = np.zeros((3, X.shape[1]))
        intercept = np.zeros(3)
        votes = sum(view.vote for view in self.views)
        for view in tqdm(self.views, desc="views", unit="view", disable=None):
            columns, scale = self._scaling(X, view)
            # Not centred: that would fill the sparse blocks, and only moves the intercept.
            seen = X[:, columns] @ sp.diags(scale)
            model = LogisticRegression(C=view.C, max_iter=200, tol=1e-4)
            model.fit(sp.vstack([seen] * 3, format="csr")[kept], y, sample_weight=stacked[kept])
            coefficients[:, columns] += view.vote / votes * model.coef_ * scale
            intercept += view.vote / votes * model.intercept_
        coefficients -= coefficients.mean(axis=0)
        intercept -= intercept.mean()
        coefficients /= self.temperature
        intercept /= self.temperature
        dense = self.blocks["dense"]
        self.coef_ = coefficients.astype(np.float16).astype(np.float64)
        self.coef_[:, dense] = coefficients[:, dense].astype(np.float32)
        self.intercept_ = intercept.astype(np.float32).astype(np.float64)
        return self

    def decision_function(self, X: sp.csr_matrix) -> Floats:
        """Return one logit for each text and class."""
        logits: Floats = X @ self.coef_.T + self.intercept_
        return logits

    def predict_proba(self, X: sp.csr_matrix) -> Floats:
        """Return the probability of each class for each text."""
        probabilities: Floats = softmax(self.decision_function(X), axis=1)
        return probabilities

    def predict(self, X: sp.csr_matrix) -> npt.NDArray[Any]:
        """Return the most probable class of each text."""
        return np.argmax(self.decision_function(X), axis=1)

    def _scaling(self, X: sp.csr_matrix, view: View) -> tuple[npt.NDArray[np.intp], Floats]:
        """Columns of a view and their scale: rarer terms count more, dense features in standard deviations."""
        columns, scales = [], []
        for block, scale in view.scales.items():
            part = self.blocks[block]
            columns.append(np.arange(part.start, part.stop))
            values = X[:, part]
            if block == "dense":
                deviation = values.toarray().std(axis=0)
                scales.append(scale / np.where(deviation > 0, deviation, 1.0))
            else:
                texts = np.maximum(values.getnnz(axis=0), 1)
                scales.append(scale * (1.0 + np.log(X.shape[0] / texts)))
        return np.concatenate(columns), np.concatenate(scales)
