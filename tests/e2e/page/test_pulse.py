"""The pulse of a room on the page: what is said of an hour, what is drawn, and where it leads."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs, Run
from .fake_server import FakeServer
from .test_sending import write

USUAL = {"mean": 0.1, "spread": 0.05}


def hour(
    at: str,
    mean: float | None,
    count: int = 20,
    people: int = 4,
    direction: str | None = None,
    **labels: int,
) -> dict[str, Any]:
    counts = {"negative": 0, "positive": 0} | labels
    counts["neutral"] = count - sum(counts.values())
    return {"at": at, "count": count, "people": people, "mean": mean, "direction": direction, **counts}


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (hour("", -0.8, direction="cooler"), "cooler"),
        (hour("", 0.9, direction="warmer"), "warmer"),
        (hour("", 0.9), "usual"),
        (hour("", None, people=2), "few"),
    ],
    ids=["cold", "warm", "nothing beyond chance", "two people"],
)
def test_the_word_for_an_hour_is_what_the_service_has_tested(
    run: Run, one: dict[str, Any], word: str
) -> None:
    assert run("models/pulse.js", "return pulse.reading(argument, { mean: 0.1 }).word", one) == word


def test_an_hour_is_compared_with_nothing_before_it_is_known_what_is_usual(run: Run) -> None:
    hours = [hour("2026-11-27T08:00:00.000Z", 0.3)]
    body = """
      const whole = { hours: argument, to: "2026-11-27T09:30:00.000Z", from: "2026-11-27T00:00:00.000Z" };
      const unknown = { ...whole, usual: { mean: null } };
      return [pulse.line(whole, 48)[0].word, pulse.line(unknown, 48)[0].word];
    """
    assert run("models/pulse.js", body, hours) == ["usual", "new"]


@pytest.mark.parametrize(
    ("hours", "count", "mean", "word"),
    [
        ([], 0, None, None),
        ([(9, None, 2, 0)], 2, None, None),
        ([(8, 0.5, 30, 20), (9, 0.2, 10, 4), (10, None, 3, 1)], 43, 0.425, "bright"),
        ([(8, 0.1, 10, 2)], 10, 0.1, "even"),
    ],
    ids=["nothing yet", "too few", "weighted by their messages", "within its error"],
)
def test_today_is_summed_up_from_its_hours_of_three_people(
    run: Run, hours: list[Any], count: int, mean: float | None, word: str | None
) -> None:
    body = """
      const at = (clock, day = 27) => new Date(2026, 10, day, clock).toISOString();
      const hour = ([clock, mean, count, positive]) =>
        ({ at: at(clock), mean, count, positive, negative: 0 });
      const yesterday = { ...hour([9, -1, 50, 0]), at: at(9, 26) };
      const found = pulse.today({ to: at(11), hours: [yesterday, ...argument.map(hour)] });
      return [found.count, found.mean, found.word];
    """
    found = run("models/pulse.js", body, hours)
    assert found == [count, mean if mean is None else pytest.approx(mean), word]


def test_moments_are_known_from_the_log_or_asked_for_and_the_deleted_ones_are_left_out(run: Run) -> None:
    body = """
      const asked = [];
      const log = { 3: { seq: 3, text: "here" }, 4: { seq: 4, deleted: true } };
      const past = { 1: { seq: 1, text: "long ago" }, 2: { seq: 2, deleted: true } };
      const ask = async (before) => {
        asked.push(before);
        if (before === 7) throw new Error("unavailable");
        return { messages: before - 1 in past ? [past[before - 1]] : [] };
      };
      const all = [1, 2, 3, 4, 5, 6, 8, 9].map((seq) => ({ seq, score: 1 }));
      const found = await moments.momentsOf(all, { known: (seq) => log[seq], ask });
      return [found.map(({ seq, message }) => [seq, message?.text ?? null]), asked];
    """
    found, asked = run("models/moments.js", body)
    assert found == [[1, "long ago"], [3, "here"], [5, None], [6, None]]
    assert asked == [2, 3, 6, 7], "six at most, and none that the log has"


def test_a_line_breaks_where_nobody_or_too_few_wrote(run: Run) -> None:
    hours = [
        hour("2026-11-27T08:00:00.000Z", 0.1),
        hour("2026-11-27T09:00:00.000Z", 0.2),
        hour("2026-11-27T10:00:00.000Z", None, people=1),
        hour("2026-11-27T11:00:00.000Z", 0.3),
        hour("2026-11-27T13:00:00.000Z", 0.4),
    ]
    body = """
      const points = pulse.line({ hours: argument, to: "2026-11-27T14:00:00.000Z" }, 12);
      return pulse.unbroken(points).map((part) => part.map(({ x, mean }) => [x, mean]));
    """
    assert run("models/pulse.js", body, hours) == [
        [[0.5, 0.1], [pytest.approx(7 / 12), 0.2]],
        [[0.75, 0.3]],
        [[pytest.approx(11 / 12), 0.4]],
    ]


def test_hours_before_the_line_are_left_out(run: Run) -> None:
    hours = [hour("2026-11-20T08:00:00.000Z", 0.1), hour("2026-11-27T13:00:00.000Z", 0.4)]
    body = """
      const whole = { hours: argument, to: "2026-11-27T14:00:00.000Z" };
      return pulse.line(whole, 48).map(({ mean }) => mean);
    """
    assert run("models/pulse.js", body, hours) == [0.4]


def test_a_calendar_has_every_day_with_its_hours_by_the_readers_clock(run: Run) -> None:
    body = """
      const at = new Date(2026, 10, 27, 9);
      const days = pulse.calendar({
        from: new Date(2026, 10, 25, 12).toISOString(),
        to: new Date(2026, 10, 27, 12).toISOString(),
        hours: [{ at: at.toISOString(), count: 3, people: 1, mean: null }],
      });
      const written = ({ hours }) => hours.findIndex((cell) => cell !== null);
      return days.map((day) => [day.day.getDate(), written(day), day.hours.length]);
    """
    assert run("models/pulse.js", body) == [[27, 9, 24], [26, -1, 24]]


def test_the_hours_go_out_as_a_table_for_other_programs(run: Run) -> None:
    hours = [hour("2026-11-27T08:00:00.000Z", None, count=2, people=1, positive=1)]
    assert run("models/pulse.js", "return pulse.csv({ hours: argument })", hours) == (
        "at,count,people,mean,direction,negative,neutral,positive\r\n2026-11-27T08:00:00.000Z,2,1,,,0,1,1\r\n"
    )


def test_lately_counts_people_and_keeps_the_last_strong_messages(run: Run) -> None:
    def said(minute: int, who: str, score: float, **fields: Any) -> dict[str, Any]:
        label = "neutral" if abs(score) < 0.3 else "positive" if score > 0 else "negative"
        sentiment = {"label": label, "score": score}
        at = f"2026-11-27T10:{minute:02d}:00.000Z"
        return {"sentAt": at, "user": {"id": who}, "sentiment": sentiment, "seq": minute} | fields

    messages = [
        said(1, "old", 0.9),
        said(25, "ada", 0.9),
        said(26, "bob", 0.1),
        said(27, "ada", -0.8),
        said(28, "cy", 0.9, deleted=True),
        said(29, "di", 0.9, sentiment=None),
    ]
    body = """
      const { people, messages, moments } = pulse.lately(argument, Date.parse("2026-11-27T10:30:00.000Z"));
      return [people, messages, moments.map(({ seq }) => seq)];
    """
    assert run("models/pulse.js", body, messages) == [3, 4, [27, 25]]


def with_pulse(server: FakeServer) -> None:
    server.fill(5)
    server.pulse = {
        "from": "2026-11-20T10:30:00.000Z",
        "to": "2026-11-27T10:30:00.000Z",
        "hours": [
            hour("2026-11-27T08:00:00.000Z", 0.12, positive=3),
            hour("2026-11-27T09:00:00.000Z", -0.8, direction="cooler", negative=18),
        ],
        "terms": [{"term": "<b>outage</b>", "weight": -2.5, "count": 4}],
        "moments": [{"seq": 3, "score": -0.93}],
        "usual": USUAL,
    }


def opened(page: Page) -> Any:
    page.get_by_role("button", name="Pulse of this room").click()
    return page.get_by_role("dialog", name="Pulse of general")


def test_the_pulse_says_what_it_knows_and_shows_it_as_a_table_too(
    join_as: JoinAs, server: FakeServer
) -> None:
    with_pulse(server)
    dialog = opened(join_as("Ada"))
    words = "The latest hour of three people or more was cooler than usual: −0.80, give or take 0.13."
    expect(dialog.get_by_text(words)).to_be_visible()
    expect(dialog.get_by_role("img", name=words)).to_be_visible()
    expect(dialog.get_by_role("img", name="0 warmer and 1 cooler than usual")).to_be_visible()
    expect(dialog.get_by_text("<b>outage</b> −2.50 in 4 messages")).to_be_visible()
    expect(dialog.get_by_text("Today: 40 messages; the room feels uneasy (−0.34, ")).to_be_visible()
    dialog.evaluate("dialog => dialog.scrollTo(0, dialog.scrollHeight)")
    expect(dialog.get_by_role("button", name="Close")).to_be_in_viewport()
    dialog.get_by_text("As a table").click()
    rows = dialog.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("cooler than usual")


def test_a_moment_leads_to_its_message(join_as: JoinAs, server: FakeServer) -> None:
    with_pulse(server)
    page = join_as("Ada")
    opened(page).get_by_role("button", name="message number 3").click()
    expect(page.locator("article", has_text="message number 3")).to_be_focused()


def test_the_pulse_is_saved_as_a_file(join_as: JoinAs, server: FakeServer) -> None:
    with_pulse(server)
    page = join_as("Ada")
    dialog = opened(page)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save as CSV").click()
    assert download.value.suggested_filename == "pulse-general.csv"
    assert Path(download.value.path()).read_text().count("\n") == 3


def test_what_goes_wrong_is_said_in_the_place_of_the_pulse(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada", allow=("404",))
    dialog = opened(page)
    expect(dialog.get_by_role("alert")).to_have_text("Direct rooms have no pulse.")
    dialog.get_by_role("button", name="Close").click()
    server.describe("general", access="direct", people=[{"id": "u-ada", "name": "Ada"}])
    expect(page.get_by_role("button", name="Pulse of this room"), "so it is not offered there").to_be_hidden()
    page.get_by_role("button", name="About ").click()
    expect(page.get_by_role("button", name="Pulse of the room")).to_be_hidden()


def test_the_live_view_shows_what_is_said_as_it_is_said(join_as: JoinAs, server: FakeServer) -> None:
    with_pulse(server)
    page = join_as("Ada")
    opened(page).get_by_role("button", name="Live view").click()
    live = page.get_by_role("dialog", name="general")
    mood = {"label": "positive", "score": 0.9, "confidence": 0.95, "model": "m", "because": []}
    server.say("Grace", "what a **day**", sentiment=mood)
    expect(live.get_by_role("listitem")).to_have_text(["what a day"])
    expect(live.get_by_text("wrote")).to_contain_text("in ten minutes")
    page.keyboard.press("Escape")
    expect(live).to_be_hidden()


def test_who_says_no_sends_what_they_write_without_its_mood_until_they_leave(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=("404",))
    page.get_by_role("button", name="Ada").click()
    page.get_by_label("Read the mood of what I write").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    write(page, "not to be read")
    server.wait_for(lambda: server.frames("send"), "a message")
    assert server.frames("send")[0]["mood"] is False
    page.get_by_role("button", name="Ada").click()
    page.get_by_label("Read the mood of what I write").check()
    page.keyboard.press("Escape")
    write(page, "to be read")
    server.wait_for(lambda: len(server.frames("send")) == 2, "another message")
    assert "mood" not in server.frames("send")[1]


def test_a_turn_of_the_mood_is_told(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    turn = {"mean": -0.6, "usual": 0.1, "since": "2026-11-27T09:00:00.000Z", "direction": "cooler"}
    server.tell("general", {"event": "mood", "room": "general"} | turn)
    told = page.get_by_text("general has become cooler than usual.")
    expect(told).to_be_visible()
    expect(told, "it is no error").to_have_attribute("data-good", "")


def test_a_direct_room_offers_no_pulse(join_as: JoinAs, server: FakeServer) -> None:
    page = join_as("Ada")
    grace = [{"id": "u-ada", "name": "Ada"}, {"id": "u-grace", "name": "Grace"}]
    opener = page.get_by_role("button", name="Pulse of this room")
    expect(opener).to_be_visible()
    server.describe("general", access="direct", title="", people=grace)
    expect(page.get_by_role("heading", level=1, name="Grace")).to_be_visible()
    expect(opener).to_be_hidden()
    page.get_by_role("button", name="About Grace").click()
    expect(page.get_by_role("button", name="Search in the room")).to_be_visible()
    expect(page.get_by_role("button", name="Pulse of the room")).to_be_hidden()
