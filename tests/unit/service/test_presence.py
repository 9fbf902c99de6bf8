"""Presence and typing: who hears of whom, how often, and what of those who left without a word."""

import json
from typing import Any

import pytest

from chalicelib.domain.events import PresenceChanged
from chalicelib.domain.messages import User
from chalicelib.domain.presence import (
    ANNOUNCEMENTS_AT_ONCE,
    FEW_PEOPLE,
    MAX_KEPT_MOVES,
    MAX_NAMED_PEOPLE,
    MAX_PAUSE_MS,
)
from chalicelib.protocol.events import frames
from testkit.world import Client, World


def heard(client: Client, event: str) -> list[dict[str, Any]]:
    return [e for e in client.events if e["event"] == event]


def names(users: list[dict[str, str]]) -> list[str]:
    return sorted(user["name"] for user in users)


def test_the_others_hear_who_joined_and_the_joiner_only_gets_the_answer() -> None:
    world = World()
    ada = world.client("Ada", "general")
    bob = world.client("Bob", "general")
    world.run_delivery()
    (event,) = heard(ada, "presence")
    assert (event["room"], event["online"], names(event["joined"])) == ("general", 2, ["Bob"])
    assert "left" not in event
    assert heard(bob, "presence") == []


def test_the_others_hear_who_leaves_and_who_disconnects() -> None:
    world = World()
    ada, bob, cleo = (world.client(name, "general") for name in ("Ada", "Bob", "Cleo"))
    bob.send(action="leave", room="general")
    world.run_delivery()
    cleo.disconnect()
    world.run_delivery()
    *_, first, second = heard(ada, "presence")
    assert (first["online"], names(first["left"])) == (2, ["Bob"])
    assert (second["online"], names(second["left"])) == (1, ["Cleo"])


def test_a_second_window_of_somebody_is_no_news() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    told = len(heard(ada, "presence"))
    window = world.connect(bob.token, "general")
    assert len(heard(ada, "presence")) == told
    window.disconnect()
    world.run_delivery()
    assert all("left" not in event for event in heard(ada, "presence")[told:])
    assert all(event["online"] == 2 for event in heard(ada, "presence"))


def test_a_room_that_moves_to_another_connection_of_somebody_is_no_news() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.run_delivery()
    told = len(heard(ada, "presence"))
    for before, after in ((bob, world.connect(bob.token)), (world.connect(bob.token, "general"), bob)):
        after.send(action="join", room="general")
        before.send(action="leave", room="general")
        world.run_delivery()
    assert heard(ada, "presence")[told:] == []


def test_who_comes_and_goes_during_an_announcement_is_in_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    ada = world.client("Ada", "general")
    honest = world.gateway.post
    late: list[Client] = []

    def post(ids: Any, frames: Any, **named: Any) -> Any:
        if b'"presence"' in frames[0] and not late:
            late.extend(world.client(name, "general") for name in ("Cleo", "Dan", "Eve"))
        return honest(ids, frames, **named)

    monkeypatch.setattr(world.gateway, "post", post)
    world.clock.sleep(1)
    world.client("Bob", "general")
    world.run_delivery()
    first, second = heard(ada, "presence")
    assert names(first["joined"]) == ["Bob"]
    assert (second["online"], names(second["joined"])) == (5, ["Cleo", "Dan", "Eve"])


def test_a_crowd_that_joins_at_once_occupies_the_delivery_function_once() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for name in ("Bob", "Cleo", "Dan", "Eve"):
        world.client(name, "general")
    assert world.invoker.announced == ["general"]
    world.run_delivery()
    (event,) = heard(ada, "presence")
    assert (names(event["joined"]), event["online"]) == (["Bob", "Cleo", "Dan", "Eve"], 5)


def test_nobody_who_sends_a_frame_waits_for_an_announcement() -> None:
    world = World()
    world.clock.sleep = lambda seconds: pytest.fail(f"a function slept {seconds} s")  # type: ignore[method-assign]
    people = [world.client(f"user {n}", "general", "random") for n in range(20)]
    for person in people:
        person.send(action="leave", room="random")
        person.send(action="join", room="random")
        person.send(action="ping", room="general")
    people[0].disconnect()


def test_the_delivery_function_announces_again_while_people_come_and_leaves_no_turn_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.client("Bob", "general")
    honest = world.gateway.post
    late: list[Client] = []

    def post(ids: Any, frames: Any, **named: Any) -> Any:
        if b'"presence"' in frames[0] and not late:
            late.extend(world.client(name, "general") for name in ("Cleo", "Dan"))
        return honest(ids, frames, **named)

    monkeypatch.setattr(world.gateway, "post", post)
    world.run_delivery()
    assert [names(event["joined"]) for event in heard(ada, "presence")] == [["Bob"], ["Cleo", "Dan"]]
    world.clock.sleep(1)
    world.client("Eve", "general")
    assert names(heard(ada, "presence")[-1]["joined"]) == ["Eve"]


def test_news_is_told_by_the_next_ping_if_the_delivery_function_never_ran() -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.client("Bob", "general")
    world.invoker.announced.clear()
    world.clock.sleep(30)
    ada.send(action="ping", room="general")
    assert [names(event["joined"]) for event in heard(ada, "presence")] == [["Bob"]]


def test_a_connection_lost_without_disconnect_is_found_by_the_next_post() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.run_delivery()
    world.gateway.vanish(bob.id)
    ada.say("general", "anybody?", "00000000-0000-4000-8000-000000000001")
    world.clock.sleep(2)
    ada.send(action="ping", room="general")
    event = heard(ada, "presence")[-1]
    assert (event["online"], names(event["left"])) == (1, ["Bob"])


