"""One's own messages keep the order of writing, whatever fails and whatever the clock says."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs, Run
from .fake_server import FakeServer
from .page_time import follow_frames, own_time, pass_time, pass_time_connected, pass_time_until
from .test_sending import NO_SOCKET, message, write

UNAVAILABLE = {"code": "unavailable", "message": "Try again."}
OUTBOX = """
const { Store } = await import('/scripts/lib/store.js');
localStorage.clear();
let time = 1_000_000;
const opened = () => new outbox.Outbox(new Store(), () => time);
const add = (one, text) => one.add('general', text);
const texts = (one) => one.items('general').map(({ text }) => text);
const states = (one) => one.items().map(({ state }) => state);
const hour = 3_600_000;
"""

# A sender with a service whose `failure` the test sets: it refuses, is silent, or breaks what carries frames.
SENDER = """async (failure) => {
  const { Sender } = await import('/scripts/models/sender.js');
  const { Outbox } = await import('/scripts/models/outbox.js');
  const { Store } = await import('/scripts/lib/store.js');
  localStorage.clear();
  Object.assign(window, { failure, sent: [], stored: [], outbox: new Outbox(new Store()) });
  const answer = (frame) => {
    if (window.failure === null) {
      stored.push(frame.text);
      sender.confirm('general', [{ id: frame.id, user: { id: 'me' } }], 'me');
    } else if (window.failure === 'gateway') sender.gatewayFailed();
    else if (window.failure === 'lost') {
      sender.connectionLost(['general']);
      setTimeout(() => sender.pump('general'), 30_000);
    } else if (window.failure !== 'silence') sender.refused({ id: frame.id, ...failure });
  };
  const send = (frame) => {
    sent.push(frame.text);
    setTimeout(() => answer(frame), 50);
  };
  const sender = new Sender({ outbox, channelOf: () => ({ state: 'live' }), send });
  for (const text of ['first', 'second', 'third']) outbox.add('general', text);
  sender.pump('general');
}"""


def stored(server: FakeServer) -> list[str]:
    return [entry["text"] for entry in server.room("general").messages.values()]


def shown(page: Page) -> list[str]:
    return page.locator(".message-text").all_inner_texts()


def test_an_outage_is_never_final_and_holds_the_next_message_back(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    server.answers["send"] = [UNAVAILABLE] * 4
    write(page, "first")
    write(page, "second")
    pass_time_until(page, lambda: len(stored(server)) == 2, "both messages stored", step_ms=2_000)
    expect(page.locator('[data-state="stored"]')).to_have_count(2)
    assert stored(server) == shown(page) == ["first", "second"]


@pytest.mark.parametrize(
    "failure",
    [
        {"code": "unavailable", "retryAfter": 1},
        {"code": "rate_limited", "retryAfter": 2},
        {"code": "unauthorized"},
        "silence",
        "gateway",
        "lost",
    ],
    ids=str,
)
def test_whatever_may_pass_is_tried_again_in_the_order_of_writing_for_as_long_as_it_lasts(
    empty_page: Page, failure: object
) -> None:
    own_time(empty_page)
    empty_page.evaluate(SENDER, failure)
    empty_page.clock.run_for(600_000)
    sent, states = empty_page.evaluate("[sent, outbox.items().map(({ state }) => state)]")
    assert set(sent) == {"first"}
    assert len(sent) > 15
    assert states == ["pending", "pending", "pending"]
    empty_page.evaluate("window.failure = null")
    empty_page.clock.run_for(60_000)
    assert empty_page.evaluate("stored") == ["first", "second", "third"]


def test_nothing_is_sent_before_the_service_allows_it_not_even_over_a_new_connection(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", allow=NO_SOCKET, still=True)
    server.answers["send"] = [UNAVAILABLE | {"retryAfter": 60}]
    write(page, "first")
    server.wait_for(lambda: server.frames("send"), "a try")
    follow_frames(page).wait_until_received("error")
    pass_time(page, 20_000)
    server.drop()
    page.get_by_role("button", name="Try now").click()
    server.wait_for(lambda: len(server.frames("join")) == 2, "a second join")
    write(page, "second")
    pass_time_connected(page, 30_000)
    assert len(server.frames("send")) == 1
    pass_time_connected(page, 30_000)
    expect(page.locator('[data-state="stored"]')).to_have_count(2)
    assert stored(server) == ["first", "second"]


@pytest.mark.parametrize("code", ["invalid", "too_large", "not_found", "conflict"])
def test_a_refusal_for_good_lets_the_next_message_go_and_a_retry_puts_it_last(
    join_as: JoinAs, server: FakeServer, code: str
) -> None:
    page = join_as("Ada")
    server.answers["send"] = [{"code": code, "message": "No."}]
    for text in ("first", "second"):
        write(page, text)
    expect(message(page, "first")).to_have_attribute("data-state", "failed")
    expect(message(page, "second")).to_have_attribute("data-state", "stored")
    server.answers["send"] = ["hold"]
    write(page, "third")
    message(page, "first").get_by_role("button", name="Retry").click()
    assert shown(page) == ["second", "third", "first"]
    server.release()
    expect(page.locator('[data-state="stored"]')).to_have_count(3)
    assert stored(server) == shown(page) == ["second", "third", "first"]


def test_what_is_written_for_a_room_that_refuses_its_reader_says_so_and_goes_out_once_it_does_not(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada")
    refusal = {"code": "forbidden", "message": "This room is closed today."}
    server.answers["join"] = [refusal, refusal]
    page.goto(f"{server.url}#/r/tea-room")
    expect(page.locator("#composer-notice")).to_have_text("This room is closed today.")
    write(page, "first")
    expect(message(page, "first").get_by_role("alert")).to_contain_text("This room is closed today.")
    message(page, "first").get_by_role("button", name="Retry").click()
    expect(message(page, "first")).to_have_attribute("data-state", "stored")


def test_a_message_that_waits_can_be_deleted_and_then_holds_nothing_back(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = join_as("Ada", still=True)
    server.answers["send"] = [{"code": "rate_limited", "message": "No.", "retryAfter": 5}]
    write(page, "first")
    write(page, "second")
    message(page, "first").get_by_role("button", name="Delete draft").click()
    pass_time(page, 5_000)
    expect(message(page, "second")).to_have_attribute("data-state", "stored")
    assert stored(server) == ["second"]


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("const a = opened(); a.add('general', 'one'); time -= 300_000; a.add('general', 'two');", "one two"),
        (
            "const a = opened(); for (const text of ['one', 'two', 'three']) a.add('general', text);",
            "one two three",
        ),
        (
            "const a = opened(); const b = opened(); b.add('general', 'one'); a.add('general', 'two');",
            "one two",
        ),
        ("opened().add('general', 'one'); time -= 9 * hour; opened().add('general', 'two');", "one two"),
        ("opened().add('general', 'one'); time += 48 * hour; opened().add('general', 'two');", "one two"),
    ],
    ids=["clock back", "one millisecond", "two tabs", "clock back and a reload", "days later"],
)
def test_the_order_of_writing_is_no_matter_of_the_clock_and_outlives_a_reload(
    run: Run, written: str, order: str
) -> None:
    body = (
        f"{OUTBOX} {written} const again = opened(); return [texts(again), again.items().map(i => i.state)];"
    )
    texts, states = run("models/outbox.js", body)
    assert texts == order.split()
    assert set(states) == {"pending"}


@pytest.mark.parametrize(
    ("sent", "state"),
    [("", "pending"), ("one.sending(id);", "failed"), ("one.sending(id); one.notStored(id);", "pending")],
    ids=["never sent", "never answered", "refused"],
)
def test_only_what_may_be_there_already_is_asked_about_after_a_day(run: Run, sent: str, state: str) -> None:
    body = (
        f"{OUTBOX} const one = opened(); const {{ id }} = one.add('general', 'one'); {sent} "
        "time += 24 * hour; return opened().items()[0];"
    )
    item: dict[str, Any] = run("models/outbox.js", body)
    assert item["state"] == state
    assert (item["problem"] is None) == (state == "pending")
