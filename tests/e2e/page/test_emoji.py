"""All emoji: by a picker, by their names in the message box, and who reacted with them."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import JoinAs, OpenPage, Run
from .fake_server import FakeServer

LIST = json.loads((Path(__file__).parents[3] / "static_site" / "emoji.json").read_text("utf-8"))
FIND = """
  const list = new emoji_list.EmojiList(async () => argument.list);
  return (await list.find(argument.query, 3)).map(({ emoji }) => emoji);
"""


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def picker(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Choose an emoji")


def open_menu(page: Page) -> None:
    page.locator("article").first.get_by_role("button", name="React or change").press("Enter")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tada", "🎉"),
        ("+1", "👍"),
        ("thumbs_up", "👍"),
        ("red heart", "❤️"),
        ("rofl", "🤣"),
        ("flag ger", "🇩🇪"),
        ("cat joy", "😹"),
    ],
)
def test_an_emoji_is_found_by_the_words_that_people_use(run: Run, query: str, first: str) -> None:
    found = run("models/emoji_list.js", FIND, {"list": LIST, "query": query})
    assert found[0] == first


def test_what_no_emoji_is_called_finds_none(run: Run) -> None:
    assert run("models/emoji_list.js", FIND, {"list": LIST, "query": "xyzzy"}) == []


def test_a_list_that_could_not_be_read_is_asked_for_again(run: Run) -> None:
    body = """
      let asked = 0;
      const list = new emoji_list.EmojiList(async () => {
        asked += 1;
        if (asked === 1) throw new Error("not now");
        return argument;
      });
      const first = await list.load().catch((error) => error.message);
      return [first, (await list.load()).length, asked];
    """
    assert run("models/emoji_list.js", body, LIST) == ["not now", len(LIST["groups"]), 2]


def test_the_emoji_used_last_come_first_and_are_kept_once(run: Run) -> None:
    body = """
      const { Store } = await import("/scripts/lib/store.js");
      const recent = new recent_emoji.RecentEmoji(new Store(null));
      recent.use("🐙");
      recent.use("😂");
      recent.use("🐙");
      const used = recent.all;
      recent.forget();
      return [used, recent.all[0]];
    """
    used, first = run("models/recent_emoji.js", body)
    assert (used, first) == (["🐙", "😂", "👍", "❤️", "🎉", "😮", "😢"], "👍")


def test_a_reaction_is_searched_for_and_comes_first_the_next_time(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.say("Grace", "An octopus")
    page = join_as()
    open_menu(page)
    page.get_by_role("menuitem", name="Another emoji").click()
    page.get_by_label("Search emoji").fill("octop")
    expect(picker(page).locator(".emoji").first).to_have_text(
        "🐙"
    )  # of all that were there before, it is not
    page.keyboard.press("Enter")
    expect(picker(page)).to_be_hidden()
    expect(page.locator(".reaction")).to_have_text("🐙 1")
    page.get_by_role("button", name="Emoji", exact=True).click()
    expect(picker(page).get_by_role("heading", name="Used last")).to_be_visible()
    page.keyboard.press("Escape")
    open_menu(page)
    expect(page.locator(".menu-face").first).to_have_text("🐙")
    expect(page.locator(".menu-face").first).to_have_attribute("aria-checked", "true")


def test_arrow_keys_move_in_the_grid_and_back_to_the_search(server: FakeServer, join_as: JoinAs) -> None:
    page = join_as()
    page.get_by_role("button", name="Emoji", exact=True).click()
    expect(picker(page).get_by_role("heading", name="Common"), "none was used").to_be_visible()
    expect(picker(page).get_by_role("heading", name="Flags")).to_be_attached()
    page.keyboard.press("ArrowDown")
    expect(picker(page).get_by_role("button", name="thumbs up").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(picker(page).get_by_role("button", name="red heart").first).to_be_focused()
    expect(page.locator("#emoji-name")).to_have_text("❤️ red heart :red_heart:")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".emoji-group").nth(1).locator(".emoji").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Search emoji")).to_be_focused()
    page.keyboard.press("Escape")
    expect(picker(page)).to_be_hidden()


def test_an_emoji_goes_where_the_caret_is(join_as: JoinAs) -> None:
    page = join_as()
    box(page).fill("ab")
    box(page).press("ArrowLeft")
    page.get_by_role("button", name="Emoji", exact=True).click()
    picker(page).get_by_role("button", name="party popper").first.click()
    expect(box(page)).to_have_value("a🎉b")
    expect(box(page)).to_be_focused()
    box(page).press_sequentially("!")
    expect(box(page)).to_have_value("a🎉!b")


def test_a_name_after_a_colon_is_completed(join_as: JoinAs) -> None:
    page = join_as()
    box(page).press_sequentially("done :tad")
    option = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(option.first).to_have_text("🎉party popper:party_popper:")
    box(page).press("Enter")
    expect(box(page)).to_have_value("done 🎉 ")
    box(page).press_sequentially(":heart_eyes: :red_heart:")
    expect(box(page)).to_have_value("done 🎉 :heart_eyes: ❤️")


def test_the_list_of_emoji_is_loaded_when_it_is_needed_and_not_before(
    server: FakeServer, open_page: OpenPage, join_as: JoinAs
) -> None:
    page = join_as()
    loaded = "performance.getEntriesByName(new URL('emoji.json', location.href).href).length"
    assert page.evaluate(loaded) == 0
    page.get_by_role("button", name="Emoji", exact=True).click()
    expect(picker(page).get_by_role("heading", name="Flags")).to_be_attached()
    assert page.evaluate(loaded) == 1


def react(server: FakeServer, seq: int, emoji: str, *names: str) -> None:
    room = server.room("general")
    for name in names:
        user = {"id": f"u-{name.lower()}", "name": name}
        entry = room.apply(user, {"action": "react", "seq": seq, "emoji": emoji, "on": True})
    server.push("general", [entry])


def test_who_reacted_is_told_to_the_pointer_and_to_the_focus(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Shall we?")
    react(server, 1, "👍", "Bo", "Cy")
    page = join_as()
    chip = page.locator(".reaction")
    tip = page.get_by_role("tooltip")
    chip.hover()
    expect(tip).to_have_text("Bo and Cy")
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    react(server, 1, "👍", "Di")
    expect(chip).to_have_text("👍 3")
    chip.focus()
    expect(tip).to_have_text("Bo, Cy and Di")
    expect(chip).to_have_attribute("aria-describedby", "reactors-tip")
    box(page).focus()
    expect(tip).to_be_hidden()


def test_a_finger_that_rests_on_a_reaction_is_told_and_changes_nothing(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.say("Grace", "Shall we?")
    react(server, 1, "👍", "Bo")
    page = join_as(has_touch=True)
    chip = page.locator(".reaction")
    touch = {"pointerType": "touch", "bubbles": True}
    chip.dispatch_event("pointerdown", touch)
    expect(page.get_by_role("tooltip")).to_have_text("Bo")
    chip.dispatch_event("pointerup", touch)
    chip.dispatch_event("click")
    chip.dispatch_event("pointerdown", touch)
    expect(page.get_by_role("tooltip")).to_be_hidden()
    chip.dispatch_event("pointerup", touch)
    assert server.frames("react") == []
    chip.dispatch_event("click")
    expect(chip).to_have_text("👍 2")


def test_a_dialog_lists_who_reacted_with_what(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "Shall we?")
    react(server, 1, "👍", "Bo", "Ada")
    react(server, 1, "🎉", "Cy")
    page = join_as()
    open_menu(page)
    page.get_by_role("menuitem", name="Who reacted").click()
    dialog = page.get_by_role("dialog", name="Who reacted")
    expect(dialog.get_by_role("heading", level=3)).to_have_text(["👍 2", "🎉 1"])
    expect(dialog.get_by_role("list").first.get_by_role("listitem")).to_have_text(
        [
            re.compile("Ada.*you"),
            re.compile("Bo"),
        ]
    )


def test_names_of_who_reacted_end_with_how_many_more_there_are(run: Run) -> None:
    body = (
        "const people = [...'abcdefghijkl'].map((name) => ({ id: name, name })); "
        "return [reactors.namesLine({ people: people.slice(0, 2), count: 2 }, 'b'), "
        "reactors.namesLine({ people, count: 40 }, 'x')]"
    )
    assert run("models/reactors.js", body) == [
        "You and a",
        "a, b, c, d, e, f, g, h, i, j, and 30 more",
    ]


def test_who_reacted_is_asked_for_once_until_the_reactions_change(run: Run) -> None:
    body = """
      const asked = [];
      const all = new reactors.Reactors(async (room, seq) => {
        asked.push(seq);
        if (asked.length === 1) throw new Error("not now");
        return { reactions: [] };
      });
      await all.of({ room: "general", seq: 1, at: 5 }).catch(() => {});
      for (const at of [5, 5, 6]) await all.of({ room: "general", seq: 1, at });
      return asked.length;
    """
    assert run("models/reactors.js", body) == 3
