"""The figures that every evaluation reports."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score, f1_score, recall_score

BINS = 10
_NORMAL = 1.96


def measure(labels: Sequence[int], probabilities: npt.NDArray[np.float64]) -> dict[str, float | int]:
    """Return n, macro_recall, macro_f1, accuracy and ece of class indices against predicted probabilities."""
    truth = np.asarray(labels)
    predicted = probabilities.argmax(axis=1)
    return {
        "n": len(truth),
        "macro_recall": round(float(recall_score(truth, predicted, average="macro", zero_division=0)), 4),
        "macro_f1": round(float(f1_score(truth, predicted, average="macro", zero_division=0)), 4),
        "accuracy": round(float(accuracy_score(truth, predicted)), 4),
        "ece": round(calibration_error(truth == predicted, probabilities.max(axis=1)), 4),
    }


def calibration_error(correct: npt.NDArray[np.bool_], confidence: npt.NDArray[np.float64]) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    error = 0.0
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            error += inside.mean() * abs(correct[inside].mean() - confidence[inside].mean())
    return float(error)


def recall_error(labels: Sequence[int], probabilities: npt.NDArray[np.float64]) -> float:
    """Return half of the 95 % confidence interval of the macro-averaged recall, from the size of each
    class."""
    truth = np.asarray(labels)
    right = probabilities.argmax(axis=1) == truth
    variances = []
    for label in np.unique(truth):
        recall, n = right[truth == label].mean(), (truth == label).sum()
        variances.append(recall * (1 - recall) / n)
    return round(float(_NORMAL * np.sqrt(sum(variances)) / len(variances)), 4)
