"""A name that is kept with a password: at the first screen and in the settings."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import faults
from tests.e2e.signing_out import sign_out

from .conftest import JoinAs, OpenPage, Run
from .fake_server import FakeServer

GEESE = "five green geese"


class FakePasswords:
    """The part of the service that knows passwords; `asked` is what it was asked to change."""

    def __init__(self) -> None:
        self.standing: dict[str, bool] | None = {"set": False, "currentNeeded": False}
        self.asked: list[Any] = []
        self.refusal: tuple[int, dict[str, Any]] | None = None

    def serve(self, page: Page) -> None:
        page.route("**/api/me", lambda route: route.fulfill(json={"password": self.standing}))
        page.route("**/api/me/password", self._change)

    def _change(self, route: Route) -> None:
        self.asked.append(route.request.post_data_json)
        if self.refusal is not None:
            status, told = self.refusal
            route.fulfill(status=status, json=told)
            return
        kept = self.asked[-1]["password"] is not None
        self.standing = {"set": kept, "currentNeeded": kept}
        route.fulfill(json=self.standing)


def open_dialog(page: Page) -> None:
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Keep this name").click()
    expect(page.locator("#password-fields")).to_be_visible()


def test_what_cannot_be_a_password_is_said_before_the_service_is_asked(run: Run) -> None:
    wrong = {
        "nine char": 10,
        "é" * 9: 10,
        "x" * 129: 128,
        "ＡＤＡ  lovelace": "your name",
        "five geese": None,
    }
    told = run(
        "models/password.js",
        "return argument.map((p) => password.passwordProblem(p, 'Ada Lovelace'))",
        [*wrong],
    )
    for (typed, words), problem in zip(wrong.items(), told, strict=True):
        assert problem is None if words is None else str(words) in problem, typed


def test_the_password_of_a_kept_name_is_asked_for_and_only_then(
    open_page: OpenPage, server: FakeServer
) -> None:
    server.passwords["ada"] = GEESE
    page = open_page(server.url, allow=("Failed to load resource",))
    first = page.locator("#join")
    name, password = first.get_by_label("Your name"), first.get_by_label("Password", exact=True)
    expect(password).to_be_hidden()
    name.fill("Ada")
    page.keyboard.press("Enter")
    expect(password).to_be_focused()
    expect(password).to_have_attribute("aria-invalid", "false")
    assert faults(page) == []
    name.fill("Ada L")
    expect(password).to_be_hidden()
    name.fill("Ada")
    page.keyboard.press("Enter")
    password.fill("five green ducks")
    page.keyboard.press("Enter")
    expect(page.locator("#join-password-problem")).to_contain_text("is not right")
    first.get_by_label("Show what I type").check()
    expect(password).to_have_attribute("type", "text")
    password.fill(GEESE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_be_visible()
    sign_out(page)
    expect(page.get_by_label("Your name")).to_have_value("Ada")
    expect(page.locator("#join-password")).to_have_value("")


def test_a_name_is_kept_and_the_question_before_signing_out_says_so(join_as: JoinAs) -> None:
    page, passwords = join_as("Ada"), FakePasswords()
    passwords.serve(page)
    open_dialog(page)
    expect(page.get_by_role("heading", name="Keep the name Ada")).to_be_visible()
    new = page.get_by_label("New password")
    expect(new).to_be_focused()
    new.fill("too short")
    page.keyboard.press("Enter")
    expect(page.locator("#password-new-problem")).to_contain_text("at least 10")
    assert passwords.asked == []
    new.fill(GEESE)
    page.keyboard.press("Enter")
    expect(page.locator("#composer-notice")).to_contain_text("Ada is kept for you")
    assert passwords.asked == [{"password": GEESE, "endOthers": False}]
    expect(page.locator("#password-new")).to_have_value("")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("#sign-out-text")).to_contain_text("with your password")


def test_it_is_changed_and_removed_with_the_present_one(join_as: JoinAs) -> None:
    page, passwords = join_as("Ada", allow=("Failed to load resource",)), FakePasswords()
    passwords.standing = {"set": True, "currentNeeded": True}
    passwords.serve(page)
    open_dialog(page)
    current, new = page.get_by_label("Current password"), page.get_by_label("New password")
    expect(current).to_be_focused()
    assert faults(page) == []
    new.fill("password123")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#password-current-problem")).to_contain_text("enter your current password")
    current.fill(GEESE)
    passwords.refusal = 400, {"code": "invalid", "message": "password is one of the commonest, which …"}
    page.keyboard.press("Enter")
    expect(page.locator("#password-new-problem")).to_contain_text("one of the commonest passwords")
    passwords.refusal = 403, {"code": "access_denied", "message": "The current password is wrong: …"}
    new.fill("six swimming ducks")
    page.keyboard.press("Enter")
    expect(page.locator("#password-current-problem")).to_contain_text("not your current password")
    passwords.refusal = None
    page.get_by_role("button", name="Remove the password").click()
    expect(page.locator("#composer-notice")).to_contain_text("Your password is removed")
    assert passwords.asked[-1] == {"password": None, "current": GEESE, "endOthers": True}
