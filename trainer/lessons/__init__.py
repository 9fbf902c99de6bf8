"""What this project wrote and labelled itself, so that the model knows how people at work write.

Of 150 of the first 988 lines that were judged a second time, 149 got the same label.
"""

from collections.abc import Iterator
from pathlib import Path

from ..corpora import Corpus, Example, read_tsv

WORK = Path(__file__).parent / "work.tsv"
WORK_WEIGHT = 4.0
"""Of one line, beside a rated tweet: they are few, and each says something that nothing else says."""


def lessons() -> Iterator[Corpus]:
    """Yield the lines of people at work."""
    work = read_tsv(WORK, WORK_WEIGHT)
    yield Corpus("work", [Example(e.text, e.shares, "work", e.weight) for e in work.examples])
