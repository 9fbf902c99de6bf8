"""Every package that a model learns from."""

from . import lexicon, packages

PACKAGES = (packages.VADER_2014, lexicon.VADER)
