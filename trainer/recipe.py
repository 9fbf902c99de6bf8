"""The recipe of the default model: which views, how strong, how sure. Chosen on the development sets."""

from .pool import View

VIEWS = (
    View("meanings", {"dense": 1.0, "meanings": 1.0, "negated": 1.0}, C=0.0005, vote=2.0),
    View("words", {"dense": 0.3, "words": 1.0}, C=0.05),
    View("pieces", {"dense": 0.3, "pieces": 1.0}, C=0.03),
)
DIMENSIONS = 200
"""Of the word vectors, after principal component analysis."""

MIN_WORDS = 3
MIN_PIECES = 8
"""In how many texts a term must stand: what is rarer cannot be learned from, and makes the model bigger."""

BALANCE = 1.0
TEMPERATURE = 0.71
"""Raters disagree more often than readers do: soft labels make the pool too modest. Chosen so that
the calibration error stays within 0.05 on tweets, where this is a little too sure, and on blogs alike."""

SEED = 20140601
HELD_OUT = 0.1
"""Part of the training texts that the reported metrics are measured on."""
