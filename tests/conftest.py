"""The running chat, one for each process that runs tests: tests use rooms and names of their own on it."""

import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import botocore.session
import pytest

from deploy_extras.release import joined
from local.testing import RunningStack
from testkit.client import unique
from testkit.undertone import SITE, running_undertone

TESTS = Path(__file__).parent
gc.set_threshold(100_000, 20, 100)
# Each session would read and parse the descriptions of AWS's services for itself, of EC2 alone 0.2 s.
botocore.session.create_loader = cache(botocore.session.create_loader)
# A worker takes one file after another. These take the longest, so they start first and none is left over
# for the end; those that open a browser stand together, because each worker keeps its browser between them.
LONGEST = (
    "integration/deploy/test_interrupted.py",
    "e2e/chat",
    "integration/deploy/test_boot.py",
    "integration/deploy/test_deploy.py",
    "e2e/page",
    "integration/deploy",
    "integration/local",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _rank(item.path))


@cache
def _rank(path: Path) -> int:
    return next(
        (rank for rank, name in enumerate(LONGEST) if path.is_relative_to(TESTS / name)), len(LONGEST)
    )


@pytest.fixture(scope="session")
def quick_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the page in the few files of a deployment, which load in half of the time."""
    folder = tmp_path_factory.mktemp("page") / "site"
    for file in joined(SITE):
        path = folder / file.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return folder


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, quick_page: Path) -> Iterator[RunningStack]:
    with running_undertone(tmp_path_factory.mktemp("chat"), page=quick_page) as running:
        yield running


@pytest.fixture
def room() -> str:
    return unique("room")
