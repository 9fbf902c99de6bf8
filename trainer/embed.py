"""Installs a trained model as the one inside the application."""

from pathlib import Path

from chalicelib.sentiment.manifest import MODEL_FILE

from . import artifact
from .artifact import Artifact
from .errors import TrainerError


def install(made: Artifact, directory: Path) -> bool:
    """Write a model into the application's folder, without its pipeline, which only the trainer can load.

    Returns
    -------
    bool
        Whether the folder has another model now. A model with the same bytes as the installed one is not
        written: only the time in its version would differ.
    """
    if _installed(directory) == made.files[MODEL_FILE]:
        return False
    artifact.write(Artifact(made.manifest, {MODEL_FILE: made.files[MODEL_FILE]}), directory)
    return True


def _installed(directory: Path) -> bytes | None:
    try:
        return artifact.read(directory).files[MODEL_FILE]
    except TrainerError:  # there is none, or a damaged one, which is replaced
        return None
