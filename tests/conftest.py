"""The running chat, one for each process that runs tests: tests use rooms and names of their own on it."""

from collections.abc import Iterator

import pytest

from local.testing import RunningStack
from testkit.client import unique
from testkit.undertone import running_undertone


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with running_undertone(tmp_path_factory.mktemp("chat")) as running:
        yield running


@pytest.fixture
def room() -> str:
    return unique("room")
