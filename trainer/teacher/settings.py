"""How the teacher learns. Opinions are stale once one of these changes: see `origin`."""

PARTS = {"tweets": 1.0, "editorials": 0.5, "products": 0.5, "films": 0.08}
"""Which part of each rated corpus the encoder learns from; the texts of a part count for the whole."""

FROZEN_LAYERS = 3
"""Of the encoder's six."""

EPOCHS = 3
LEARNING_RATE = 8e-5
HEAD_LEARNING_RATE = 8e-4
WARM_UP = 0.1
"""Part of the steps in which the learning rate rises."""

BATCH_SIZE = 32
MAX_PIECES = 40
"""Longer texts are cut after as many pieces of words."""
