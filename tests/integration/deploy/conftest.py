"""Emulators that the tests of one process share, each file with an empty account."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy_extras import bundle
from deploy_extras.cloud import Cloud
from testkit.signing_provider import CLIENT_ID, SigningProvider, signing_provider
from tests.integration.deploy import deployed, emulators, finished_packages
from tests.integration.deploy.deployed import Commands
from tests.integration.deploy.trainer_stack import TrainerStage
from tests.once import made_once


@pytest.fixture(scope="module")
def provider() -> Iterator[SigningProvider]:
    with signing_provider() as running:
        yield running


@pytest.fixture(scope="module")
def sign_in(provider: SigningProvider) -> dict[str, str]:
    """The settings of a stage whose people sign in by name or with a provider."""
    return {
        "OIDC_ISSUER": provider.address,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": "hush",
        "OIDC_MEMBERS": "@example.org, groups=staff",
        "NAME_SIGN_IN": "yes",
    }


@pytest.fixture(scope="session")
def shared_ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulators.ministack(tmp_path_factory.mktemp("aws")) as url:
        yield url


@pytest.fixture(scope="module")
def ministack(shared_ministack: str) -> str:
    """Return the address of MiniStack, with nothing in it."""
    emulators.reset_ministack(shared_ministack)
    return shared_ministack


@pytest.fixture(scope="session")
def shared_ministack_with_iam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulators.ministack(tmp_path_factory.mktemp("aws"), auth=True) as url:
        yield url


@pytest.fixture(scope="module")
def ministack_with_iam(shared_ministack_with_iam: str) -> str:
    """Return the address of a MiniStack that enforces IAM policies, with nothing in it."""
    emulators.reset_ministack(shared_ministack_with_iam)
    return shared_ministack_with_iam


@pytest.fixture(scope="session")
def commands() -> Iterator[Commands]:
    with deployed.commands() as running:
        yield running


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Path:
    """Return a finished Lambda package for deployments."""
    return made_once(tmp_path_factory, "packages", lambda folder: finished_packages.whole(package, folder))


@pytest.fixture(scope="session")
def slim_packages(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Path:
    """Return a finished Lambda package without its largest modules."""
    return made_once(
        tmp_path_factory, "slim-packages", lambda folder: finished_packages.slim(package, folder)
    )


@pytest.fixture(scope="module")
def trainer_cloud(ministack_with_iam: str) -> Cloud:
    return emulators.cloud(ministack_with_iam)


@pytest.fixture
def stage(trainer_cloud: Cloud) -> TrainerStage:
    return TrainerStage.create(trainer_cloud)


@pytest.fixture(scope="session")
def small_wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheels of a trainer with a single small requirement."""
    folder = tmp_path_factory.mktemp("wheels")
    (folder / "requirements.txt").write_text("six==1.17.0\n")
    return bundle.download(folder / "requirements.txt", folder, ("any",))
