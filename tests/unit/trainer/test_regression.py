"""The regression on soft labels, against scikit-learn's on one row for each label."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from trainer import regression
from trainer.matrices import SideBySide

ROWS, COLUMNS = 120, 6


def soft() -> tuple[sp.csr_matrix, npt.NDArray[np.float64]]:
    random = np.random.default_rng(5)
    weights = random.dirichlet((1.0, 1.0, 1.0), ROWS) * random.uniform(0.5, 1.5, (ROWS, 1))
    return sp.csr_matrix(random.normal(size=(ROWS, COLUMNS))), weights


def test_it_finds_what_scikit_learn_finds_with_a_row_for_each_label() -> None:
    X, weights = soft()
    theirs = LogisticRegression(C=0.5, max_iter=5_000, tol=1e-8)
    theirs.fit(sp.vstack([X] * 3), np.repeat(np.arange(3), ROWS), sample_weight=weights.T.ravel())
    coefficients, intercept = regression.fit(SideBySide([X]), weights, C=0.5)
    np.testing.assert_allclose(coefficients, theirs.coef_, atol=2e-3)
    np.testing.assert_allclose(
        intercept - intercept.mean(), theirs.intercept_ - theirs.intercept_.mean(), atol=2e-3
    )


def test_a_dense_matrix_gives_the_same_as_a_sparse_one() -> None:
    X, weights = soft()
    sparse = regression.fit(SideBySide([X]), weights, C=1.0)
    dense = regression.fit(SideBySide([X.toarray()]), weights, C=1.0)
    np.testing.assert_allclose(sparse[0], dense[0], atol=1e-3)
