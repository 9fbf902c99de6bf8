"""A log of any length: only what is near the reader is in the document, and nobody notices."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs, Run
from .fake_server import FakeServer
from .scrolling import go_to, go_up, shown_seqs

MOST_ROWS = 300
WINDOW = """
const { Timeline } = await import('/scripts/models/timeline.js');
const line = new Timeline();
const all = [];
const shown = new log_window.LogWindow(line);
const user = { id: 'x', name: 'X' };
const said = (seq) => ({ seq, at: seq, id: `i${seq}`, user, sentAt: '2026-01-05T10:00:00Z' });
const update = (outbox = []) => line.update({ messages: all, outbox, me: { id: 'me' }, readMark: null });
const add = (from, to) => { for (let seq = from; seq <= to; seq += 1) all.push(said(seq)); update(); };
const edges = () => { const { start, end } = shown.range; return [all[start].seq, all[end - 1].seq]; };
const size = () => shown.range.end - shown.range.start;
"""


def row_count(page: Page) -> int:
    return page.locator("#log-rows > *").count()


def at_bottom(page: Page) -> bool:
    found: bool = page.locator("#log").evaluate(
        "log => log.scrollHeight - log.clientHeight - log.scrollTop <= 48"
    )
    return found


def top_of(page: Page, seq: int) -> float:
    top: float = page.locator(f'article[data-seq="{seq}"]').evaluate("one => one.getBoundingClientRect().top")
    return top


def test_a_window_at_the_end_takes_in_what_arrives_and_gives_up_what_is_far_above(run: Run) -> None:
    body = (
        f"{WINDOW} add(1, 500); shown.toEnd(); const opened = edges(); const sizes = []; "
        "for (let seq = 501; seq <= 1500; seq += 1) "
        "{ all.push(said(seq)); update(); shown.fit(() => null); sizes.push(size()); } "
        "return [opened, edges()[1], Math.max(...sizes), Math.min(...sizes)];"
    )
    assert run("models/log_window.js", body) == [[441, 500], 1500, 80, 60]


def test_a_window_does_not_move_while_messages_come_before_and_after_it(run: Run) -> None:
    body = (
        f"{WINDOW} add(101, 500); shown.around(300); const before = edges(); "
        "all.unshift(...Array.from({ length: 50 }, (_, index) => said(51 + index))); add(501, 520); "
        "shown.fit(() => 300); return [before, edges(), shown.atEnd];"
    )
    before = [270, 329]
    assert run("models/log_window.js", body) == [before, before, False]


def test_a_window_goes_to_the_first_message_and_back_to_the_end_step_by_step(run: Run) -> None:
    body = (
        f"{WINDOW} add(1, 1000); shown.toEnd(); let sizes = []; "
        "while (shown.earlier()) sizes.push(size()); const first = edges()[0]; "
        "while (shown.later()) sizes.push(size()); "
        "return [first, edges()[1], shown.atEnd, Math.max(...sizes)];"
    )
    assert run("models/log_window.js", body) == [1, 1000, True, 120]


def test_a_reader_above_keeps_what_they_look_at_when_the_window_becomes_too_large(run: Run) -> None:
    body = (
        f"{WINDOW} add(1, 100); shown.toEnd(); add(101, 400); shown.fit(() => 60); const up = edges(); "
        "shown.toEnd(); add(401, 700); shown.fit(() => 690); return [up, edges()];"
    )
    assert run("models/log_window.js", body) == [[41, 120], [621, 700]]


def test_a_burst_of_messages_is_shown_by_its_last_ones(run: Run) -> None:
    body = (
        f"{WINDOW} add(1, 100); shown.toEnd(); shown.fit(() => null); add(101, 120); shown.fit(() => null); "
        "const few = edges(); add(121, 190); shown.fit(() => null); return [few, edges()];"
    )
    assert run("models/log_window.js", body) == [[41, 120], [131, 190]]


def test_a_log_that_begins_anew_is_shown_from_its_end(run: Run) -> None:
    body = (
        f"{WINDOW} add(500, 900); shown.toEnd(); shown.earlier(); all.length = 0; add(1, 30); "
        "shown.fit(() => null); return [edges(), shown.atEnd];"
    )
    assert run("models/log_window.js", body) == [[1, 30], True]


def test_an_update_of_a_timeline_makes_again_only_what_differs(run: Run) -> None:
    body = (
        "const line = new timeline.Timeline(); const me = { id: 'me' }; "
        "const user = { id: 'x', name: 'X' }; "
        "const said = (seq, text = 'x') => ({ seq, at: seq, id: `i${seq}`, text, user, "
        "sentAt: '2026-01-05T10:00:00Z' }); "
        "const all = Array.from({ length: 6 }, (_, index) => said(index + 1)); "
        "const update = (readMark = null) => { line.update({ messages: all, outbox: [], me, readMark }); "
        "return line.rows(0, line.length).filter(({ seq }) => seq); }; "
        "const anew = (before, after) => after.filter((row) => !before.includes(row)).map(({ seq }) => seq); "
        "const first = update(); all.push(said(7)); const longer = update(); "
        "all[2] = said(3, 'changed'); const changed = update(); "
        "all.splice(4, 0, { ...said(4.5), user: { id: 'y', name: 'Y' } }); const between = update(); "
        "const marked = update(2); const moved = update(7); "
        "return [anew(first, longer), anew(longer, changed), anew(changed, between), "
        "moved.map((row) => row.first), "
        "marked.filter(({ above }) => above.some(({ kind }) => kind === 'unread')).map(({ seq }) => seq)];"
    )
    firsts = [True, False, False, False, True, True, False, False]
    assert run("models/timeline.js", body) == [[7], [3], [4.5, 5, 6, 7], firsts, [3]]


def test_scrolling_back_shows_every_message_once_and_few_at_a_time(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(700)
    page = join_as("Ada")
    expect(page.get_by_role("article")).to_have_count(50)
    texts = go_up(page)
    assert len(texts) == len(set(texts)) == 700
    assert shown_seqs(page)[0] == 1
    assert row_count(page) < MOST_ROWS
    assert shown_seqs(page) == list(range(1, len(shown_seqs(page)) + 1))


def test_the_way_down_leads_through_every_message_to_the_newest(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(500)
    page = join_as("Ada")
    go_up(page)
    expect(page.get_by_role("button", name="Newest messages")).to_be_visible()
    for _ in range(60):
        if 500 in shown_seqs(page):
            break
        go_to(page, 10**6)
        page.evaluate(
            "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
        )
    seqs = shown_seqs(page)
    assert seqs == list(range(seqs[0], 501))
    assert row_count(page) < MOST_ROWS
    go_to(page, 10**6)
    expect(page.locator("#log-pill")).to_be_hidden()


def test_the_newest_messages_are_one_press_away_from_the_first(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(500)
    page = join_as("Ada")
    go_up(page)
    server.say("Grace", "down here")
    page.get_by_role("button", name="1 new message").click()
    expect(page.get_by_text("down here", exact=True)).to_be_in_viewport()
    expect(page.locator("#log")).to_be_focused()
    server.say("Grace", "and this")
    expect(page.get_by_text("and this")).to_be_in_viewport()


def test_what_the_reader_looks_at_stays_in_place_when_the_window_gives_rows_up(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(300)
    page = join_as("Ada")
    go_to(page, 700)
    before = top_of(page, 270)
    for _ in range(4):
        server.fill(60, name="Grace")
        server.push("general", list(server.room("general").messages.values())[-60:])
    expect(page.get_by_role("button", name="240 new messages")).to_be_visible()
    assert row_count(page) < MOST_ROWS
    assert abs(top_of(page, 270) - before) < 2


def test_messages_that_are_not_in_the_document_are_told_to_screen_readers(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(500)
    page = join_as("Ada")
    go_up(page)
    server.say("Grace", "a **bold** word")
    expect(page.locator("#log-arrivals")).to_have_text("Grace: a bold word")
    expect(page.get_by_role("article").filter(has_text="a bold word")).to_have_count(0)
    page.get_by_role("button", name="1 new message").click()
    server.say("Grace", "in sight")
    expect(page.get_by_text("in sight")).to_be_visible()
    expect(page.locator("#log-arrivals")).to_have_text("")


def test_only_what_arrives_is_read_aloud(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(200)
    page = join_as("Ada")
    expect(page.locator('article:not([aria-live="off"])')).to_have_count(0)
    entry = server.say("Grace", "hello")
    arrived = page.locator(f'article[data-seq="{entry["seq"]}"]')
    expect(arrived).to_be_visible()
    assert arrived.get_attribute("aria-live") is None
    server.change(entry["seq"], reactions={"👍": 1})
    expect(arrived.get_by_role("button", name="👍 1")).to_be_visible()
    expect(arrived).to_have_attribute("aria-live", "off")
    go_up(page)
    expect(page.locator('article:not([aria-live="off"])')).to_have_count(0)


@pytest.mark.parametrize("change", [{"reactions": {"🎉": 2}}, {"labels": {"neutral": 1}}], ids=str)
def test_selected_text_and_the_focus_outlive_a_change_of_their_message(
    join_as: JoinAs, server: FakeServer, change: dict[str, Any]
) -> None:
    page = join_as("Ada")
    entry = server.say("Grace", "select these great words", reactions={"👍": 1})
    message = page.locator(f'article[data-seq="{entry["seq"]}"]')
    message.get_by_role("button", name="positive").focus()
    message.locator(".message-text").evaluate("text => getSelection().selectAllChildren(text)")
    kept = message.element_handle()
    server.change(entry["seq"], **({"reactions": {"👍": 2}} | change))
    server.say("Grace", "the end")
    expect(page.get_by_text("the end")).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip() == "select these great words"
    expect(message.get_by_role("button", name="positive")).to_be_focused()
    assert kept is not None
    assert kept.evaluate("one => one.isConnected")


def test_the_focus_of_a_row_that_goes_away_goes_to_the_log(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(500)
    page = join_as("Ada")
    page.get_by_role("article").last.get_by_role("button", name="React or change").focus()
    go_up(page)
    expect(page.locator("#log")).to_be_focused()


def test_the_log_is_one_stop_of_tab_and_arrow_keys_go_through_it(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(6)
    page = join_as("Ada")
    log, articles = page.locator("#log"), page.get_by_role("article")
    log.focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('log').contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    expect(log).to_be_focused()
    last, mood = articles.last, articles.last.get_by_role("button", name="neutral")
    more = last.get_by_role("button", name="React or change")
    for key, there in [
        ("ArrowUp", last),
        ("ArrowUp", articles.nth(4)),
        ("ArrowDown", last),
        ("ArrowRight", mood),
        ("ArrowRight", more),
        ("ArrowLeft", mood),
        ("ArrowLeft", last),
        ("Enter", mood),
        ("ArrowUp", articles.nth(4)),
        ("ArrowDown", last),
    ]:
        page.keyboard.press(key)
        expect(there, key).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('log').contains(document.activeElement)")
    more.focus()
    server.change(6, text="message number six, [with a link](https://example.org/)")
    link = last.get_by_role("link")
    expect(link).to_have_attribute("tabindex", "0")  # as everything in the message in which the focus is
    for there in (mood, link):
        page.keyboard.press("Shift+Tab")
        expect(there).to_be_focused()


def test_arrow_keys_go_from_message_to_message_beyond_what_was_in_the_document(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.fill(200)
    page = join_as("Ada")
    first = shown_seqs(page)[0]
    page.locator(f'article[data-seq="{first}"] .message-more').focus()
    page.keyboard.press("ArrowLeft")
    seen: list[int] = []
    for _ in range(6):
        expect(page.locator(f'article[data-seq="{first - 6}"]')).to_be_attached()
        seen.append(int(page.evaluate("document.activeElement.closest('article').dataset.seq")))
        page.keyboard.press("ArrowUp")
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] < first


def test_unsent_messages_stand_below_a_long_log(join_as: JoinAs, server: FakeServer) -> None:
    server.fill(300)
    page = join_as("Ada")
    go_up(page)
    server.answers["send"] = ["ignore"]
    page.get_by_role("textbox", name="Message").fill("on its way")
    page.keyboard.press("Enter")
    mine = page.locator('article[data-state="pending"]')
    expect(mine).to_be_in_viewport()
    assert page.get_by_role("article").last.get_attribute("data-state") == "pending"
    assert row_count(page) < MOST_ROWS
