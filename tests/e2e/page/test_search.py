"""Search in a room: what is found, how far back it was looked, and where it leads."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import JoinAs, Run
from .fake_server import FakeServer


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("great day", ["great", "day"]),
        ('"great day" from:Ada now', ["great day", "now"]),
        ("from:ada", []),
    ],
)
def test_the_words_of_a_query_are_those_that_can_be_seen(run: Run, query: str, words: list[str]) -> None:
    assert run("models/room_search.js", "return room_search.soughtWords(argument)", query) == words


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("A Café, a cafe", ["cafe"], ["A ", "*Café", ", a ", "*cafe"]),
        ("aaa", ["aa"], ["*aa", "a"]),
        ("ﬁne 🎉 day", ["fin", "🎉"], ["*ﬁn", "e ", "*🎉", " day"]),
        ("nothing", ["x"], ["nothing"]),
    ],
)
def test_hits_are_marked_whatever_the_case_and_the_accents(
    run: Run, text: str, words: list[str], parts: list[str]
) -> None:
    body = (
        "return room_search.highlighted(argument.text, argument.words)"
        ".map(({ text, hit }) => (hit ? '*' : '') + text)"
    )
    assert run("models/room_search.js", body, {"text": text, "words": words}) == parts


def test_a_long_text_is_shown_around_its_first_hit(run: Run) -> None:
    body = (
        "const parts = room_search.highlighted('x'.repeat(300) + ' needle', ['needle']); "
        "return room_search.around(parts, 30).map(({ text }) => text)"
    )
    assert run("models/room_search.js", body) == ["…xxxxxxxxx ", "needle"]


SEARCH = """
  const asked = [];
  const answers = argument.map((answer) => async () => {
    if (answer.wait) await new Promise((resolve) => setTimeout(resolve, answer.wait));
    if (answer.fail) throw new Error(answer.fail);
    return answer;
  });
  const search = new room_search.RoomSearch((room, query, before) => {
    asked.push([room, query, before]);
    return answers[asked.length - 1]();
  });
  const seen = () => [search.found.map(({ seq }) => seq), search.state, search.more, search.problem];
