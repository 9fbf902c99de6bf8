"""Signing in with a real sign-in provider (oidc-provider-mock), in Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.demo_provider import demo_provider, settings
from testkit.undertone import running_undertone

from .people import expect_connection, expect_stored, message, write

REFUSED = ("Failed to load resource",)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with demo_provider() as address:
        yield address


@pytest.fixture(scope="module")
def chat(provider: str, tmp_path_factory: pytest.TempPathFactory, quick_page: Path) -> Iterator[RunningStack]:
    state: Path = tmp_path_factory.mktemp("provided")
    with running_undertone(state, settings(provider), page=quick_page) as running:
        yield running


def go_to_provider(page: Page, provider: str) -> None:
    # The provider's own page wants its style sheet from the internet.
    page.route(re.compile(r"^https://"), lambda route: route.fulfill(content_type="text/css", body=""))
    page.get_by_role("button", name="Sign in with the demo provider").click()
    page.wait_for_url(f"{provider}/**")


def choose(page: Page, provider: str, person: str) -> None:
    go_to_provider(page, provider)
    page.get_by_role("button", name=person, exact=True).click()


def expect_told(page: Page, words: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def session(page: Page) -> Any:
    return page.evaluate("JSON.parse(localStorage.getItem('undertone.session'))")


def test_two_people_sign_in_and_talk(open_page: Any, chat: RunningStack, provider: str) -> None:
    ada, grace = open_page(f"{chat.url}#/r/tea"), open_page(f"{chat.url}#/r/tea")
    for page, person in ((ada, "ada"), (grace, "grace")):
        expect(page.get_by_label("Your name")).to_be_hidden()
        expect(page.get_by_role("button", name="Join")).to_be_hidden()
        choose(page, provider, person)
        expect_connection(page, "online")
        assert page.url == f"{chat.url}#/r/tea", "neither the code nor the state stays in the address"
    write(ada, "good morning")
    expect_stored(ada, "good morning")
    expect(message(grace, "good morning")).to_be_visible()
    expect(message(grace, "good morning")).to_contain_text("Ada")
    assert session(ada)["user"]["name"] == "Ada"


def test_the_same_person_is_the_same_in_another_browser_and_an_admin_by_address(
    open_page: Any, chat: RunningStack, provider: str
) -> None:
    found = []
    for person in ("ada", "ada", "grace"):
        page = open_page(chat.url)
        choose(page, provider, person)
        expect_connection(page, "online")
        found.append(session(page)["user"])
    assert found[0] == found[1] != found[2]
    assert [user["role"] for user in found] == ["admin", "admin", "member"]


def test_cancelling_says_so_and_one_may_try_again(open_page: Any, chat: RunningStack, provider: str) -> None:
    page = open_page(f"{chat.url}#/r/tea")
    go_to_provider(page, provider)
    page.get_by_role("button", name="Deny").click()
    expect_told(page, "You are not signed in: it was cancelled")
    assert page.url == f"{chat.url}#/r/tea"
    choose(page, provider, "grace")
    expect_connection(page, "online")


def test_who_may_not_enter_is_told_so(open_page: Any, chat: RunningStack, provider: str) -> None:
    page = open_page(chat.url, allow=REFUSED)
    choose(page, provider, "mallory")
    expect_told(page, "not among those who may enter this chat")
    expect(page.get_by_role("button", name="Sign in with the demo provider")).to_be_enabled()


def test_an_answer_that_this_tab_did_not_ask_for_is_not_taken(
    open_page: Any, chat: RunningStack, provider: str
) -> None:
    page = open_page(f"{chat.url}?code=somebody-else-s&state=unasked#/r/tea")
    expect_told(page, "begun in another window, or too long ago")
    assert "code=" not in page.url
    go_to_provider(page, provider)
    page.goto(f"{chat.url}?code=somebody-else-s&state=guessed")
    expect_told(page, "begun in another window")


def test_signing_out_leads_back_and_lets_the_provider_ask_again(
    open_page: Any, chat: RunningStack, provider: str
) -> None:
    page = open_page(chat.url)
    choose(page, provider, "grace")
    expect_connection(page, "online")
    page.get_by_role("button", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="Sign out?")
    expect(dialog).to_contain_text("You can sign in again and will be Grace")
    dialog.get_by_role("button", name="Sign out").click()
    go_to_provider(page, provider)
    assert "prompt=login" in page.url
    page.get_by_role("button", name="grace", exact=True).click()
    expect_connection(page, "online")
    assert page.evaluate("localStorage.getItem('undertone.providerAsksAgain')") is None


def test_a_name_alone_is_refused_by_the_service_too(open_page: Any, chat: RunningStack) -> None:
    page = open_page(chat.url, allow=REFUSED)
    answer = page.request.post(f"{chat.endpoints['restUrl']}/session", data={"name": "Mallory"})
    assert (answer.status, answer.json()["code"]) == (403, "access_denied")


def test_an_invite_survives_the_way_to_the_provider_and_back(
    open_page: Any, chat: RunningStack, provider: str
) -> None:
    ada = open_page(chat.url)
    choose(ada, provider, "ada")
    expect_connection(ada, "online")
    rest, headers = chat.endpoints["restUrl"], {"Authorization": f"Bearer {session(ada)['token']}"}
    garden = {"room": "secret-garden", "access": "private"}
    assert ada.request.post(f"{rest}/rooms", headers=headers, data=garden).status == 201
    made = ada.request.post(f"{rest}/rooms/secret-garden/invites", headers=headers, data={})
    grace = open_page(f"{chat.url}#/invite/{made.json()['invite']}")
    # A guest needs no account; whoever has one is not asked for a name.
    expect(grace.get_by_role("button", name="Join as a guest")).to_be_visible()
    expect(grace.get_by_role("button", name="Sign in and accept the invite")).to_be_hidden()
    choose(grace, provider, "grace")
    expect_connection(grace, "online")
    expect(grace).to_have_url(f"{chat.url}#/r/secret-garden")
    assert session(grace)["user"]["role"] == "member"
