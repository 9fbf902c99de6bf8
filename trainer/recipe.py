"""The recipe of the default model: which views, how strong, how sure. Chosen on the development sets."""

from .pool import View

VIEWS = (
    View("lexicons", {"dense": 0.3}, C=0.1),
    View("words", {"words": 1.0, "dense": 0.3}, C=0.5),
    View("pieces", {"pieces": 1.0, "dense": 0.3}, C=0.5),
)
MIN_WORDS = 3
MIN_PIECES = 8
BALANCE = 1.0
TEMPERATURE = 1.0
SEED = 20140601
HELD_OUT = 0.1
"""Part of the training texts that the reported metrics are measured on."""
