"""Predictions of compiled models on evaluation sets, each computed once."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from chalicelib.sentiment.compiled import CompiledModel

from .gate import EvaluationSet


@lru_cache(maxsize=16)
def predictions(model: CompiledModel, data: EvaluationSet) -> npt.NDArray[np.float64]:
    """Return the probability of each class for each text of a set."""
    return np.array([model.probabilities(text) for text in data.texts]).reshape(-1, 3)
