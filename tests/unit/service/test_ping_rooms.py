"""A ping of several rooms: what it answers, what it costs, and what it leaves to others."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from chalicelib.domain.allowance import Allowance
from chalicelib.domain.presence import SEEN_SECONDS, Presence
from chalicelib.service.ping_ports import Glance
from testkit import memory
from testkit.clock import FakeClock
from testkit.world import Client, World


def say(client: Client, room: str) -> None:
    client.say(room, "hello", str(uuid.uuid4()))


def test_a_ping_answers_how_far_each_room_was_delivered_and_null_for_one_to_join_again() -> None:
    world = World()
    ada = world.client("Ada", "general", "random", "quiet")
    for _ in range(2):
        say(ada, "general")
    say(ada, "random")
    rooms = {"general": 2, "random": 0, "quiet": 0, "elsewhere": 7}
    (pong,) = ada.send(action="ping", rooms=rooms, ref="r1")
    delivered = {"general": 2, "random": 1, "quiet": 0, "elsewhere": None}
    assert pong == {"event": "pong", "rooms": delivered, "ref": "r1"}


def test_a_ping_of_no_room_keeps_the_connection_alive() -> None:
    world = World()
    assert world.client("Ada").send(action="ping", rooms={}) == [{"event": "pong", "rooms": {}}]


def test_each_room_is_answered_as_the_connection_s_own_shard_sees_it() -> None:
    world = World(shard_size=1)
    say(world.client("Ada", "general"), "general")
    people = [world.client(f"user {n}", "general") for n in range(6)]
    world.run_delivery()
    say(people[0], "general")
    told = {p.send(action="ping", rooms={"general": 1})[0]["rooms"]["general"] for p in people}
    assert told == {1, 2}, "the delivery function has not served the further shards yet"
    world.run_delivery()
    assert {p.send(action="ping", rooms={"general": 1})[0]["rooms"]["general"] for p in people} == {2}


def test_a_ping_delivers_what_a_dead_broadcaster_left() -> None:
    world = World()
    ada = world.client("Ada", "general", "random")
    world.log.void("random", world.rooms.next_position("random").head)
    pong, messages = ada.send(action="ping", rooms={"general": 0, "random": 0})
    assert pong["rooms"] == {"general": 0, "random": 0}
    assert (messages["room"], [entry["at"] for entry in messages["messages"]]) == ("random", [1])


def test_the_news_of_each_room_is_told_by_a_ping_if_the_delivery_function_never_ran() -> None:
    world = World()
    ada = world.client("Ada", "general", "random")
    world.client("Bob", "general", "random")
    world.clock.sleep(60)
    told = [event["room"] for event in ada.send(action="ping", rooms={"general": 0, "random": 0})[1:]]
    assert told == ["general", "random"]


@pytest.mark.parametrize(
    ("rooms", "words"),
    [
        ([], "an object of rooms"),
        ("general", "an object of rooms"),
        ({f"room-{n}": 0 for n in range(21)}, "at most 20"),
        ({"No Room": 0}, "room is 'No Room'"),
        ({"general": "many"}, "general is 'many'"),
        ({"general": -1}, "general is '-1'"),
        ({"general": 1.5}, "general is '1.5'"),
        ({"general": True}, "general is 'True'"),
        ({"general": None}, "general in rooms is null"),
    ],
    ids=[
        "list",
        "text",
        "too many",
        "no name",
        "text for a position",
        "negative",
        "fraction",
        "flag",
        "null",
    ],
)
def test_rooms_of_a_wrong_shape_are_refused_in_a_sentence(rooms: Any, words: str) -> None:
    world = World()
    (error,) = world.client("Ada", "general").send(action="ping", rooms=rooms, ref="r")
    assert (error["code"], error["action"], error["ref"]) == ("invalid", "ping", "r")
    assert words in error["message"]


def test_room_and_rooms_exclude_each_other() -> None:
    world = World()
    (error,) = world.client("Ada", "general").send(action="ping", room="general", rooms={"general": 0})
    assert (error["code"], "together" in error["message"]) == ("invalid", True)


def test_the_ping_of_an_unknown_connection_closes_it() -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.connections.remove(ada.id)
    assert ada.send(action="ping", rooms={"general": 0}) == []
    assert world.gateway.closed == [ada.id]


class Blind:
    """The port `Glances`, too old to know anything."""

    def of(self, connection_id: str, rooms: Sequence[str]) -> Glance:
        return Glance(None, {}, dict.fromkeys(rooms, Presence()))


def test_a_glance_that_is_too_old_sends_nobody_away() -> None:
    clock = FakeClock()
    world = World(clock=clock, repositories=memory.repositories(clock, glances=Blind()))
    ada = world.client("Ada", "general")
    assert ada.send(action="ping", rooms={"general": 0})[0] == {"event": "pong", "rooms": {"general": 0}}
    assert world.gateway.closed == []


def test_a_flood_of_pings_is_refused_like_any_other_flood() -> None:
    world = World(allowance=Allowance(per_second=1, burst=5))
    ada = world.client("Ada", "general")
    world.clock.sleep(60)
    codes = [ada.send(action="ping", rooms={"general": 0})[0].get("code") for _ in range(10)]
    assert codes == [None] * 6 + ["rate_limited"] * 4


def test_pings_at_their_usual_pace_are_charged_every_few_minutes() -> None:
    world = World()
    ada = world.client("Ada", "general")
    charged = []
    for _ in range(12):
        before = world.connections.last_frames([ada.id])
        world.clock.sleep(60)
        ada.send(action="ping", rooms={"general": 0})
        charged.append(world.connections.last_frames([ada.id]) != before)
    assert charged == [False, False, False, True] * 3
    assert 180 < SEEN_SECONDS < 240
