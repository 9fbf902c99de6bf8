"""Day lines: each once above its first message, whatever the clocks say, and renamed when the day changes."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs, Run
from .fake_server import FakeServer
from .page_time import pass_time_connected, pass_time_until

# Times are those of the reader's clock, so that days begin at midnight wherever the test runs.
TIMELINE = """
const me = { id: 'me', name: 'Me' };
const at = (time) => new Date(time).toISOString();
const messages = argument.said.map(([time, id], index) => (
  { seq: index + 1, at: index + 1, id: id ?? `i${index}`, user: { id: 'x' }, sentAt: at(time) }));
const outbox = argument.unsent.map((time, index) => (
  { id: `o${index}`, text: 'x', createdAt: new Date(time).getTime(), state: 'pending', problem: null }));
const rows = timeline.timeline({ messages, outbox, me, readMark: null });
if (new Set(rows.map(({ key }) => key)).size !== rows.length) throw new Error('two rows have one key');
return rows.map((row) => row.kind === 'day' ? row.key : row.seq ?? row.id);
"""
FIRST, SECOND, THIRD = "day 2026-3-28", "day 2026-3-29", "day 2026-3-30"


@pytest.mark.parametrize(
    ("said", "unsent", "rows"),
    [
        (
            ["2026-03-29T00:00:00.02", "2026-03-28T23:59:59.99", "2026-03-29T00:00:00.03"],
            [],
            [SECOND, 1, FIRST, 2, 3],
        ),
        (
            ["2026-03-28T12:00", "2026-03-29T00:00:00.02", "2026-03-28T23:59:59.99", "2026-03-30T00:01"],
            [],
            [FIRST, 1, SECOND, 2, 3, THIRD, 4],
        ),
        (["2026-03-29T09:00"], ["2026-03-28T23:00", "2026-03-29T09:01"], [SECOND, 1, FIRST, "o0", "o1"]),
        (
            ["2026-03-28T12:00", "2026-03-29T09:00"],
            ["2026-03-28T23:00", "2026-03-29T09:01", "2026-03-30T00:00"],
            [FIRST, 1, SECOND, 2, "o0", "o1", THIRD, "o2"],
        ),
        ([], ["2026-03-30T00:00", "2026-03-29T23:59:59.999"], [THIRD, "o0", SECOND, "o1"]),
    ],
    ids=[
        "clocks differ at midnight",
        "over three days",
        "unsent since yesterday",
        "unsent for days",
        "clock back",
    ],
)
def test_each_day_has_one_line_above_its_first_message_and_rows_keep_their_order(
    run: Run, said: list[str], unsent: list[str], rows: list[object]
) -> None:
    argument = {"said": [[time, None] for time in said], "unsent": unsent}
    assert run("models/timeline.js", TIMELINE, argument) == rows


def test_an_id_that_comes_twice_is_shown_once_for_each_time_it_was_stored(run: Run) -> None:
    said = [["2026-03-28T12:00", "same"], ["2026-03-29T13:00", "same"]]
    assert run("models/timeline.js", TIMELINE, {"said": said, "unsent": []}) == [FIRST, 1, SECOND, 2]


def days(page: Page) -> list[str]:
    return page.locator(".log-day, .message-text").all_inner_texts()


def test_a_page_that_stays_open_over_midnight_renames_its_days(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True, timezone_id="UTC")
    midnight = (datetime.now() + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    page.clock.pause_at(midnight - timedelta(seconds=10))
    server.say("Grace", "late", sent_at=f"{midnight - timedelta(minutes=3):%Y-%m-%dT%H:%M:00.000Z}")
    expect(page.locator(".log-day")).to_have_text(["Today"])
    day = page.locator(".log-day")
    pass_time_until(page, lambda: day.all_inner_texts() == ["Yesterday"], "the day is renamed")
    server.say("Grace", "early", sent_at=f"{midnight:%Y-%m-%dT%H:%M:01.000Z}")
    expect(page.locator(".log-day")).to_have_text(["Yesterday", "Today"])
    assert days(page) == ["Yesterday", "late", "Today", "early"]


def test_a_page_that_wakes_up_on_another_day_names_the_days_anew(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True, timezone_id="UTC")
    server.say("Grace", "before the night")
    expect(page.locator(".log-day")).to_have_text(["Today"])
    page.clock.set_system_time(datetime.now() + timedelta(days=1))  # no timer has gone off since
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".log-day")).to_have_text(["Yesterday"])


def test_a_journey_to_another_time_zone_moves_days_and_times(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", still=True)
    computer = page.context.new_cdp_session(page)
    computer.send("Emulation.setTimezoneOverride", {"timezoneId": "UTC"})
    for time in ("21:30", "22:30"):
        server.say("Grace", f"at {time}", sent_at=f"2026-01-05T{time}:00.000Z")
    expect(page.locator(".log-day")).to_have_text(["Monday 5 January"])
    computer.send("Emulation.setTimezoneOverride", {"timezoneId": "Africa/Cairo"})
    pass_time_connected(page, 60_000)
    expect(page.locator(".log-day")).to_have_text(["Monday 5 January", "Tuesday 6 January"])
    expect(page.locator("article time")).to_have_text(["23:30", "00:30"])
