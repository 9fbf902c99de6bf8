"""The list of rooms: who is said to be there, which rooms stay, and what looking at it sets off."""

import uuid

from chalicelib.domain.messages import User
from chalicelib.domain.presence import PROBE_SECONDS
from chalicelib.domain.sessions import Session
from chalicelib.service.listing import LISTED_DAYS, MAX_COUNTED
from testkit.world import Client, World

DAY_SECONDS = 24 * 3600
ASKER = Session("", User("u-asker", "Asker"), 0)


def counts(world: World) -> dict[str, int]:
    return {line.room: line.online for line in world.chat.listing.rooms(ASKER).rooms}


def a_room(world: World, room: str, *names: str) -> list[Client]:
    people = [world.client(name, room) for name in names]
    people[0].say(room, "hello", str(uuid.uuid4()))
    world.run_delivery()
    return people


def test_the_list_says_how_many_people_were_announced() -> None:
    world = World()
    a_room(world, "general", "Ada", "Bob", "Cleo")
    a_room(world, "random", "Dan")
    assert counts(world) == {"general": 3, "random": 1}


def test_a_room_without_messages_is_not_listed() -> None:
    world = World()
    world.client("Ada", "empty")
    assert counts(world) == {}


def test_people_who_all_vanished_are_gone_from_the_list_soon_after_somebody_asked() -> None:
    world = World()
    for person in a_room(world, "general", *(f"user {n}" for n in range(20))):
        world.gateway.vanish(person.id)
    world.clock.sleep(1800)
    assert counts(world) == {"general": 20}
    world.run_delivery()
    assert counts(world) == {"general": 0}
    assert world.invoker.announced == []


def test_a_list_that_is_looked_at_often_has_nobody_counted_twice_at_a_time() -> None:
    world = World()
    a_room(world, "general", "Ada")
    assert counts(world) == counts(world) == {"general": 1}
    assert world.invoker.announced == []
    world.clock.sleep(PROBE_SECONDS + 1)
    assert counts(world) == counts(world)
    assert world.invoker.announced == ["general"]


def test_one_look_has_only_some_rooms_counted() -> None:
    world = World()
    for n in range(MAX_COUNTED + 5):
        a_room(world, f"room-{n}", f"user {n}")
    world.clock.sleep(PROBE_SECONDS + 1)
    counts(world)
    assert len(world.invoker.announced) == MAX_COUNTED
    world.run_delivery()
    counts(world)
    assert len(world.invoker.announced) == 5


def test_a_room_that_nobody_has_used_for_long_leaves_the_list_until_somebody_comes() -> None:
    world = World()
    (ada,) = a_room(world, "general", "Ada")
    ada.disconnect()
    world.run_delivery()
    world.clock.sleep((LISTED_DAYS - 1) * DAY_SECONDS)
    assert counts(world) == {"general": 0}
    world.clock.sleep(2 * DAY_SECONDS)
    assert counts(world) == {}
    world.client("Bob", "general")
    assert counts(world) == {"general": 1}


def test_pages_of_the_list_follow_each_other() -> None:
    world = World()
    for n in range(5):
        a_room(world, f"room-{n}", f"user {n}")
    first = world.chat.listing.rooms(ASKER, limit=2)
    rest = world.chat.listing.rooms(ASKER, after=first.rooms[-1].room, limit=10)
    assert [line.room for line in first.rooms] == ["room-0", "room-1"]
    assert [line.room for line in rest.rooms] == ["room-2", "room-3", "room-4"]
    assert (first.more, rest.more) == (True, False)
