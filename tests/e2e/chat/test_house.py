"""Rooms of one's own, people and order, as several people see them in their windows on the running chat."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from testkit.client import unique

from .house import Arrive, add_member, make_private_room, open_about
from .people import LOST_SERVER, expect_stored, message, write


def test_two_people_talk_in_a_private_room_and_a_third_finds_no_trace_of_it(
    arrive: Arrive, house_url: str
) -> None:
    ada, bob, eve = arrive("Ada"), arrive("Bob"), arrive("Eve")
    room = make_private_room(ada.page, "The Book Club")
    add_member(ada.page, "The Book Club", bob.name)
    ada.page.keyboard.press("Escape")
    write(ada.page, "chapter three is wonderful")
    link = bob.page.get_by_role("link", name="The Book Club")
    expect(link).to_contain_text("(private)")
    link.click()
    expect_stored(bob.page, "chapter three is wonderful")
    expect(eve.page.get_by_role("link", name="general")).to_be_visible()
    expect(eve.page.get_by_role("link", name="The Book Club")).to_have_count(0)
    eve.page.goto(f"{house_url}#/r/{room}")
    expect(eve.page.get_by_role("heading", name=f"There is no room {room} for you")).to_be_visible()
    expect(eve.page.get_by_role("textbox", name="Message")).to_be_hidden()
    expect(eve.page.get_by_text("wonderful")).to_have_count(0)


def test_who_is_removed_while_looking_sees_the_room_close_and_can_be_added_again(arrive: Arrive) -> None:
    ada, bob = arrive("Ada"), arrive("Bob")
    make_private_room(ada.page, "The Attic")
    add_member(ada.page, "The Attic", bob.name)
    bob.page.get_by_role("link", name="The Attic").click()
    ada.page.locator("#members-list summary").filter(has_text=bob.name).click()
    ada.page.get_by_role("button", name="Remove").click()
    ada.page.get_by_role("dialog", name="Remove").get_by_role("button", name="Remove").click()
    expect(bob.page.get_by_role("heading", name="You do not belong to The Attic any more")).to_be_visible()
    expect(bob.page.get_by_role("link", name="The Attic")).to_have_count(0)
    expect(bob.page.get_by_role("textbox", name="Message")).to_be_hidden()
    expect(ada.page.locator("#members-list").get_by_text(bob.name)).to_have_count(0)
    ada.page.keyboard.press("Escape")
    add_member(ada.page, "The Attic", bob.name)
    ada.page.keyboard.press("Escape")
    write(ada.page, "welcome back")
    expect(bob.page.get_by_role("link", name="The Attic")).to_be_visible()
    expect_stored(bob.page, "welcome back")


def test_a_guest_comes_by_the_link_of_an_invite_and_finds_its_room_alone(
    arrive: Arrive, open_page: Callable[..., Page]
) -> None:
    ada, bob = arrive("Ada"), arrive("Bob")
    make_private_room(ada.page, "The Garden")
    open_about(ada.page, "The Garden")
    dialog = ada.page.get_by_role("dialog", name="The Garden")
    dialog.get_by_label("How many people").select_option("5 people")
    dialog.get_by_role("button", name="Make a link").click()
    field = dialog.get_by_label("Link of the invite")
    expect(field).to_have_value(re.compile("#/invite/"))
    link = field.input_value()
    guest = open_page(link)
    guest.get_by_label("Your name").fill(unique("Guest"))
    guest.get_by_role("button", name="Join as a guest").click()
    expect(guest.get_by_role("heading", level=1, name="The Garden")).to_be_visible()
    write(guest, "hello from outside")
    expect_stored(ada.page, "hello from outside")
    expect(guest.get_by_role("navigation", name="Rooms").get_by_role("link")).to_have_count(1)
    expect(guest.get_by_role("button", name="New room")).to_be_hidden()
    bob.page.goto(link)
    expect_stored(bob.page, "hello from outside")
    assert "invite" not in bob.page.url


def test_a_direct_message_begins_at_somebody_s_name_and_reaches_them_unasked(arrive: Arrive) -> None:
    ada, bob = arrive("Ada"), arrive("Bob")
    greeting = unique("good morning")
    write(ada.page, greeting)
    bob.page.get_by_role("article").filter(has_text=greeting).get_by_role("button", name=ada.name).click()
    bob.page.get_by_role("menuitem", name="Message privately").click()
    expect(bob.page.get_by_role("heading", level=1, name=ada.name)).to_be_visible()
    write(bob.page, "psst")
    link = ada.page.get_by_role("link", name=bob.name)
    expect(link).to_contain_text("1 unread")
    link.click()
    expect_stored(ada.page, "psst")


def test_a_direct_room_of_several_is_begun_with_those_who_were_chosen(arrive: Arrive) -> None:
    ada, bob, cleo = arrive("Ada"), arrive("Bob"), arrive("Cleo")
    ada.page.get_by_role("button", name="New direct message").click()
    dialog = ada.page.get_by_role("dialog", name="Write to somebody")
    dialog.get_by_label("To several people").check()
    start = dialog.get_by_role("button", name="Write to them")
    expect(start).to_be_disabled()
    for name in (bob.name, cleo.name, bob.name[:3]):
        dialog.get_by_role("combobox", name="Name").fill(name)
        option = dialog.get_by_role("option").filter(has_text=cleo.name if name == cleo.name else bob.name)
        if name == bob.name[:3]:
            expect(option, "who is chosen is not offered again").to_have_count(0)
        else:
            expect(dialog.get_by_role("option")).to_have_count(1)  # where it stays
            option.click()
    expect(dialog.get_by_text("3 people will see it, you among them.")).to_be_visible()
    start.click()
    expect(dialog).to_be_hidden()
    write(ada.page, "just the three of us")
    for other in (bob, cleo):
        link = other.page.get_by_role("link", name=ada.name)
        expect(link).to_contain_text("1 unread")
        link.click()
        expect_stored(other.page, "just the three of us")


def test_an_admin_follows_a_report_deletes_the_message_and_bans_its_author(arrive: Arrive) -> None:
    refused = (*LOST_SERVER, "403", "401")
    root, ada, eve = arrive("Root", admin=True), arrive("Ada"), arrive("Eve", allow=refused)
    advert = unique("buy my things")
    write(eve.page, advert)
    expect_stored(ada.page, advert)
    message(ada.page, advert).hover()
    message(ada.page, advert).get_by_role("button", name="React or change").click()
    ada.page.get_by_role("menuitem", name="Report…").click()
    ada.page.get_by_label("Reason").fill("an advert")
    ada.page.get_by_role("button", name="Report", exact=True).click()
    expect(ada.page.get_by_text("Your report is on its way")).to_be_visible()

    root.page.get_by_role("link", name="Admin").click()
    root.page.get_by_role("button", name="Reports").click()
    report = root.page.locator(".record").filter(has_text=ada.name)
    expect(report).to_contain_text("an advert")
    report.get_by_role("button", name="Show the message").click()
    expect(message(root.page, advert)).to_be_focused()
    message(root.page, advert).get_by_role("button", name="React or change").click()
    root.page.get_by_role("menuitem", name="Delete").click()
    root.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(ada.page.get_by_text(f"Message deleted by {root.name}")).to_be_visible()

    root.page.get_by_role("link", name="Admin").click()
    root.page.get_by_label("Find somebody").fill(eve.name)
    root.page.get_by_role("button", name=f"Ban {eve.name}").click()
    root.page.get_by_label("Reason").fill("adverts")
    root.page.get_by_role("button", name="Ban", exact=True).click()
    expect(root.page.get_by_text(f"{eve.name} is banned.")).to_be_visible()
    expect(eve.page.get_by_label("Your name")).to_be_visible()
    eve.page.get_by_role("button", name="Join").click()
    expect(eve.page.get_by_text(": adverts")).to_be_visible()
    root.page.get_by_role("button", name="What was done").click()
    done = root.page.locator("#admin-audit .record").first
    expect(done).to_contain_text(f"{root.name} banned {eve.name}: adverts")

    root.page.get_by_role("button", name="People").click()
    person = root.page.locator(".person", has_text=eve.name)
    expect(person).to_contain_text(re.compile("banned until .*: adverts"))
    person.get_by_role("button", name=f"Lift the ban of {eve.name}").click()
    expect(root.page.get_by_text(f"{eve.name} may sign in again.")).to_be_visible()
    expect(person.get_by_role("button", name=f"Ban {eve.name}")).to_be_visible()


def test_an_owner_deletes_what_somebody_wrote_and_then_the_whole_room(arrive: Arrive) -> None:
    ada, eve = arrive("Ada"), arrive("Eve")
    make_private_room(ada.page, "Book club")
    add_member(ada.page, "Book club", eve.name)
    ada.page.keyboard.press("Escape")
    eve.page.get_by_role("link", name="Book club").click()
    for words in ("buy this", "and this"):
        eve.page.get_by_role("textbox", name="Message").fill(words)
        eve.page.keyboard.press("Enter")
    ada.page.get_by_role("button", name=eve.name).first.click()
    ada.page.get_by_role("menuitem", name="Delete their messages…").click()
    question = ada.page.get_by_role("dialog", name=f"Delete the messages of {eve.name}?")
    expect(question.get_by_label("Where")).to_have_text("In Book club")
    question.get_by_role("button", name="Delete their messages").click()
    expect(question.get_by_text(f"Done: 2 messages of {eve.name} were deleted.")).to_be_visible()
    question.get_by_role("button", name="Close").click()
    for person in (ada, eve):
        expect(person.page.get_by_text(f"Message deleted by {ada.name}")).to_have_count(2)

    open_about(ada.page, "Book club")
    ada.page.get_by_role("button", name="Delete the room…").click()
    question = ada.page.get_by_role("dialog", name="Delete Book club for good?")
    question.get_by_label("To confirm").fill("Book")
    question.get_by_role("button", name="Delete for everybody").click()
    expect(question.get_by_text("That is not its title.")).to_be_visible()
    question.get_by_label("To confirm").fill("book club")
    question.get_by_role("button", name="Delete for everybody").click()
    expect(eve.page.get_by_role("heading", name="Book club was deleted")).to_be_visible()
    for person in (ada, eve):
        expect(person.page.get_by_role("link", name="Book club")).to_have_count(0)


def test_sessions_are_listed_and_end_where_they_are_ended(arrive: Arrive, house_url: str) -> None:
    ada = arrive("Ada", allow=(*LOST_SERVER, "401", "409"))
    page = ada.page
    page.locator("#me-open").click()
    expect(page.locator(".session")).to_have_count(1)
    expect(page.locator(".session")).to_contain_text("This one")
    expect(page.get_by_role("button", name="End all others")).to_be_hidden()
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog", name="Sign out?").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Your name")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your name")).to_be_visible()


def test_an_archived_room_stands_apart_and_nobody_writes_there(arrive: Arrive) -> None:
    page = arrive("Ada").page
    make_private_room(page, "Old Plans")
    open_about(page, "Old Plans")
    page.get_by_role("button", name="Change the room").click()
    page.get_by_role("textbox", name="Title").fill("Older Plans")
    page.get_by_role("checkbox", name="Archived").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="Change the room")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1, name="Older Plans")).to_be_visible()
    expect(page.get_by_text("This room is archived")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    page.locator(".rooms-archived:not(.rooms-hidden) summary").click()
    expect(page.locator("#archived-list").get_by_role("link", name="Older Plans")).to_be_visible()


def post(address: str, text: str) -> int:
    """Post a text as `curl -d` does; return the status."""
    with urllib.request.urlopen(address, text.encode()) as answer:
        return int(answer.status)


def test_a_program_writes_by_a_hook_and_as_a_bot_until_they_are_ended(arrive: Arrive) -> None:
    ada, bob = arrive("Ada"), arrive("Bob")
    page = ada.page
    make_private_room(page, "The Workshop")
    open_about(page, "The Workshop")
    page.get_by_role("button", name="Bots and hooks").click()
    dialog = page.get_by_role("dialog", name="Bots and hooks")
    expect(dialog.get_by_text("This room has no hooks.")).to_be_visible()
    dialog.get_by_label("Name of a new hook").fill("Build")
    dialog.get_by_role("button", name="Make a hook").click()
    field = dialog.get_by_label("Address of the hook")
    expect(field).to_have_value(re.compile("/hooks/"))
    address = field.input_value()
    assert post(address, "the build is green") == 202

    robot = unique("hal")
    expect(dialog.get_by_text("You have no bots.")).to_be_visible()
    dialog.get_by_label("Name of a new bot").fill(robot)
    dialog.get_by_label("How long its token is valid").select_option("30 days")
    dialog.get_by_role("button", name="Make a bot").click()
    token = dialog.get_by_label("Token of the bot")
    expect(token).to_have_value(re.compile(r"\w{20,}"))
    given = token.input_value()
    expect(dialog.get_by_text(f"{robot} is shown only now, and is valid until")).to_be_visible()
    me = (
        "async ([url, token]) => (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status"
    )
    url = f"{address.split('/hooks/')[0]}/me"
    assert page.evaluate(me, [url, given]) == 200

    dialog.get_by_role("button", name="Delete the hook Build").click()
    page.get_by_role("dialog", name="Delete the hook Build?").get_by_role("button", name="Delete").click()
    expect(dialog.get_by_text("This room has no hooks.")).to_be_visible()
    expect(field).to_be_hidden()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        post(address, "and red again")
    dialog.get_by_role("button", name=f"End the bot {robot}").click()
    page.get_by_role("dialog", name="End the bot").get_by_role("button", name="End").click()
    expect(dialog.get_by_text("You have no bots.")).to_be_visible()
    page.keyboard.press("Escape")
    built = message(page, "the build is green")
    expect_stored(page, "the build is green")
    expect(built.get_by_role("button", name="Build")).to_be_visible()
    add_member(page, "The Workshop", bob.name)
    bob.page.get_by_role("link", name="The Workshop").click()
    open_about(bob.page, "The Workshop")
    bob.page.get_by_role("button", name="Bots and hooks").click()
    expect(bob.page.get_by_text("You have no bots.")).to_be_visible()
    expect(bob.page.get_by_role("heading", name="Hooks of"), "they are for owners").to_be_hidden()
