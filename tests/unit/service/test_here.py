"""Who is in a room at this moment, by name."""

import uuid
from typing import Any

from chalicelib.service.here import MAX_SHARDS_READ
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import World

HERE = "127.0.0.1"


def here(world: World, token: str, room: str = "general", query: str = "") -> tuple[int, Any]:
    status, answer = Rest(world).call("GET", f"/rooms/{room}/people{query}", token)
    return status, answer


def names(world: World, token: str, query: str = "") -> tuple[list[str], bool]:
    _, answer = here(world, token, query=query)
    return [person["name"] for person in answer["people"]], answer["more"]


def test_whoever_is_connected_is_named_once_by_name_until_they_go() -> None:
    world = World()
    zoe, ada, _ = world.client("Zoe", "general"), world.client("ada", "general"), world.client("Bo", "tea")
    world.connect(ada.token, "general")
    assert names(world, zoe.token) == (["ada", "Zoe"], False)
    zoe.send(action="leave", room="general")
    assert names(world, zoe.token) == (["ada"], False)


def test_as_many_are_named_as_presence_counts() -> None:
    world = World()
    clients = [world.client(name, "general") for name in ("Ada", "Bo", "Cy", "Di")]
    clients[1].disconnect()
    world.run_delivery()
    told = [event for event in clients[0].events if event["event"] == "presence"]
    assert len(names(world, clients[0].token)[0]) == told[-1]["online"] == 3


def test_everybody_comes_with_what_they_are_in_the_chat() -> None:
    world = World(admin_code="the admin code")
    root = world.chat.sessions.create("Root", None, HERE, "the admin code")
    house = world.chat.house()
    house.keeping.create(root, "club", Description(access="private"))
    guest = house.inviting.sign_in("Gus", house.inviting.invite(root, "club", 1, 1).secret)
    for session in (root, guest):
        world.connect(session.token, "club")
    _, answer = here(world, root.token, "club")
    assert [(person["name"], person["role"]) for person in answer["people"]] == [
        ("Gus", "guest"),
        ("Root", "admin"),
    ]


def test_no_more_are_named_than_were_asked_for() -> None:
    world = World()
    ada, *_ = [world.client(name, "general") for name in ("Ada", "Bo", "Cy")]
    assert names(world, ada.token, "?limit=2") == (["Ada", "Bo"], True)
    assert here(world, ada.token, query="?limit=201")[1]["code"] == "invalid"


def test_of_a_huge_room_some_shards_are_read() -> None:
    world = World(shard_size=2)
    first = world.client("first", "general")
    first.say("general", "hello", str(uuid.uuid4()))
    for number in range(30):
        world.client(f"P{number}", "general")
    assert len(world.rooms.state("general").lease_ends) > MAX_SHARDS_READ
    found, more = names(world, first.token)
    assert (len(found) < 31, more) == (True, True)


def test_who_came_to_a_room_while_it_was_closed_is_not_in_it() -> None:
    world = World()
    olga, bob = (world.chat.sessions.create(name, None, HERE) for name in ("Olga", "Bob"))
    keeping = world.chat.house().keeping
    keeping.create(olga, "garden", Description(access="open"))
    inside, late = world.connect(olga.token, "garden"), world.connect(bob.token)
    keeping.describe(olga, "garden", Description(access="private"))
    known = world.connections.get(late.id)
    assert known is not None
    world.connections.subscribe(known, "garden", 0)  # by what was true a moment before
    inside.send(action="leave", room="garden")
    inside.send(action="join", room="garden")
    assert [one["name"] for one in here(world, olga.token, "garden")[1]["people"]] == ["Olga"]
