"""The pool of views, on a few columns made for the purpose."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from chalicelib.sentiment.dense import FEATURES, LOG_LENGTH, POSITIONS
from trainer.pool import LogLinearPool, View

ROWS = 90
DENSE = len(FEATURES)
BLOCKS = {"words": slice(0, 4), "dense": slice(4, 4 + DENSE)}
VIEWS = (View("words", {"words": 1.0, "dense": 0.3}, C=1.0),)


def fitted(**options: Any) -> tuple[LogLinearPool, sp.csr_matrix]:
    """Fit to texts of three kinds, each with a word of its own and one that all share."""
    random = np.random.default_rng(7)
    kind = np.arange(ROWS) % 3
    words = np.eye(4)[kind] + [0, 0, 0, 1]
    columns = sp.csr_matrix(np.hstack([words, random.normal(size=(ROWS, DENSE))]))
    pool = LogLinearPool(VIEWS, BLOCKS, **options)
    blocks = {"words": columns[:, BLOCKS["words"]], "dense": columns[:, BLOCKS["dense"]].toarray()}
    return pool.fit(blocks, np.eye(3)[kind], np.ones(ROWS), np.empty((0, 0))), columns


def test_a_bias_to_neutral_changes_only_the_odds_of_neutral() -> None:
    (plain, columns), (leaning, _) = fitted(), fitted(neutral=0.5)
    without, with_lean = plain.predict_proba(columns), leaning.predict_proba(columns)
    odds = np.log(with_lean / without)
    np.testing.assert_allclose(odds[:, 1] - odds[:, 0], 0.5, atol=1e-5)
    np.testing.assert_allclose(odds[:, 2], odds[:, 0], atol=1e-5)


def test_a_leaning_moves_each_unit_of_a_feature_from_negative_to_neutral() -> None:
    (plain, columns), (leaning, _) = fitted(), fitted(leanings=(("technical", 0.5), ("felt", -0.2)))
    moved = leaning.decision_function(columns) - plain.decision_function(columns)
    technical, felt = (columns[:, 4 + POSITIONS[name]].toarray().ravel() for name in ("technical", "felt"))
    np.testing.assert_allclose(moved[:, 1] - moved[:, 0], 0.5 * technical - 0.2 * felt, atol=1e-4)
    np.testing.assert_allclose(moved[:, 2], 0.0, atol=1e-4)


def test_a_temperature_divides_the_logits_and_changes_no_label() -> None:
    (plain, columns), (cool, _) = fitted(), fitted(softness=(np.log(2.0), 0.0))
    assert (plain.predict(columns) == cool.predict(columns)).all()
    np.testing.assert_allclose(
        2.0 * cool.decision_function(columns), plain.decision_function(columns), rtol=2e-3, atol=2e-3
    )


def test_a_long_text_can_be_less_sure_than_a_short_one() -> None:
    (plain, columns), (soft, _) = fitted(), fitted(softness=(-0.1, 0.2))
    lengths = columns[:, 4 + LOG_LENGTH].toarray()
    expected = plain.decision_function(columns) / np.exp(-0.1 + 0.2 * lengths)
    np.testing.assert_allclose(soft.decision_function(columns), expected, rtol=2e-3, atol=2e-3)
