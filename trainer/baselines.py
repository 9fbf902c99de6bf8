"""The classifiers to compare with: VADER and TextBlob, with the thresholds that their authors give."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from textblob import TextBlob

from .errors import TrainerError

Predict = Callable[[Sequence[str]], npt.NDArray[np.float64]]


def vader() -> Predict:
    """VADER: compound at least 0.05 is positive, at most -0.05 negative."""
    try:
        # Only this comparison needs it.
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415
    except ImportError as error:
        raise TrainerError("VADER is not installed; pip install vaderSentiment==3.3.2") from error
    analyzer = SentimentIntensityAnalyzer()
    return lambda texts: _certain([analyzer.polarity_scores(text)["compound"] for text in texts], 0.05)


def textblob() -> Predict:
    """TextBlob: polarity above 0 is positive, below 0 negative."""
    return lambda texts: _certain([TextBlob(text).sentiment.polarity for text in texts], 1e-9)


def _certain(scores: list[float], threshold: float) -> npt.NDArray[np.float64]:
    """Classes by threshold, as probabilities of 0 and 1: these classifiers tell no confidence."""
    classes = [2 if score >= threshold else 0 if score <= -threshold else 1 for score in scores]
    return np.eye(3)[classes]
