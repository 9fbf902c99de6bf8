"""People who join a room of their own on the running chat."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.client import unique
from testkit.undertone import running_undertone

from .house import Arrive, Person
from .people import expect_connection, sign_in

JoinAs = Callable[..., Page]
ADMIN_CODE = "the admin code of a test"


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


@pytest.fixture(scope="package")
def house_url(tmp_path_factory: pytest.TempPathFactory, quick_page: Path) -> Iterator[str]:
    """Where a chat is that knows an admin code."""
    state = tmp_path_factory.mktemp("house")
    with running_undertone(state, {"ADMIN_CODE": ADMIN_CODE}, page=quick_page) as running:
        yield running.url


@pytest.fixture
def arrive(open_page: Callable[..., Page], house_url: str) -> Arrive:
    """Open a window and sign in under a name that nobody else has; `admin` with the admin code."""

    def come(name: str, *, admin: bool = False, allow: tuple[str, ...] = (), **options: object) -> Person:
        page = open_page(house_url, allow=allow, **options)
        if admin:
            page.locator("#join-admin summary").click()
            page.get_by_label("Admin code").fill(ADMIN_CODE)
        person = Person(page, unique(name))
        sign_in(page, person.name)
        expect_connection(page, "online")
        return person

    return come