"""


def page(*seqs: int, first: int, more: bool, **fields: Any) -> dict[str, Any]:
    messages = [{"seq": n, "sentAt": f"2026-11-29T10:00:{n:02d}.000Z"} for n in seqs]
    return {"messages": messages, "more": more, "searched": {"from": first}} | fields


def test_a_search_goes_on_where_it_ended_and_after_a_failure(run: Run) -> None:
    body = f"""{SEARCH}
      await search.begin(["general"], " great ");
      const first = seen();
      await search.further();
      const failed = seen();
      await search.further();
      return {{ first, failed, last: seen(), asked }};
    """
    answers = [page(9, first=5, more=True), {"fail": "not now"}, page(2, first=1, more=False)]
    assert run("models/room_search.js", body, answers) == {
        "first": [[9], "done", True, ""],
        "failed": [[9], "failed", True, "not now"],
        "last": [[9, 2], "done", False, ""],
        "asked": [["general", "great", None], ["general", "great", 5], ["general", "great", 5]],
    }


def test_several_rooms_are_searched_one_after_the_other_and_go_on_where_each_ended(run: Run) -> None:
    body = f"""{SEARCH}
      const steps = [];
      search.on("change", () => steps.push([search.state, search.searched.done]));
      await search.begin(["tea", "plans", "empty"], "great");
      const first = seen();
      await search.further();
      return {{ first, last: seen(), asked, steps: steps.slice(0, 4) }};
    """
    answers = [
        page(9, 3, first=2, more=True),
        page(12, 5, first=4, more=True),
        page(first=1, more=False),
        page(1, first=1, more=False),
        page(2, first=1, more=False),
    ]
    assert run("models/room_search.js", body, answers) == {
        "first": [[12, 9, 5, 3], "done", True, ""],
        "last": [[12, 9, 5, 3, 2, 1], "done", False, ""],
        "asked": [
            ["tea", "great", None],
            ["plans", "great", None],
            ["empty", "great", None],
            ["tea", "great", 2],
            ["plans", "great", 4],
        ],
        "steps": [["searching", 0], ["searching", 1], ["searching", 2], ["done", 2]],
    }


def test_a_search_of_several_rooms_goes_on_with_those_that_it_did_not_come_to(run: Run) -> None:
    body = f"""{SEARCH}
      await search.begin(["tea", "plans"], "great");
      const failed = seen();
      await search.further();
      return [failed, seen(), asked.map(([room]) => room)];
    """
    answers = [page(9, first=1, more=False), {"fail": "not now"}, page(2, first=1, more=False)]
    assert run("models/room_search.js", body, answers) == [
        [[9], "failed", True, "not now"],
        [[9, 2], "done", False, ""],
        ["tea", "plans", "plans"],
    ]


def test_an_answer_to_an_earlier_query_is_not_shown(run: Run) -> None:
    body = f"""{SEARCH}
      const slow = search.begin(["general"], "one");
      await search.begin(["general"], "two");
      await slow;
      return seen()[0];
    """
    answers = [page(1, first=1, more=False, wait=30), page(2, first=1, more=False)]
    assert run("models/room_search.js", body, answers) == [2]


def test_what_is_found_leads_to_its_place_and_the_bounds_are_honest(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.say("Grace", "A **needle** in the hay")
    server.fill(150)
    server.say("Grace", "Another Needle")
    server.searched_at_once = 100
    page = join_as()
    page.keyboard.press("Alt+s")
    dialog = page.get_by_role("dialog", name="Search in general")
    page.get_by_label("Search for").fill("needle")
    results = dialog.get_by_role("list", name="Found").get_by_role("button")
    expect(results.locator(".list-text")).to_have_text(["Another Needle"])
    expect(results.locator("mark")).to_have_text(["Needle"])
    note = page.locator("#search-note")
    expect(note).to_have_text("1 found so far; there are older messages that were not searched yet.")
    dialog.get_by_role("button", name="Search further back").click()
    expect(results.locator(".list-text")).to_have_text(["Another Needle", "A needle in the hay"])
    expect(note).to_have_text("2 found; the whole room was searched.")
    expect(dialog.get_by_role("button", name="Search further back")).to_be_hidden()
    results.last.click()
    expect(dialog).to_be_hidden()
    expect(page.locator("article[data-seq='1']")).to_be_focused()


def test_all_of_one_s_rooms_are_searched_if_that_is_asked_for(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "a needle in plans", room="plans")
    server.say("Grace", "a needle in general")
    page = join_as(room="plans")
    page.goto(f"{server.url}#/r/general")
    expect(page.locator("#room-name")).to_have_text("general")
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("needle")
    results = page.get_by_role("list", name="Found").get_by_role("button")
    expect(results.locator(".list-text")).to_have_text(["a needle in general"])
    page.get_by_label("In all my rooms").check()
    expect(results.locator(".list-text")).to_have_text(["a needle in general", "a needle in plans"])
    expect(page.locator("#search-note")).to_have_text("2 found; 2 rooms were searched.")
    results.last.click()
    expect(page.locator("#room-name")).to_have_text("plans")
    expect(page.locator("article[data-seq='1']")).to_be_focused()


def test_nothing_that_was_found_stays_when_the_room_is_closed(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "a needle", room="plans")
    page = join_as(room="plans")
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("needle")
    expect(page.get_by_role("list", name="Found").get_by_role("button")).to_have_count(1)
    server.tell("plans", {"event": "removed", "room": "plans"})
    expect(page.get_by_role("dialog", name="Search in plans")).to_be_hidden()
    expect(page.locator("#search-list")).to_be_empty()


def test_a_narrow_window_has_the_search_in_what_is_said_about_the_room(
    server: FakeServer, join_as: JoinAs
) -> None:
    server.describe("general", title="General")
    page = join_as(viewport={"width": 320, "height": 640})
    expect(page.get_by_role("button", name="Search in this room")).to_be_hidden()
    page.get_by_role("button", name="About General").click()
    page.get_by_role("button", name="Search in the room").click()
    expect(page.get_by_label("Search for")).to_be_focused()


def test_a_search_that_finds_nothing_says_so(server: FakeServer, join_as: JoinAs) -> None:
    server.say("Grace", "hello")
    page = join_as()
    page.get_by_role("button", name="Search in this room").click()
    page.get_by_label("Search for").fill("needle")
    expect(page.locator("#search-note")).to_have_text("Nothing found; the whole room was searched.")
    dialog = page.locator("#search-dialog")
    height = dialog.evaluate("dialog => dialog.offsetHeight")
    page.get_by_role("button", name="Search in all my rooms").click()
    expect(dialog.get_by_role("heading", name="Search in all my rooms")).to_be_visible()
    expect(page.get_by_role("checkbox", name="In all my rooms")).to_be_checked()
    expect(page.get_by_role("button", name="Search in all my rooms")).to_be_hidden()
    assert dialog.evaluate("dialog => dialog.offsetHeight") == height
