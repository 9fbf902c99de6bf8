"""More rooms than one connection joins: which one carries which room, and what comes over several of them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from testkit.page_attention import look, look_away

from .conftest import JoinAs, Run
from .fake_server import FakeServer
from .page_time import pass_time_connected, pass_time_until

MINUTE_MS = 60_000
ROOMS = [f"room-{number:02}" for number in range(30)]

PLAN = """
  const plan = new connection_plan.ConnectionPlan();
  const rooms = (count) => Array.from({ length: count }, (_, number) => `room-${number}`);
  const sizes = () => [0, 1, 2, 3, 4].map((number) => plan.on(number).length);
  const settle = () => {
    const moves = [];
    for (let move = plan.next(); move; move = plan.next()) {
      plan.move(move); plan.gone(move.room); moves.push([move.room, move.from, move.to]);
    }
    return moves;
  };
"""


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, [0, 0, 0, 0, 0]),
        (19, [19, 0, 0, 0, 0]),
        (20, [19, 1, 0, 0, 0]),
        (40, [19, 20, 1, 0, 0]),
        (99, [19, 20, 20, 20, 20]),
    ],
)
def test_connections_are_filled_one_after_the_other(run: Run, count: int, sizes: list[int]) -> None:
    body = f"{PLAN} plan.follow(rooms(argument)); return [sizes(), settle()];"
    assert run("models/connection_plan.js", body, count) == [sizes, []]


def test_the_open_room_moves_to_the_first_connection_and_another_one_makes_way(run: Run) -> None:
    body = (
        f"{PLAN} const known = rooms(30); plan.follow(known); "
        "plan.follow(['room-25', ...known.filter((room) => room !== 'room-25')]); "
        "return [settle(), plan.on(0)[0], sizes()];"
    )
    moved = [["room-25", 1, 0], ["room-18", 0, 1]]
    assert run("models/connection_plan.js", body) == [moved, "room-25", [19, 11, 0, 0, 0]]


def test_a_new_room_is_opened_on_the_first_connection_at_once(run: Run) -> None:
    body = f"{PLAN} plan.follow(rooms(30)); plan.follow(['new', ...rooms(30)]); return plan.of('new');"
    assert run("models/connection_plan.js", body) == 0


def test_a_connection_that_is_needed_no_more_is_emptied(run: Run) -> None:
    body = (
        f"{PLAN} plan.follow(rooms(41)); plan.follow(rooms(41).slice(0, 38)); "
        "const moved = settle(); plan.follow(rooms(12)); settle(); "
        "return [moved.length, sizes(), [1, 2].map((number) => plan.needs(number))];"
    )
    assert run("models/connection_plan.js", body) == [0, [12, 0, 0, 0, 0], [False, False]]


def test_no_connection_ever_joins_more_than_it_may_and_no_more_are_held_than_needed(run: Run) -> None:
    # A room that moves is on two connections until it is gone from one; each step is a room opened or left.
    body = f"""{PLAN}
      let seed = argument;
      const random = (below) => (seed = seed * 48271 % 2147483647) % below;
      let known = rooms(30); const problems = [];
      for (let step = 0; step < 300; step += 1) {{
        const open = random(3) === 0 ? `new-${{step}}` : known[random(known.length)];
        known = [open, ...known.filter((room) => room !== open)].slice(0, 99);
        if (random(4) === 0) known = known.filter((_, number) => number === 0 || random(5) > 0);
        plan.follow(known);
        for (let move = plan.next(); move; move = plan.next()) {{
          plan.move(move);
          const there = plan.on(move.from).length + 1;
          if (there > 20 || plan.on(move.to).length > 20) problems.push(['too many', step, move]);
          plan.gone(move.room);
        }}
        const used = sizes().filter((size) => size > 0).length;
        if (plan.of(open) !== 0) problems.push(['not on the first', step, plan.of(open)]);
        if (known.some((room) => plan.of(room) === undefined)) problems.push(['not carried', step]);
        if (used > Math.ceil((known.length + 1) / 20)) problems.push(['too many connections', step, sizes()]);
      }}
      return problems;
    """
    for seed in (1, 2, 3):
        assert run("models/connection_plan.js", body, seed) == []


def test_an_event_that_comes_over_several_connections_is_taken_once(run: Run) -> None:
    body = """
      const once = new events_once.EventsOnce();
      return argument.map(([event, from, at]) => once.isNew({ event, room: "tea" }, from, at));
    """
    came = [
        ("removed", 0, 0), ("removed", 1, 10), ("removed", 2, 20),
        ("removed", 0, 30), ("removed", 1, 40),  # it happened again
        ("removed", 1, 20_000),  # and once more, later
        ("messages", 0, 0), ("messages", 1, 0),  # a room's log tells them apart by itself
    ]  # fmt: skip
    taken = [True, False, False, True, False, True, True, True]
    assert run("models/events_once.js", body, came) == taken


# Connections that are online once they are started, and time that passes when `pass` says so.
LINES = """
  const { Emitter } = await import('/scripts/lib/emitter.js');
  let timers = [];
  globalThis.setTimeout = (work, ms) => { const timer = { work, ms }; timers.push(timer); return timer; };
  globalThis.clearTimeout = (timer) => { timers = timers.filter((one) => one !== timer); };
  const pass = (most) => { const due = timers.filter(({ ms }) => ms <= most);
    timers = timers.filter(({ ms }) => ms > most); for (const { work } of due) work(); };
  class Line extends Emitter {
    state = 'offline'; sent = [];
    start() { this.be('online'); }
    stop() { this.be('offline'); }
    be(state) { this.state = state; this.emit('state', state); }
    send(frame) { this.sent.push(frame); return true; }
    probe(frame) { this.send(frame); }
  }
  const lines = []; const make = () => { lines.push(new Line()); return lines.at(-1); };
  const attention = Object.assign(new Emitter(), { visible: true });
  const page = new connections.Connections({ make, attention, order: (rooms) => rooms });
  const heard = []; page.on('frame', ({ event, room }) => heard.push([event, room]));
  const joins = []; page.on('move', (room) => joins.push(room));
  const lost = []; page.on('lost', (rooms) => lost.push(...rooms));
  const rooms = Array.from({ length: 30 }, (_, number) => `room-${number}`);
  const begin = () => { page.follow(rooms); page.start(); pass(4_000); };
