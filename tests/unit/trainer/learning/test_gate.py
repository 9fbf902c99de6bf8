"""The gate: worse beyond the statistical error is refused, anything else is not."""

import numpy as np
import numpy.typing as npt

from trainer.gate import EvaluationSet, compare

RANDOM = np.random.default_rng(7)
N = 600
LABELS = RANDOM.integers(0, 3, N)
DATA = EvaluationSet("set", [""] * N, LABELS, np.ones(N), [""] * N)


def answers(wrong: int, seed: int = 1) -> npt.NDArray[np.float64]:
    """Return probabilities of a model that gets so many texts wrong."""
    predicted = LABELS.copy()
    chosen = np.random.default_rng(seed).permutation(N)[:wrong]
    predicted[chosen] = (predicted[chosen] + 1) % 3
    return np.eye(3)[predicted]


def test_the_same_model_is_not_worse_than_itself() -> None:
    comparison = compare(DATA, "live", answers(200), answers(200))
    assert (comparison.low, comparison.high) == (0.0, 0.0)
    assert not comparison.worse


def test_a_better_model_is_not_worse() -> None:
    comparison = compare(DATA, "live", answers(150), answers(220))
    assert comparison.candidate > comparison.other
    assert comparison.low > 0


def test_a_clearly_worse_model_is_refused() -> None:
    assert compare(DATA, "live", answers(260), answers(180)).worse


def test_a_difference_that_chance_explains_is_no_reason_to_refuse() -> None:
    comparison = compare(DATA, "live", answers(183, seed=2), answers(180, seed=3))
    assert comparison.low < 0 < comparison.high
    assert not comparison.worse


def test_pairing_shows_a_small_difference_on_the_same_texts() -> None:
    # The same texts are hard for both, and the candidate misses 20 more: unpaired, chance could explain it.
    assert compare(DATA, "live", answers(200), answers(180)).worse


def test_texts_without_weight_decide_nothing() -> None:
    weights = np.ones(N)
    weights[answers(0).argmax(axis=1) != answers(100).argmax(axis=1)] = 0
    light = EvaluationSet("set", [""] * N, LABELS, weights, [""] * N)
    assert not compare(light, "live", answers(100), answers(0)).worse


def test_a_class_that_does_not_occur_is_left_out_of_the_mean() -> None:
    labels = np.zeros(N, dtype=int)
    one = EvaluationSet("set", [""] * N, labels, np.ones(N), [""] * N)
    right = np.eye(3)[labels]
    assert compare(one, "live", right, right).candidate == 1.0
