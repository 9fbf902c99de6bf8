"""People who join a room of their own on the running chat."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.client import unique

from .people import expect_connection, sign_in

JoinAs = Callable[..., Page]


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
