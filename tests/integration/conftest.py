"""The Lambda package, which one process of a test run makes for all tests."""

from pathlib import Path

import pytest

from deploy_extras.package import build
from tests.integration.deploy import emulators
from tests.once import made_once


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return `deployment.zip` for this machine, beside the other files of `make package`."""

    def make(folder: Path) -> None:
        build(folder, "dev", emulators.ARCHITECTURE)

    return made_once(tmp_path_factory, "package", make) / "deployment.zip"
