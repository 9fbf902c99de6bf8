"""One stack for all these tests, and people who join a room of their own on it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.client import unique
from testkit.undertone import undertone

from .people import expect_connection, sign_in

JoinAs = Callable[..., Page]


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    running = undertone(tmp_path_factory.mktemp("e2e"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def room() -> str:
    return unique("room")


@pytest.fixture
def join_as(open_page: Callable[..., Page], stack: RunningStack, room: str) -> JoinAs:
    """Open the page in a window of its own and join under a name that nobody else has."""

    def join(name: str, **options: object) -> Page:
        page = open_page(f"{stack.url}#/r/{room}", **options)
        sign_in(page, unique(name))
        expect_connection(page, "online")
        expect(page.locator("#log .log-skeleton")).to_have_count(0)
        return page

    return join
