"""The texts that the model learns from, each with the shares of people who gave it each label."""

import ast
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import packages
from .errors import TrainerError

LABELS = ("negative", "neutral", "positive")
Shares = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One text. ``shares`` are the parts of its raters in the order of `LABELS`; they sum to 1."""

    text: str
    shares: Shares
    source: str
    weight: float = 1.0

    @property
    def label(self) -> str:
        """What most raters said."""
        return LABELS[max(range(3), key=self.shares.__getitem__)]


@dataclass
class Corpus:
    """Examples, and what was left out with the reason.

    ``judged`` tells whether people said what is in it; what a teacher said is no measure of anything.
    """

    name: str
    examples: list[Example] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    judged: bool = True

    def first(self, most: int | None) -> "Corpus":
        """Return the corpus with its first examples alone."""
        return replace(self, examples=self.examples[:most])

    def counts(self) -> dict[str, int]:
        """How many examples have each label."""
        counted = Counter(example.label for example in self.examples)
        return {label: counted[label] for label in LABELS}


FURTHER_WEIGHT = 1.0
"""What one text of a file given by `--corpus` counts beside a tweet."""

RATED = {
    "tweets": ("tweets", 1.0),
    "editorials": ("nytEditorialSnippets", 1.0),
    "films": ("movieReviewSnippets", 0.1),
    "products": ("amazonReviewSnippets", 0.3),
}
"""Name of each rated corpus: its files, and how much one text of it counts beside a tweet."""


_UNREADABLE_WEIGHT = 2_000.0

_UNREADABLE: Shares = (0.3, 0.4, 0.3)


def unread() -> Corpus:
    """Return a text in which there is nothing to read, as a sentence in another language is to the model.

    Some of such sentences are happy and some are sad, so the model shall be unsure of them.
    """
    return Corpus("unread", [Example("", _UNREADABLE, "unread", _UNREADABLE_WEIGHT)], judged=False)


def rated() -> Iterator[Corpus]:
    """Yield the corpora of the VADER study, with all ratings of each text (10 to 100 people)."""
    archive = packages.read_member(
        packages.fetch(packages.VADER_2014).read_bytes(), "hutto_ICWSM_2014.tar.gz"
    )
    for name, (stem, weight) in RATED.items():
        texts = _rows(packages.read_member(archive, f"{stem}_GroundTruth.txt"))
        ratings = dict(_rated_shares(_rows(packages.read_member(archive, f"{stem}_anonDataRatings.txt"))))
        corpus = Corpus(name)
        for number, fields in texts:
            if len(fields) != 3 or not fields[2].strip():
                corpus.rejected.append(
                    f"{stem}_GroundTruth.txt:{number}: 3 fields expected, {len(fields)} found"
                )
            elif fields[0] not in ratings:
                corpus.rejected.append(f"{stem}_GroundTruth.txt:{number}: no ratings for text {fields[0]}")
            else:
                corpus.examples.append(Example(fields[2], ratings[fields[0]], name, weight))
        yield corpus


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        decoded = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = data.decode("cp1252")
    for number, line in enumerate(decoded.splitlines(), 1):
        yield number, line.split("\t", 2) if line.count("\t") == 2 else line.split("\t")


def _rated_shares(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, Shares]]:
    for _, fields in rows:
        votes = ast.literal_eval(fields[-1])
        negative = sum(vote < 0 for vote in votes) / len(votes)
        positive = sum(vote > 0 for vote in votes) / len(votes)
        yield fields[0], (negative, 1.0 - negative - positive, positive)


def read_tsv(path: Path, weight: float = 1.0) -> Corpus:
    """Read a file of ``label<TAB>text`` lines; bad rows are counted and named, not fatal.

    A first line ``label<TAB>text`` is a header; columns that it names after these two are ignored.

    Raises
    ------
    TrainerError
        If the file cannot be read, is not UTF-8, or has no usable row.
    """
    corpus = Corpus(path.name)
    width = 2
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, fields in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if number == 1 and fields[:2] == ["label", "text"]:
                    width = len(fields)
                    continue
                problem = _problem(fields, width)
                if problem:
                    corpus.rejected.append(f"{path}:{number}: {problem}")
                else:
                    corpus.examples.append(Example(fields[1], _certain(fields[0]), path.name, weight))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TrainerError(f"cannot read the corpus {path}: {error}") from error
    if not corpus.examples:
        raise TrainerError(f"the corpus {path} has no usable row; expected lines of label<TAB>text")
    return corpus


def _problem(fields: list[str], width: int) -> str | None:
    if len(fields) != width:
        return f"{width} fields expected, {len(fields)} found"
    if fields[0] not in LABELS:
        return f"label {fields[0]!r} is none of {', '.join(LABELS)}"
    return None if fields[1].strip() else "the text is empty"


def _certain(label: str) -> Shares:
    """All shares for the one label that is known."""
    return (float(label == "negative"), float(label == "neutral"), float(label == "positive"))
