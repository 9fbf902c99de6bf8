"""The folder of a model: pipeline, compiled model, and the manifest that describes both.

Only what makes or loads a pipeline imports scikit-learn: a deployment publishes a model without it.
"""

import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256 as hasher
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.sentiment import arrays
from chalicelib.sentiment.compiled import CompiledModel
from chalicelib.sentiment.manifest import (
    FORMAT,
    MANIFEST_FILE,
    MODEL_FILE,
    PIPELINE_FILE,
    Manifest,
    ModelError,
    sha256,
)

from .corpora import LABELS, Corpus
from .errors import TrainerError

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

    from .train import Trained

_VERSIONS = ("numpy", "scipy", "scikit-learn", "textblob", "joblib")


@dataclass(frozen=True)
class Artifact:
    """The files of one model, by name, as they stand in a folder and in the bucket."""

    manifest: Manifest
    files: dict[str, bytes]

    @property
    def model(self) -> CompiledModel:
        """The compiled model."""
        return CompiledModel.from_bytes(self.files[MODEL_FILE], self.manifest)


def build(
    trained: "Trained", corpora: Sequence[Corpus], command: str, now: datetime | None = None
) -> Artifact:
    """Compile a trained pipeline and describe it."""
    import joblib  # noqa: PLC0415

    from .compiler import compile_pipeline  # noqa: PLC0415
    from .sources import PACKAGES, TEACHER  # noqa: PLC0415

    model = arrays.dump(compile_pipeline(trained.pipeline))
    pipeline = io.BytesIO()
    joblib.dump(trained.pipeline, pipeline, compress=("zlib", 6))
    files = {MODEL_FILE: model, PIPELINE_FILE: pipeline.getvalue()}
    time = (now or datetime.now(UTC)).replace(microsecond=0)
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": f"{time:%Y-%m-%dT%H-%M-%SZ}-{sha256(model)[:6]}",
        "trainedAt": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "make": {
            "command": command,
            "python": ".".join(map(str, sys.version_info[:3])),
            "packages": {name: installed(name) for name in _VERSIONS},
        },
        "sources": [
            {"package": p.requirement, "file": p.filename, "sha256": p.sha256, "license": p.license}
            for p in (*PACKAGES, *TEACHER)
        ],
        "data": {corpus.name: _describe(corpus) for corpus in corpora},
        "classBalance": _balance(corpora),
        "metrics": {"held_out": trained.metrics},
        "files": {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in files.items()},
    }
    return Artifact(Manifest(content), files)


def with_content(artifact: Artifact, content: Mapping[str, Any]) -> Artifact:
    """Return the same model with more, or other, entries in its manifest."""
    return Artifact(Manifest({**artifact.manifest.content, **content}), artifact.files)


def write(artifact: Artifact, directory: Path) -> None:
    """Write the files of a model into a folder, the manifest last."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, data in artifact.files.items():
            (directory / name).write_bytes(data)
        (directory / MANIFEST_FILE).write_bytes(artifact.manifest.to_json())
    except OSError as error:
        raise TrainerError(f"cannot write the model to {directory}: {error}") from error


def read(directory: Path) -> Artifact:
    """Read a model's folder and check every file that its manifest names.

    The pipeline may be missing: the default model inside the application ships without it.
    """
    try:
        manifest = Manifest.from_json((directory / MANIFEST_FILE).read_bytes())
        files = {MODEL_FILE: (directory / MODEL_FILE).read_bytes()}
        if (directory / PIPELINE_FILE).exists():
            files[PIPELINE_FILE] = (directory / PIPELINE_FILE).read_bytes()
        for name, data in files.items():
            manifest.check(name, data)
    except (OSError, ModelError) as error:
        raise TrainerError(f"{directory} holds no usable model: {error}") from error
    return Artifact(manifest, files)


def pipeline_of(artifact: Artifact) -> "Pipeline":
    """Unpickle the pipeline of a model, after checking its hash: what it holds runs when it is loaded.

    Raises
    ------
    TrainerError
        If it is missing, or not the file that the manifest describes.
    """
    if PIPELINE_FILE not in artifact.files:
        raise TrainerError(f"model {artifact.manifest.version} has no {PIPELINE_FILE} beside it")
    try:
        artifact.manifest.check(PIPELINE_FILE, artifact.files[PIPELINE_FILE])
    except ModelError as error:
        raise TrainerError(f"the pipeline is not loaded: {error}") from error
    import joblib  # noqa: PLC0415

    return joblib.load(io.BytesIO(artifact.files[PIPELINE_FILE]))


def _describe(corpus: Corpus) -> dict[str, Any]:
    digest = hasher()
    for example in corpus.examples:
        digest.update(f"{example.text}\t{example.shares}\n".encode())
    counts = corpus.counts()
    return {
        "texts": len(corpus.examples),
        "weight": corpus.examples[0].weight if corpus.examples else 0.0,
        **counts,
        "rejected": len(corpus.rejected),
        "sha256": digest.hexdigest(),
    }


def _balance(corpora: Sequence[Corpus]) -> dict[str, float]:
    totals = dict.fromkeys(LABELS, 0)
    for corpus in corpora:
        for label, count in corpus.counts().items():
            totals[label] += count
    everything = sum(totals.values()) or 1
    return {label: round(count / everything, 4) for label, count in totals.items()}
