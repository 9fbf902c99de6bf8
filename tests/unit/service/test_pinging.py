"""A ping: what it answers, and what it leaves to others."""

from typing import Any

from chalicelib.domain.presence import Presence
from testkit.world import World


def undelivered(world: World) -> None:
    """Let a writer die between storing a position and delivering it."""
    state = world.rooms.next_position("general")
    world.log.void("general", state.head)


def test_a_ping_answers_how_far_the_room_was_delivered_and_then_delivers_the_rest() -> None:
    world = World()
    ada = world.client("Ada", "general")
    undelivered(world)
    pong, messages = ada.send(action="ping", room="general", ref="r1")
    assert pong == {"event": "pong", "room": "general", "lastSeq": 0, "ref": "r1"}
    assert [entry["at"] for entry in messages["messages"]] == [1]
    assert ada.send(action="ping", room="general")[0]["lastSeq"] == 1


def test_a_ping_does_not_ask_for_a_lease_that_somebody_holds() -> None:
    world = World()
    ada = world.client("Ada", "general")
    undelivered(world)
    assert world.rooms.acquire("general", 0, "somebody", world.clock.now() + 5_000)
    asked: list[Any] = []
    honest = world.rooms.acquire
    world.rooms.acquire = lambda *given: asked.append(given) or honest(*given)  # type: ignore[method-assign, func-returns-value]
    ada.send(action="ping", room="general")
    assert asked == []
    world.clock.sleep(6)
    ada.send(action="ping", room="general")
    assert len(asked) == 1
    assert [entry["at"] for entry in ada.entries("general")] == [1]


def test_a_ping_that_reads_stale_presence_announces_nothing_twice() -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.client("Bob", "general")
    told = [event for event in ada.events if event["event"] == "presence"]
    world.presences.glance = lambda room: Presence()  # type: ignore[method-assign]
    ada.send(action="ping", room="general")
    assert [event for event in ada.events if event["event"] == "presence"] == told
