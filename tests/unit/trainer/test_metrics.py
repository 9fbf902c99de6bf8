import numpy as np
import pytest

from trainer.metrics import calibration_error, measure, recall_error


def test_a_perfect_and_certain_classifier_is_perfect() -> None:
    assert measure([0, 1, 2], np.eye(3)) == {
        "n": 3,
        "macro_recall": 1.0,
        "macro_f1": 1.0,
        "accuracy": 1.0,
        "ece": 0.0,
    }


def test_macro_recall_counts_each_class_alike() -> None:
    always_neutral = np.tile([0.1, 0.8, 0.1], (10, 1))
    figures = measure([1] * 8 + [0, 2], always_neutral)
    assert figures["accuracy"] == pytest.approx(0.8)
    assert figures["macro_recall"] == pytest.approx(1 / 3, abs=1e-4)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    correct = np.array([True, False, True, False])
    assert calibration_error(correct, np.full(4, 0.9)) == pytest.approx(0.4)
    assert calibration_error(correct, np.full(4, 0.5)) == pytest.approx(0.0)


def test_full_confidence_falls_into_the_last_bin() -> None:
    assert calibration_error(np.array([True]), np.array([1.0])) == 0.0


def test_the_error_of_the_macro_recall_shrinks_with_the_root_of_the_texts() -> None:
    labels, said = [0, 0, 1, 1, 2, 2], np.eye(3)[[0, 1, 1, 2, 2, 0]]
    few, many = recall_error(labels, said), recall_error(labels * 100, np.tile(said, (100, 1)))
    assert few == pytest.approx(10 * many, rel=0.01)
    assert recall_error(labels, np.eye(3)[labels]) == 0.0
