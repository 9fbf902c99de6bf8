"""Clients of the running chat."""

from collections.abc import AsyncIterator

import pytest

from local.testing import RunningStack
from testkit.client import People, people_at


@pytest.fixture
async def people(stack: RunningStack) -> AsyncIterator[People]:
    async with people_at(stack.url) as found:
        yield found
