"""A connection that a push did not reach is tried again before its next ping."""

import uuid

from testkit.world import Client, World


def say(client: Client, text: str) -> None:
    client.say("general", text, str(uuid.uuid4()))


def two() -> tuple[World, Client, Client]:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.run_delivery()
    return world, ada, bob


def positions(client: Client) -> list[int]:
    return [entry["at"] for entry in client.entries("general")]


def test_a_push_that_failed_is_repeated_by_the_delivery_function_within_seconds() -> None:
    world, ada, bob = two()
    world.gateway.unreachable.add(bob.id)
    say(ada, "one")
    assert positions(bob) == []
    world.gateway.unreachable.clear()
    before = world.clock.monotonic()
    world.run_delivery()
    assert positions(bob) == [1]
    assert positions(ada) == [1], "who was reached gets nothing twice"
    assert world.clock.monotonic() - before <= 5


def test_what_was_stored_meanwhile_comes_along_and_leaves_no_gap() -> None:
    world, ada, bob = two()
    world.gateway.unreachable.add(bob.id)
    say(ada, "one")
    say(ada, "two")
    world.gateway.unreachable.clear()
    world.run_delivery()
    assert positions(bob) == [1, 2]


def test_it_is_tried_for_half_a_minute_and_then_left_to_the_ping() -> None:
    world, ada, bob = two()
    world.gateway.unreachable.add(bob.id)
    say(ada, "one")
    before = world.clock.monotonic()
    world.run_delivery()
    assert 20 <= world.clock.monotonic() - before <= 60
    assert world.invoker.repeated == []
    world.gateway.unreachable.clear()
    assert bob.send(action="ping", rooms={"general": 0})[0]["rooms"] == {"general": 1}


def test_a_connection_that_stays_unreachable_is_not_tried_for_every_message() -> None:
    world, ada, bob = two()
    world.gateway.unreachable.add(bob.id)
    for text in "one", "two", "three":
        say(ada, text)
    assert len(world.invoker.repeated) == 1
    world.clock.sleep(61)
    say(ada, "four")
    assert [(after, ids) for _, _, after, ids in world.invoker.repeated] == [(0, (bob.id,)), (3, (bob.id,))]


def test_who_has_left_meanwhile_gets_nothing_more() -> None:
    world, ada, bob = two()
    world.gateway.unreachable.add(bob.id)
    say(ada, "one")
    world.gateway.unreachable.clear()
    bob.send(action="leave", room="general")
    world.run_delivery()
    assert positions(bob) == []
