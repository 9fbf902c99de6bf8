"""What the package of the deployment may import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# `bundle` takes the list of training data from the trainer; `deploy` the version from the application.
ALLOWED = {"chalicelib", "deploy_extras", "trainer"}


def imported(source: str) -> Iterator[str]:
    """Yield the top-level packages that a module imports, also those in its functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def packages_of_the_project() -> set[str]:
    return {folder.name for folder in ROOT.iterdir() if next(folder.glob("*.py"), None)} | {"chalicelib"}


@pytest.mark.parametrize("module", sorted((ROOT / "deploy_extras").glob("*.py")), ids=lambda path: path.name)
def test_deploy_extras_imports_the_application_and_the_trainer_alone(module: Path) -> None:
    assert set(imported(module.read_text("utf-8"))) & packages_of_the_project() <= ALLOWED


def test_an_import_of_the_local_stack_would_be_found() -> None:
    source = "def load():\n    from local.emulator.template import load_template\n"
    assert "local" in packages_of_the_project()
    assert list(imported(source)) == ["local"]
