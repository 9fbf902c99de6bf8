"""One stack for all these tests: each uses rooms and names of its own."""

from collections.abc import AsyncIterator, Iterator

import pytest

from local.testing import RunningStack
from testkit.client import People, people_at, unique
from testkit.undertone import undertone


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    running = undertone(tmp_path_factory.mktemp("chat"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
async def people(stack: RunningStack) -> AsyncIterator[People]:
    async with people_at(stack.url) as found:
        yield found


@pytest.fixture
def room() -> str:
    return unique("room")
