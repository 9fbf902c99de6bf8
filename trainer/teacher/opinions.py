"""The file of opinions: two bytes for each unlabelled text."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from ..corpora import Corpus, Example
from ..errors import TrainerError
from .texts import digest, texts

FILE = Path(__file__).parent / "opinions.npz"

WEIGHT = 0.5
"""The weight of one opinion; a tweet that people rated has 1."""

_STEPS = 255
_MIN_SHARE = 0.12
"""Smaller shares are left out of an opinion: they cost training time and have hardly any effect."""

Shares = npt.NDArray[np.float64]


def write(opinions: Mapping[str, Shares], chosen: Mapping[str, list[str]], path: Path = FILE) -> None:
    """Store the shares of negative, neutral and positive (n, 3) of each source's texts."""
    stored: dict[str, npt.NDArray[np.uint8]] = {}
    for name, shares in opinions.items():
        stored[name] = np.rint(shares[:, [0, 2]] * _STEPS).astype(np.uint8)
        stored[f"{name}.texts"] = np.frombuffer(bytes.fromhex(digest(chosen[name])), dtype=np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, **stored)  # type: ignore[arg-type]
    path.write_bytes(file.getvalue())


def read(path: Path = FILE) -> Iterator[Corpus]:
    """Yield a corpus for each source.

    Raises
    ------
    TrainerError
        If the file is missing or belongs to other texts.
    """
    chosen = texts()
    try:
        with np.load(path, allow_pickle=False) as stored:
            for name, found in chosen.items():
                if bytes(stored[f"{name}.texts"]).hex() != digest(found):
                    raise TrainerError(
                        f"{path} has opinions on other texts; python -m trainer teach makes it again"
                    )
                yield Corpus(name, _examples(name, found, stored[name] / _STEPS), judged=False)
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise TrainerError(f"cannot read the opinions in {path}: {error}") from error


def _examples(name: str, found: list[str], ends: Shares) -> list[Example]:
    shares = np.stack([ends[:, 0], np.maximum(1.0 - ends.sum(axis=1), 0.0), ends[:, 1]], axis=1)
    shares[shares < _MIN_SHARE] = 0.0
    shares /= shares.sum(axis=1, keepdims=True)
    rows = zip(found, shares.tolist(), strict=True)
    return [Example(text, (row[0], row[1], row[2]), name, WEIGHT) for text, row in rows]
