"""Where somebody is signed in: several sessions of one person, of which a scripted service tells."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from .conftest import JoinAs

ADA = {"id": "u-ada", "name": "Ada", "role": "member"}


def sessions_of(page: Page, *ids: str) -> list[str]:
    """Let the service tell of sessions, the first one being the page's own; returns those that are left."""
    left = list(ids)

    def me(route: Route) -> None:
        sessions: list[dict[str, Any]] = [
            {
                "id": one,
                "createdAt": "2026-11-01T10:00:00Z",
                "lastSeenAt": "2026-11-02T10:00:00Z",
                "current": one == ids[0],
            }
            for one in left
        ]
        route.fulfill(json={"user": ADA, "expiresAt": "2026-12-01T00:00:00Z", "sessions": sessions})

    def end(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name == "stuck":
            route.fulfill(status=503, json={"code": "unavailable", "message": "Try that again later."})
        else:
            left.remove(name)
            route.fulfill(json={})

    page.route("**/api/me", me)
    page.route("**/api/sessions/*", end)
    return left


def test_one_session_or_all_others_are_ended(join_as: JoinAs) -> None:
    page = join_as("Ada")
    left = sessions_of(page, "here", "phone", "work", "home")
    page.locator("#me-open").click()
    lines = page.locator(".session")
    expect(lines).to_have_count(4)
    expect(lines.first).to_contain_text("This one")
    expect(lines.first.get_by_role("button")).to_have_count(0)
    page.locator('[data-session="phone"]').get_by_role("button").click()
    expect(lines).to_have_count(3)
    page.get_by_role("button", name="End all others").click()
    expect(lines).to_have_count(1)
    expect(page.get_by_role("button", name="End all others")).to_be_hidden()
    assert left == ["here"]


def test_a_session_that_cannot_be_ended_stays_in_the_list_and_says_why(join_as: JoinAs) -> None:
    page = join_as("Ada", allow=("503",))
    sessions_of(page, "here", "phone", "stuck")
    page.locator("#me-open").click()
    page.get_by_role("button", name="End all others").click()
    expect(page.get_by_text("Try that again later.")).to_be_visible()
    expect(page.locator(".session")).to_have_count(2)
