"""Every package that a model learns from."""

from . import lexicon, packages, vectors

PACKAGES = (packages.VADER_2014, lexicon.VADER, vectors.MINILM)
