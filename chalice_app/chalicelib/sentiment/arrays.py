"""Stores a compiled model in a ``.npz`` file: plain arrays, never a pickle."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .manifest import ModelError
from .pattern import PatternTables

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ModelArrays:
    """Everything that a compiled model is made of.

    Weights have one row for each term and one column for each class (negative, neutral, positive); they
    are logits. ``lexicon`` and ``pattern`` are what the featuriser needs. ``softness`` says how sure the
    model is of texts of each length (`dense.temperature`); models of earlier versions have none.
    """

    words: list[str]
    word_weights: Weights
    pieces: list[str]
    piece_weights: Weights
    meanings: list[str]
    meaning_weights: Weights
    dense_weights: Weights
    intercept: Weights
    lexicon: dict[str, float]
    pattern: PatternTables
    softness: tuple[float, float] = (0.0, 0.0)


def dump(model: ModelArrays) -> bytes:
    """Return the ``.npz`` file of a model; the same model always gives the same bytes."""
    pattern = model.pattern
    arrays: dict[str, npt.NDArray[Any]] = {
        "words": _pack(model.words),
        "word_weights": model.word_weights.astype(np.float16),
        "pieces": _pack(model.pieces),
        "piece_weights": model.piece_weights.astype(np.float16),
        "meanings": _pack(model.meanings),
        "meaning_weights": model.meaning_weights.astype(np.float16),
        "dense_weights": model.dense_weights.astype(np.float32),
        "intercept": model.intercept.astype(np.float32),
        "softness": np.array(model.softness, dtype=np.float64),
        "lexicon": _pack(list(model.lexicon)),
        "lexicon_values": np.array(list(model.lexicon.values()), dtype=np.float64),
        "pattern": _pack(list(pattern.words)),
        "pattern_values": np.array([entry[:3] for entry in pattern.words.values()], dtype=np.float64),
        "pattern_adverbs": np.array([entry[3] for entry in pattern.words.values()], dtype=np.bool_),
        "pattern_tables": _bytes(
            json.dumps(
                {
                    "emoticons": pattern.emoticons,
                    "emoticon_pattern": pattern.emoticon_pattern,
                    "abbreviations": sorted(pattern.abbreviations),
                    "punctuation": pattern.punctuation,
                }
            )
        ),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.save(member, np.ascontiguousarray(array), allow_pickle=False)
            # numpy.savez would write the time into the archive, and the same model would have another hash.
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, member.getvalue(), zipfile.ZIP_DEFLATED, 9)
    return file.getvalue()


def load(data: bytes) -> ModelArrays:
    """Read a ``.npz`` file; raises `ModelError` for one that is damaged or incomplete."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            tables = json.loads(arrays["pattern_tables"].tobytes())
            values = arrays["pattern_values"].tolist()
            adverbs = arrays["pattern_adverbs"].tolist()
            constant, slope = arrays["softness"].tolist() if "softness" in arrays else (0.0, 0.0)
            model = ModelArrays(
                words=_unpack(arrays["words"]),
                word_weights=arrays["word_weights"].astype(np.float32),
                pieces=_unpack(arrays["pieces"]),
                piece_weights=arrays["piece_weights"].astype(np.float32),
                meanings=_unpack(arrays["meanings"]),
                meaning_weights=arrays["meaning_weights"].astype(np.float32),
                dense_weights=arrays["dense_weights"],
                intercept=arrays["intercept"],
                softness=(constant, slope),
                lexicon=dict(zip(_unpack(arrays["lexicon"]), arrays["lexicon_values"].tolist(), strict=True)),
                pattern=PatternTables(
                    words={
                        word: (*entry, adverb)
                        for word, entry, adverb in zip(
                            _unpack(arrays["pattern"]), values, adverbs, strict=True
                        )
                    },
                    emoticons=tables["emoticons"],
                    emoticon_pattern=tables["emoticon_pattern"],
                    abbreviations=frozenset(tables["abbreviations"]),
                    punctuation=tables["punctuation"],
                ),
            )
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, EOFError) as error:
        raise ModelError(f"the model's arrays cannot be read: {type(error).__name__}: {error}") from error
    for what, terms, weights in (
        ("words", model.words, model.word_weights),
        ("pieces", model.pieces, model.piece_weights),
        ("meanings", model.meanings, model.meaning_weights),
    ):
        if weights.shape != (len(terms), 3):
            raise ModelError(f"{what}: weights have shape {weights.shape}, expected {(len(terms), 3)}")
    return model


def _pack(terms: list[str]) -> npt.NDArray[np.uint8]:
    if any("\n" in term for term in terms):
        raise ModelError("a term with a line break cannot be stored")
    return _bytes("\n".join(terms))


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _unpack(array: npt.NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []
