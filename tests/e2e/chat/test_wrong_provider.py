"""What a provider must not get away with, and what people read then, in Chromium."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.signing_provider import CLIENT_ID, SigningProvider, signing_provider
from testkit.undertone import running_undertone
from tests.e2e.signing_out import sign_out

from .people import expect_connection

REFUSED = ("Failed to load resource",)
BUTTON = "Sign in with the provider of the tests"


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, quick_page: Path
) -> Iterator[tuple[SigningProvider, RunningStack]]:
    with signing_provider() as provider:
        settings = {
            "OIDC_ISSUER": provider.address,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_LABEL": "the provider of the tests",
            "OIDC_MEMBERS": "*",
            "NAME_SIGN_IN": "yes",
        }
        with running_undertone(tmp_path_factory.mktemp("wrong"), settings, page=quick_page) as chat:
            yield provider, chat


@pytest.fixture
def provider(running: tuple[SigningProvider, RunningStack]) -> SigningProvider:
    provider = running[0]
    provider.claims, provider.refuse, provider.repeat, provider.silent = {}, "", False, False
    return provider


@pytest.fixture
def page(open_page: Any, running: tuple[SigningProvider, RunningStack]) -> Page:
    """The first screen of somebody who has just come."""
    page: Page = open_page(running[1].url, allow=REFUSED)
    return page


def expect_refusal(page: Page, words: str) -> None:
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    expect(page.get_by_label("Your name")).to_be_visible()


def expect_entry(page: Page) -> None:
    page.get_by_role("button", name=BUTTON).click()
    expect_connection(page, "online")


# The first one: unknown keys let the keys be fetched again twice a minute at most.
def test_a_provider_that_changes_its_key_is_believed_all_the_same(
    page: Page, provider: SigningProvider
) -> None:
    expect_entry(page)
    sign_out(page)
    before = provider.asked["/jwks"]
    provider.rotate()
    expect_entry(page)
    assert provider.asked["/jwks"] == before + 1


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        pytest.param({"aud": "another application"}, "it is meant for another application", id="audience"),
        pytest.param({"nonce": "of another attempt"}, "it belongs to another attempt", id="nonce"),
        pytest.param({"exp": int(time.time()) - 3600}, "it has expired", id="expired"),
    ],
)
def test_a_wrong_token_is_refused_in_words(
    page: Page, provider: SigningProvider, claims: dict[str, Any], words: str
) -> None:
    provider.claims = claims
    expect_refusal(page, words)
    provider.claims = {}
    expect_entry(page)


def test_a_code_that_was_used_is_refused_in_words(page: Page, provider: SigningProvider) -> None:
    expect_entry(page)
    sign_out(page)
    provider.repeat = True
    expect_refusal(page, "This sign-in was used already, or is too old: sign in again.")


def test_a_key_that_the_provider_does_not_show_is_refused_in_words(
    page: Page, provider: SigningProvider
) -> None:
    key = provider.key
    published = provider.published
    provider.rotate("hidden")
    provider.published = published
    try:
        expect_refusal(page, "it was not signed by this chat's provider")
    finally:
        provider.key = key
    expect_entry(page)


def test_where_there_is_no_admin_code_nobody_is_asked_for_one(page: Page) -> None:
    expect(page.get_by_label("Your name")).to_be_visible()
    expect(page.locator("#join-admin")).to_be_hidden()


@pytest.mark.parametrize("error", ["temporarily_unavailable", "invalid_scope"])
def test_an_error_of_the_provider_is_told_in_words(page: Page, provider: SigningProvider, error: str) -> None:
    provider.refuse = error
    words = {"temporarily_unavailable": "can sign nobody in at the moment"}
    expect_refusal(page, words.get(error, f"The provider did not sign you in ({error})"))


def test_a_provider_that_is_down_is_told_in_words(page: Page, provider: SigningProvider) -> None:
    provider.silent = True
    expect_refusal(page, "The sign-in provider does not answer; try again in a moment.")
    provider.silent = False
    expect_entry(page)


def test_a_name_does_where_the_deployment_says_so(page: Page) -> None:
    page.get_by_label("Your name").fill("Grace")
    page.get_by_role("button", name="Join").click()
    expect_connection(page, "online")
