"""What this project judged itself, so that the model knows how people at work write.

`work.tsv` was written and labelled for it; of 150 of its lines that were judged a second time, 149 got the
same label. `technical` has what developers write in documentation and comments, which is neutral in 98 of
100 texts.
"""

from collections.abc import Iterator
from pathlib import Path

from ..corpora import Corpus, Example, read_tsv
from . import technical

WORK = Path(__file__).parent / "work.tsv"
WORK_WEIGHT = 4.0
"""Of one line, beside a rated tweet: they are few, and each says something that nothing else says."""


def lessons() -> Iterator[Corpus]:
    """Yield the lines of people at work, and the technical texts."""
    work = read_tsv(WORK, WORK_WEIGHT)
    yield Corpus("work", [Example(e.text, e.shares, "work", e.weight) for e in work.examples])
    yield technical.corpus()
