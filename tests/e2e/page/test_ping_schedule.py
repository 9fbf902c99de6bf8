"""When a page asks whether something was lost: the deciding class, without page and clock."""

from typing import Any

import pytest

from .conftest import Run

# Lives through a time in steps of a second; returns when it asked. `push` says at which second what arrives.
LIVE = """
  const schedule = new ping_schedule.PingSchedule();
  const { rooms, seconds, looking, push = {} } = argument;
  for (const room of rooms) schedule.heard(room, 0);
  const asked = [];
  for (let now = 0; now <= seconds * 1000; now += 1000) {
    for (const room of push[now / 1000] ?? []) schedule.heard(room, now);
    const looks = looking === true || (looking !== false && now < looking * 1000);
    if (schedule.wait(rooms, now, looks) > 0) continue;
    asked.push(now / 1000);
    schedule.asked(rooms, now, looks);
  }
  return asked;
"""


def asked(run: Run, **life: Any) -> list[int]:
    found: list[int] = run("models/ping_schedule.js", LIVE, life)
    return found


def test_a_page_that_is_looked_at_asks_every_minute_about_all_rooms_at_once(run: Run) -> None:
    assert asked(run, rooms=["a", "b"], seconds=300, looking=True) == [57, 114, 171, 228, 285]


def test_a_page_that_nobody_looks_at_asks_less_and_less_often(run: Run) -> None:
    assert asked(run, rooms=["a"], seconds=1000, looking=False) == [57, 171, 399, 639, 879]
    assert asked(run, rooms=["a"], seconds=600, looking=130) == [57, 114, 171, 285, 513]


def test_who_looks_again_is_asked_for_every_minute_again(run: Run) -> None:
    body = """
      const schedule = new ping_schedule.PingSchedule();
      for (const at of [0, 60, 180]) schedule.asked(["a"], at * 1000, false);
      return [schedule.wait(["a"], 180_000, false), schedule.wait(["a"], 180_000, true)];
    """
    assert run("models/ping_schedule.js", body) == [240_000, 57_000]


def test_a_frame_of_every_room_makes_a_ping_needless(run: Run) -> None:
    push = {second: ["a", "b"] for second in range(30, 300, 30)}
    assert asked(run, rooms=["a", "b"], seconds=300, looking=True, push=push) == []


def test_one_room_without_a_frame_is_reason_enough_to_ask(run: Run) -> None:
    push = {second: ["a"] for second in range(30, 150, 30)}
    assert asked(run, rooms=["a", "b"], seconds=150, looking=True, push=push) == [57, 114]


def test_a_page_that_hears_all_the_time_says_something_before_the_gateway_closes_its_connection(
    run: Run,
) -> None:
    push = {second: ["a"] for second in range(0, 1500, 20)}
    assert asked(run, rooms=["a"], seconds=1500, looking=True, push=push) == [480, 960, 1440]
    assert asked(run, rooms=[], seconds=1000, looking=True) == [480, 960]


@pytest.mark.parametrize(
    ("heard_ms", "now_ms", "stale"), [(0, 5_000, False), (0, 10_000, True), (None, 1, True)]
)
def test_a_glance_at_the_page_asks_unless_a_frame_has_just_come(
    run: Run, heard_ms: int | None, now_ms: int, stale: bool
) -> None:
    body = """
      const schedule = new ping_schedule.PingSchedule();
      const [heard, now] = argument;
      if (heard !== null) schedule.heard("a", heard);
      return schedule.isStale(["a"], now);
    """
    assert run("models/ping_schedule.js", body, [heard_ms, now_ms]) is stale
