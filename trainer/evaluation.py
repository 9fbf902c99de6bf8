"""Measures classifiers on labelled texts."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.registry import EMBEDDED

from . import artifact, baselines, holdout
from .causes import Errors, errors_by_cause
from .corpora import LABELS, Example, rated, read_tsv
from .learning.evaluation_sets import CHAT, WORK
from .lessons import lessons
from .metrics import measure, recall_error

DEFAULT_MODEL = EMBEDDED


def evaluate(data: Path, model: Path | None = None) -> dict[str, float | int]:
    """Measure a compiled model (the embedded one by default), as Lambda runs it."""
    texts, labels = _read(data)
    return measure(labels, _predict(artifact.read(model or DEFAULT_MODEL).model, texts))


Figures = dict[str, dict[str, float | int]]
"""By the name of the classifier."""


def compare(data: Path, model: Path | None = None) -> Figures:
    """Measure ours, VADER and TextBlob on the same texts; ``error`` is that of the macro-averaged recall."""
    return _compare(*_read(data), artifact.read(model or DEFAULT_MODEL).model)


def compare_everywhere(model: Path | None = None) -> dict[str, Figures]:
    """Measure all three on every set that the project has: texts that training never sees, and benchmarks."""
    ours = artifact.read(model or DEFAULT_MODEL).model
    return {name: _compare(texts, labels, ours) for name, (texts, labels) in _every_set().items()}


def causes(data: Path | None = None, model: Path | None = None) -> dict[str, list[Errors]]:
    """Return the errors of a compiled model by their cause, on one file or on every set of the project."""
    ours = artifact.read(model or DEFAULT_MODEL).model
    sets = {data.name: _read(data)} if data else _every_set()
    return {
        name: errors_by_cause(ours, texts, np.array(labels), _predict(ours, texts))
        for name, (texts, labels) in sets.items()
    }


def _every_set() -> dict[str, tuple[list[str], list[int]]]:
    _, held = holdout.split(chain(rated(), lessons()))
    sets: dict[str, list[Example]] = {}
    for example in held:
        sets.setdefault(f"{example.source} (held out)", []).append(example)
    for path in (CHAT, WORK):
        sets[f"{path.stem} (benchmark)"] = read_tsv(path).examples
    return {
        name: ([e.text for e in examples], [LABELS.index(e.label) for e in examples])
        for name, examples in sets.items()
    }


def _compare(texts: list[str], labels: list[int], ours: CompiledModel) -> Figures:
    said = {
        "ours": _predict(ours, texts),
        "vader": baselines.vader()(texts),
        "textblob": baselines.textblob()(texts),
    }
    return {name: {**measure(labels, p), "error": recall_error(labels, p)} for name, p in said.items()}


def _read(data: Path) -> tuple[list[str], list[int]]:
    examples = read_tsv(data).examples
    return [e.text for e in examples], [LABELS.index(e.label) for e in examples]


def _predict(model: CompiledModel, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([model.probabilities(text) for text in tqdm(texts, desc="classify", disable=None)])
