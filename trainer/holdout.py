"""Which texts are kept from training for good, so that every model can be measured on them."""

from hashlib import sha256

SPLIT = "sha256-tenth-1"
"""Names the split in the manifests of models that were trained without it."""

PACKAGED = 0.1
"""Part of the packaged corpora that is held out."""

LABELLED = 0.2
"""Part of the texts that people labelled that is held out."""

_RANGE = 2**32


def normal(text: str) -> str:
    """Return a text without what does not make it another one: case and the width of gaps."""
    return " ".join(text.casefold().split())


def held_out(text: str, part: float) -> bool:
    """Tell whether a text is in the held-out part.

    It follows from the text alone: a text is never in training one day and in the evaluation the next, so a
    live model can be compared with a candidate on texts that neither has seen.
    """
    digest = sha256(f"undertone {normal(text)}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / _RANGE < part
