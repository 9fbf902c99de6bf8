"""One deployment on emulators, made by the command itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.deploy import emulators
from tests.integration.deploy.deployed import Deployed


@pytest.fixture(scope="session")
def machine_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("aws")


@pytest.fixture(scope="session")
def deployed(machine_state: Path) -> Iterator[Deployed]:
    with emulators.ministack(machine_state) as ministack, emulators.moto() as moto:
        found = Deployed(ministack, moto, machine_state)
        found.command("deploy", "--trainer", "no", "--access-code", "sesame")
        yield found
