"""Two people talk: what one writes, the other sees with its mood, and both keep it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from local.testing import RunningStack
from testkit.client import unique
from testkit.undertone import running_undertone

from .conftest import JoinAs
from .people import expect_connection, expect_stored, message, sign_in, texts, write


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Run the chat with the page as it is served: the others have it in few files."""
    with running_undertone(tmp_path_factory.mktemp("served")) as running:
        yield running


def test_the_other_person_sees_a_message_with_its_sentiment(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    write(ada, "what a great day, I love it")
    expect(message(bob, "what a great day, I love it").get_by_role("button", name="positive")).to_be_visible()
    write(bob, "this is terrible, I hate it")
    expect(message(ada, "this is terrible, I hate it").get_by_role("button", name="negative")).to_be_visible()
    expect_stored(ada, "what a great day, I love it")
    assert texts(ada) == texts(bob)


def test_a_mood_names_the_embedded_model(join_as: JoinAs) -> None:
    ada = join_as("Ada")
    write(ada, "what a great day, I love it")
    message(ada, "what a great day, I love it").get_by_role("button", name="positive").click()
    card = ada.get_by_role("dialog", name="Reads as positive")
    card.get_by_text("About the model").click()
    expect(card).to_contain_text("It learned on")
    expect(card).to_contain_text("that it had not learned from as people did")
    expect(card).to_contain_text("It came with Undertone.")
    expect(card).not_to_contain_text("another model")


def test_a_reload_keeps_the_user_the_room_and_the_messages(join_as: JoinAs, room: str) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    for number in range(3):
        write(ada, f"message {number}")
        expect_stored(bob, f"message {number}")
    ada.reload()
    expect_connection(ada, "online")
    expect_stored(ada, "message 2")
    assert texts(ada) == texts(bob) == ["message 0", "message 1", "message 2"]
    assert ada.url.endswith(f"#/r/{room}")
    write(bob, "welcome back")
    expect_stored(ada, "welcome back")
    assert ada.locator("article[data-own]").count() == 3


def test_a_reaction_made_in_another_tab_shows_as_own_also_after_a_reload(
    join_as: JoinAs, open_page: Callable[..., Page]
) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    write(bob, "lunch?")
    expect_stored(ada, "lunch?")
    tab = open_page(ada.url, context=ada.context)
    expect_connection(tab, "online")
    expect_stored(tab, "lunch?")
    message(tab, "lunch?").get_by_role("button", name="React or change").click()
    tab.get_by_role("menu", name="Message").get_by_role("menuitemcheckbox", name="🎉").click()
    for page, pressed in ((tab, "true"), (ada, "true"), (bob, "false")):
        reaction = message(page, "lunch?").get_by_role("button", name="🎉 1")
        expect(reaction).to_have_attribute("aria-pressed", pressed)
    ada.reload()
    reaction = message(ada, "lunch?").get_by_role("button", name="🎉 1")
    expect(reaction).to_have_attribute("aria-pressed", "true")


def test_a_name_that_is_taken_is_said_at_the_field(
    open_page: Callable[..., Page], stack: RunningStack, room: str
) -> None:
    name = unique("Ada")
    ada, eve = (open_page(f"{stack.url}#/r/{room}", allow=("409",)) for _ in range(2))
    sign_in(ada, name)
    expect_connection(ada, "online")
    sign_in(eve, name.upper())
    expect(eve.get_by_label("Your name")).to_have_attribute("aria-invalid", "true")


def test_text_is_never_taken_for_markup(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    text = "<img src=x onerror=alert(1)> & <b>bold</b>"
    write(ada, text)
    expect(message(bob, text)).to_be_visible()
    assert bob.locator(".message-text img, .message-text b").count() == 0


def test_a_room_is_left_for_another_and_found_again(join_as: JoinAs, room: str) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    write(ada, "only in the first room")
    expect_stored(bob, "only in the first room")
    bob.goto(bob.url.replace(room, f"{room}-b"))
    expect(bob.get_by_role("article")).to_have_count(0)
    write(bob, "only in the second")
    expect_stored(bob, "only in the second")
    write(ada, "are you there?")
    expect_stored(ada, "are you there?")
    bob.goto(bob.url.replace(f"{room}-b", room))
    expect_stored(bob, "are you there?")
    assert texts(bob) == ["only in the first room", "are you there?"]


def test_long_messages_that_do_not_fit_in_one_page_are_all_counted(join_as: JoinAs, room: str) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    write(bob, "goodbye")
    expect_stored(ada, "goodbye")
    ada.goto(ada.url.replace(room, f"{room}-b"))
    expect(ada.get_by_role("heading", level=1, name=f"{room}-b")).to_be_visible()
    for character in "見聞言":
        write(bob, character * 4_000)
        expect_stored(bob, character * 4_000)
    badge = ada.locator(f'a[href="#/r/{room}"] .badge')
    expect(badge).to_have_text("3 unread")
    ada.reload()
    expect(badge).to_have_text("3 unread")


def test_two_people_talk_on_phones(join_as: JoinAs) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    ada, bob = join_as("Ada", **phone), join_as("Bob", **phone)
    write(ada, "from my phone")
    expect_stored(bob, "from my phone")
    bob.get_by_role("textbox", name="Message").fill("mine too")
    bob.get_by_role("button", name="Send").click()
    expect_stored(ada, "mine too")
    for page in (ada, bob):
        wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wider, "the page scrolls sideways"


def test_a_person_joins_and_talks_with_the_keyboard_alone(
    open_page: Callable[..., Page], join_as: JoinAs, stack: RunningStack, room: str
) -> None:
    bob = join_as("Bob")
    ada = open_page(f"{stack.url}#/r/{room}")
    _tab_to(ada, "Your name")
    ada.keyboard.type(f"ada {room[-6:]}")
    ada.keyboard.press("Enter")
    expect_connection(ada, "online")
    _tab_to(ada, "Message")
    ada.keyboard.type("no mouse")
    ada.keyboard.press("Shift+Enter")
    ada.keyboard.type("needed")
    ada.keyboard.press("Enter")
    expect(bob.get_by_role("article").filter(has_text="needed")).to_be_visible()
    write(bob, "what a great day")
    mood = message(ada, "what a great day").get_by_role("button", name="positive")
    expect(mood).to_be_visible()
    _tab_to_log(ada)
    ada.keyboard.press("ArrowUp")
    expect(message(ada, "what a great day")).to_be_focused()
    ada.keyboard.press("Enter")
    _tab_until(ada, "positive")
    ada.keyboard.press("Enter")
    expect(ada.locator("#undertone")).to_be_visible()
    ada.keyboard.press("Escape")
    expect(ada.locator("#undertone")).not_to_be_visible()


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until the field with a label has the focus, if it has not got it already."""
    field = page.get_by_role("textbox", name=label)
    expect(field).to_be_visible()
    for _ in range(40):
        if field.evaluate("field => field === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label} cannot be reached with the Tab key")


def _tab_to_log(page: Page) -> None:
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.id") == "log":
            return
    raise AssertionError("the log cannot be reached with the Tab key")


def _tab_until(page: Page, name: str) -> None:
    """Press Tab until a button has the focus whose name begins so."""
    described = (
        "(document.activeElement.ariaLabel || document.activeElement.textContent).trim().toLowerCase()"
    )
    for _ in range(40):
        if str(page.evaluate(described)).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no button {name} can be reached with the Tab key")
