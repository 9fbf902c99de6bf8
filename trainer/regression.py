"""Multinomial logistic regression on soft labels, each text once.

scikit-learn wants one row for each label of a text, which takes three times the memory and twice the time.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from .errors import TrainerError
from .matrices import SideBySide

Floats = npt.NDArray[np.float64]

_MOST_STEPS = 2_000
_GRADIENT = 3e-6
"""Enough to converge: what a fit that is cut short makes of a text depends on all the others."""


def fit(X: SideBySide, weights: Floats, C: float) -> tuple[Floats, Floats]:  # noqa: N803
    """Return coefficients (classes, features) and intercepts (classes).

    They are the ones of the minimum of the weighted cross-entropy plus the squared coefficients by 2 C.

    Parameters
    ----------
    X
        One row for each text.
    weights
        How much each text counts for each class.
    C
        Inverse of the regularisation's strength, beside weights of 1 on average.

    Raises
    ------
    TrainerError
        If it does not converge.
    """
    classes = weights.shape[1]
    wanted = weights.astype(np.float32)
    totals = wanted.sum(axis=1, keepdims=True)
    shape = (X.shape[1] + 1, classes)

    def loss(flat: Floats) -> tuple[float, Floats]:
        both = flat.reshape(shape)
        logits = X @ both[:-1].astype(np.float32) + both[-1].astype(np.float32)
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        sums = odds.sum(axis=1, keepdims=True)
        surprise = -(wanted * (logits - np.log(sums))).sum(dtype=np.float64)
        excess = odds / sums * totals - wanted
        gradient = np.empty(shape)
        gradient[:-1] = X.back(excess) + both[:-1] / C
        gradient[-1] = excess.sum(axis=0, dtype=np.float64)
        penalty = float(np.square(both[:-1]).sum()) / (2 * C)
        return (float(surprise) + penalty) / len(wanted), gradient.ravel() / len(wanted)

    # Products this small cost BLAS's threads more to share than to compute, six times as much in all.
    with threadpool_limits(limits=1, user_api="blas"):
        found = minimize(
            loss,
            np.zeros(shape).ravel(),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": _MOST_STEPS, "gtol": _GRADIENT, "ftol": 1e-9},
        )
    if found.nit >= _MOST_STEPS:
        raise TrainerError(f"the regression did not converge in {_MOST_STEPS} steps: {found.message}")
    both = found.x.reshape(shape)
    return both[:-1].T, both[-1]