def test_a_connection_lost_without_disconnect_is_found_in_a_silent_room_too() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.run_delivery()
    world.gateway.vanish(bob.id)
    before = len(world.gateway.frames[ada.id])
    for _ in range(11):
        world.clock.sleep(60)
        ada.send(action="ping", rooms={"general": 0})
        world.run_delivery()
    assert heard(ada, "presence")[-1]["online"] == 1
    assert len(world.gateway.frames[ada.id]) == before + 11 + 1, (
        "who pings is not posted to, but for the news"
    )


def test_above_a_hundred_people_only_a_count_is_announced_less_often() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for n in range(MAX_NAMED_PEOPLE + 20):
        world.client(f"user {n}", "general")
    world.clock.sleep(60)
    ada.send(action="ping", room="general")
    event = heard(ada, "presence")[-1]
    assert event == {"event": "presence", "room": "general", "online": MAX_NAMED_PEOPLE + 21}
    told = len(heard(ada, "presence"))
    for n in range(20):
        world.client(f"late {n}", "general")
    assert len(heard(ada, "presence")) == told
    world.clock.sleep(20)
    ada.send(action="ping", room="general")
    assert heard(ada, "presence")[-1]["online"] == MAX_NAMED_PEOPLE + 41


def test_the_others_see_who_types_and_who_stops() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    ada.send(action="typing", room="general", active=True)
    world.clock.sleep(1)
    ada.send(action="typing", room="general", active=False)
    assert [(e["user"]["name"], e["active"]) for e in heard(bob, "typing")] == [("Ada", True), ("Ada", False)]
    assert heard(ada, "typing") == []


def test_typing_is_not_repeated_at_once() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    for _ in range(5):
        ada.send(action="typing", room="general", active=True)
    assert len(heard(bob, "typing")) == 1
    world.clock.sleep(2.1)
    ada.send(action="typing", room="general", active=True)
    assert len(heard(bob, "typing")) == 2


def test_typing_is_not_told_in_a_big_room_nor_to_strangers() -> None:
    world = World()
    ada, eve = world.client("Ada", "general"), world.client("Eve")
    crowd = [world.client(f"user {n}", "general") for n in range(MAX_NAMED_PEOPLE)]
    ada.send(action="typing", room="general", active=True)
    assert heard(crowd[0], "typing") == []
    (error,) = eve.send(action="typing", room="general", active=True)
    assert error["code"] == "not_joined"


def test_a_crowd_is_only_counted_if_its_names_do_not_fit_a_frame() -> None:
    crowd = tuple(User(f"{n:016x}", "\U0001f600" * 32) for n in range(2 * MAX_NAMED_PEOPLE))
    (frame,) = frames(PresenceChanged("general", 1, (), crowd))
    assert json.loads(frame) == {"event": "presence", "room": "general", "online": 1}


def test_a_crowd_that_comes_at_once_is_counted_and_not_named() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for n in range(MAX_KEPT_MOVES + 1):
        world.client(f"user {n}", "general")
    world.run_delivery()
    assert heard(ada, "presence") == [{"event": "presence", "room": "general", "online": MAX_KEPT_MOVES + 2}]


def test_whoever_is_back_in_a_moment_has_never_left_for_the_others() -> None:
    world = World()
    people = [world.client(f"user {n}", "general") for n in range(FEW_PEOPLE + 2)]
    world.run_delivery()
    world.clock.sleep(60)
    people[0].send(action="ping", room="general")
    told = [len(heard(person, "presence")) for person in people[1:]]
    people[0].disconnect()
    world.run_delivery()
    world.clock.sleep(2)
    people[1].send(action="ping", room="general")
    back = world.connect(people[0].token, "general")
    world.run_delivery()
    for _ in range(5):
        world.clock.sleep(60)
        people[1].send(action="ping", room="general")
        back.send(action="ping", room="general")
    assert [len(heard(person, "presence")) for person in people[1:]] == told


def test_whoever_does_not_come_back_to_a_larger_room_is_told_of_by_the_next_ping() -> None:
    world = World()
    people = [world.client(f"user {n}", "general") for n in range(FEW_PEOPLE + 2)]
    world.run_delivery()
    world.clock.sleep(60)
    people[1].send(action="ping", room="general")
    people[0].disconnect()
    world.run_delivery()
    world.clock.sleep(6)
    people[1].send(action="ping", room="general")
    event = heard(people[2], "presence")[-1]
    assert (event["online"], names(event["left"])) == (FEW_PEOPLE + 1, ["user 0"])


def test_a_larger_room_in_which_people_come_and_go_all_day_is_told_so_at_a_pace() -> None:
    world = World()
    people = [world.client(f"user {n}", "general") for n in range(20)]
    goers = [world.client(f"goer {n}", "general") for n in range(50)]
    world.run_delivery()
    told = len(heard(people[0], "presence"))
    for n in range(100):
        world.clock.sleep(15)
        people[1].send(action="ping", room="general")
        world.client(f"late {n}", "general") if n % 2 else goers.pop().send(action="leave", room="general")
    minutes = 100 * 15 / 60
    most = ANNOUNCEMENTS_AT_ONCE + minutes * 60_000 / MAX_PAUSE_MS + 1
    assert 10 <= len(heard(people[0], "presence")) - told <= most