"""


def test_a_room_that_moves_is_left_where_it_was_once_it_is_joined_where_it_is(run: Run) -> None:
    body = f"""{LINES} begin();
      page.follow(['room-25', ...rooms.filter((room) => room !== 'room-25')]);
      const before = [[...joins], lines[1].sent.length];
      page.joined('room-25'); const after = [...lines[1].sent];
      page.send({{ action: 'send', room: 'room-25' }});
      return [lines.length, before, after, lines[0].sent];
    """
    left = [{"action": "leave", "room": "room-25"}]
    sent = [{"action": "send", "room": "room-25"}]
    assert run("models/connections.js", body) == [2, [["room-25"], 0], left, sent]


def test_nothing_is_held_once_nobody_is_here_whatever_was_moving(run: Run) -> None:
    body = f"""{LINES} begin();
      page.follow(['room-25', ...rooms.filter((room) => room !== 'room-25')]);
      page.joined('room-25'); page.follow(['room-26', ...rooms.filter((room) => room !== 'room-26')]);
      page.stop(); const stopped = lines.map(({{ state }}) => state);
      begin(); return [stopped, new Set(lost).size, lines.filter(({{ state }}) => state === 'online').length];
    """
    assert run("models/connections.js", body) == [["offline", "offline"], 30, 2]


def test_rooms_are_asked_about_over_the_connections_that_carry_them(run: Run) -> None:
    body = f"""{LINES} begin();
      page.probe({{ action: 'ping', rooms: {{ 'room-3': 7, 'room-29': 9 }} }});
      page.probe({{ action: 'ping', rooms: {{ 'room-3': 8 }} }});
      return lines.map(({{ sent }}) => sent);
    """
    first = [{"action": "ping", "rooms": {"room-3": 7}}, {"action": "ping", "rooms": {"room-3": 8}}]
    other: list[dict[str, Any]] = [{"action": "ping", "rooms": {"room-29": 9}}, {"action": "ping"}]
    assert run("models/connections.js", body) == [first, other]


def test_what_is_lost_with_a_connection_are_its_own_rooms(run: Run) -> None:
    body = f"""{LINES} begin(); const states = []; page.on('state', (state) => states.push(state));
      lines[1].be('offline'); const own = lost.splice(0);
      const carried = ['room-3', 'room-29'].map((room) => page.carries(room));
      lines[0].be('offline'); return [own.length, carried, lost.length, states];
    """
    assert run("models/connections.js", body) == [11, [True, False], 19, ["offline"]]


def test_a_page_that_is_hidden_for_long_holds_one_connection_until_somebody_looks(run: Run) -> None:
    body = f"""{LINES} begin(); const held = () => lines.filter(({{ state }}) => state === 'online').length;
      attention.visible = false; attention.emit('away'); pass(10 * 60_000); const soon = held();
      pass(30 * 60_000); const later = [held(), lost.length, page.carries('room-3'), page.carries('room-29')];
      attention.visible = true; attention.emit('look'); pass(4_000);
      return [soon, later, held(), page.carries('room-29')];
    """
    assert run("models/connections.js", body) == [2, [1, 11, True, False], 2, True]


def in_many_rooms(join_as: JoinAs, server: FakeServer) -> Page:
    for room in ROOMS:
        server.say("Grace", "before you came", room=room)
        server.abouts[room] = {"title": room, "access": "private", "role": "member"}
    page = join_as("Ada", still=True)
    pass_time_until(page, lambda: joined(server) == [12, 19], "all rooms are joined")
    return page


def joined(server: FakeServer) -> list[int]:
    return sorted(map(len, server.joined))


def test_thirty_rooms_are_followed_and_none_loses_or_repeats_a_message(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = in_many_rooms(join_as, server)
    first = next(rooms for rooms in server.joined if "general" in rooms)
    other = next(room for room in ROOMS if room not in first)
    server.say("Grace", "one", room=other)
    link = page.locator(f'#rooms a[href$="/{other}"]')
    expect(link).to_have_attribute("data-unread", "1")
    page.goto(f"{server.url}#/r/{other}")
    server.wait_for(lambda: sum(other in rooms for rooms in server.joined) == 1, "it is joined once")
    server.say("Grace", "two", room=other)
    page.get_by_role("textbox", name="Message").fill("three")
    page.keyboard.press("Enter")
    expect(page.locator("article[data-state=stored] .message-text")).to_have_text(
        ["before you came", "one", "two", "three"]
    )
    assert other in first, "the room that is open is on the first connection"
    assert first.isdisjoint(next(rooms for rooms in server.joined if rooms is not first))
    pass_time_until(page, lambda: joined(server) == [12, 19], "another room makes way")


def test_both_connections_come_back_and_only_one_is_held_while_nobody_looks(
    join_as: JoinAs, server: FakeServer
) -> None:
    page = in_many_rooms(join_as, server)
    server.drop()
    pass_time_until(page, lambda: joined(server) == [12, 19], "both are back")
    look_away(page)
    pass_time_connected(page, 32 * MINUTE_MS, step_ms=MINUTE_MS)
    assert joined(server) == [19]
    look(page)
    pass_time_until(page, lambda: joined(server) == [12, 19], "both are back")
