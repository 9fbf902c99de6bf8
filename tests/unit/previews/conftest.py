"""A server whose answers a test chooses."""

from collections.abc import Iterator

import pytest

from testkit.pages import PageServer


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer().running() as running:
        yield running
