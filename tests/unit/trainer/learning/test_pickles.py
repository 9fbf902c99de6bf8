"""Pickles run code when they are loaded: only the trainer loads any, and only after checking its hash."""

import ast
import io
import pickle
from collections.abc import Iterator
from pathlib import Path

import joblib
import pytest

from chalicelib.sentiment.manifest import PIPELINE_FILE, Manifest, sha256
from trainer import artifact, evaluation
from trainer.errors import TrainerError

ROOT = Path(__file__).parents[4]
ELSEWHERE = ("chalice_app", "local", "deploy_extras", "bench")
PICKLES = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("folder", ELSEWHERE)
def test_nothing_but_the_trainer_imports_what_loads_pickles(folder: str) -> None:
    assert [path for path, tree in modules(folder) if imported(tree) & PICKLES] == []


@pytest.mark.parametrize("folder", [*ELSEWHERE, "trainer"])
def test_arrays_are_never_loaded_with_pickles_in_them(folder: str) -> None:
    for path, tree in modules(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.load", "numpy.load"):
                given = {k.arg: ast.unparse(k.value) for k in node.keywords}
                assert given.get("allow_pickle") == "False", f"{path}:{node.lineno}"


def test_only_one_module_of_the_trainer_loads_joblib_files() -> None:
    files = [
        path.name
        for path, tree in modules("trainer")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("joblib.load", "pickle.load", "pickle.loads")
    ]
    assert files == ["artifact.py"]


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('the pickle ran')",)


def bomb() -> bytes:
    buffer = io.BytesIO()
    joblib.dump(Bomb(), buffer)
    return buffer.getvalue()


def test_a_replaced_pipeline_is_refused_before_it_can_run() -> None:
    with pytest.raises(SystemExit):
        pickle.loads(bomb())
    default = artifact.read(evaluation.DEFAULT_MODEL)
    tampered = artifact.Artifact(default.manifest, {**default.files, PIPELINE_FILE: bomb()})
    with pytest.raises(TrainerError, match=r"pipeline\.joblib .* SHA-256"):
        artifact.pipeline_of(tampered)


def test_a_pipeline_that_the_manifest_describes_is_loaded() -> None:
    buffer = io.BytesIO()
    joblib.dump({"a": "pipeline"}, buffer)
    data = buffer.getvalue()
    content = {"version": "v", "files": {PIPELINE_FILE: {"sha256": sha256(data), "bytes": len(data)}}}
    assert artifact.pipeline_of(artifact.Artifact(Manifest(content), {PIPELINE_FILE: data})) == {
        "a": "pipeline"
    }
