"""What may import what: `[tool.importlinter]` in pyproject.toml."""

import logging
from pathlib import Path

from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[3]
WRONG = """
[tool.importlinter]
root_package = "chalicelib"

[[tool.importlinter.contracts]]
name = "The wrong way round"
type = "layers"
layers = ["chalicelib.domain", "chalicelib.service"]
"""


def check(config: Path, cache: Path) -> int:
    """Return how the linter ends. It switches off every logger, also those that later tests read."""
    known = [one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    on = [logger for logger in known if not logger.disabled]
    try:
        return int(lint_imports(config_filename=str(config), cache_dir=str(cache)))
    finally:
        for logger in on:
            logger.disabled = False


def test_every_import_follows_the_layers(tmp_path: Path) -> None:
    assert check(ROOT / "pyproject.toml", tmp_path) == EXIT_STATUS_SUCCESS


def test_an_import_against_the_layers_is_found(tmp_path: Path) -> None:
    config = tmp_path / "pyproject.toml"
    config.write_text(WRONG)
    assert check(config, tmp_path) == EXIT_STATUS_ERROR
