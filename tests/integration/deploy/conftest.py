"""One deployment on emulators, made by the command itself; and a cloud for stages with a trainer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy_extras import bundle
from deploy_extras.cloud import Cloud
from tests.integration.deploy import emulators, trainer_stack
from tests.integration.deploy.deployed import Deployed
from tests.integration.deploy.trainer_stack import TrainerStage


@pytest.fixture(scope="session")
def machine_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("aws")


@pytest.fixture(scope="session")
def deployed(machine_state: Path) -> Iterator[Deployed]:
    with emulators.ministack(machine_state) as ministack, emulators.moto() as moto:
        found = Deployed(ministack, moto, machine_state)
        found.command("deploy", "--trainer", "no", "--access-code", "sesame")
        yield found


@pytest.fixture(scope="module")
def trainer_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with trainer_stack.cloud(tmp_path_factory.mktemp("aws"), auth=True) as found:
        yield found


@pytest.fixture
def stage(trainer_cloud: Cloud) -> TrainerStage:
    return TrainerStage.anew(trainer_cloud)


@pytest.fixture(scope="session")
def small_wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheels of a trainer that needs little."""
    folder = tmp_path_factory.mktemp("wheels")
    (folder / "requirements.txt").write_text("six==1.17.0\n")
    return bundle.download(folder / "requirements.txt", folder, ("any",))
