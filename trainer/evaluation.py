"""Measures classifiers on a file of labelled texts."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.registry import EMBEDDED

from . import artifact, baselines
from .corpora import LABELS, read_tsv
from .metrics import measure

DEFAULT_MODEL = EMBEDDED


def evaluate(data: Path, model: Path | None = None) -> dict[str, float | int]:
    """Measure a compiled model (the embedded one by default), as Lambda runs it."""
    texts, labels = _read(data)
    return measure(labels, _predict(artifact.read(model or DEFAULT_MODEL).model, texts))


def compare(data: Path, model: Path | None = None) -> dict[str, dict[str, float | int]]:
    """Measure ours, VADER and TextBlob on the same texts."""
    texts, labels = _read(data)
    ours = artifact.read(model or DEFAULT_MODEL).model
    return {
        "ours": measure(labels, _predict(ours, texts)),
        "vader": measure(labels, baselines.vader()(texts)),
        "textblob": measure(labels, baselines.textblob()(texts)),
    }


def _read(data: Path) -> tuple[list[str], list[int]]:
    examples = read_tsv(data).examples
    return [e.text for e in examples], [LABELS.index(e.label) for e in examples]


def _predict(model: CompiledModel, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([model.probabilities(text) for text in tqdm(texts, desc="classify", disable=None)])
