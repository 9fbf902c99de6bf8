"""Delivery when writers and broadcasters die, time runs out, or a lot has piled up."""

import json
import uuid

from chalicelib.domain.messages import Message, User
from chalicelib.metrics import Metric
from chalicelib.service import broadcasting
from testkit.world import Client, World

BOB = User("u-bob", "Bob")


def store(world: World, text: str = "stored, not delivered") -> int:
    """Store a message as a writer does that dies before it delivers."""
    at = world.rooms.next_position("general").head
    message = Message("general", at, at, str(uuid.uuid4()), BOB, text, "2026-11-22T10:00:00.000Z", None)
    assert world.log.append(message) is None
    return at


def ats(client: Client) -> list[int]:
    return [entry["at"] for entry in client.entries("general")]


def test_what_a_dead_writer_left_is_delivered_by_the_next_sender_before_its_own_message() -> None:
    world = World()
    ada = world.client("Ada", "general")
    store(world)
    ada.say("general", "mine", str(uuid.uuid4()))
    assert ats(ada) == [1, 2]
    assert [len(e["messages"]) for e in ada.events if e["event"] == "messages"] == [2], "in one frame"


def test_what_a_dead_writer_left_is_delivered_by_the_next_ping() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    store(world)
    bob.send(action="ping", room="general")
    assert ats(ada) == [1]


def test_what_a_dead_writer_left_is_delivered_by_the_next_joiner() -> None:
    world = World()
    ada = world.client("Ada", "general")
    store(world)
    world.client("Bob", "general")
    assert ats(ada) == [1]


def test_nothing_is_delivered_while_somebody_else_holds_the_lease() -> None:
    world = World()
    ada = world.client("Ada", "general")
    store(world)
    world.rooms.acquire("general", 0, "another holder", world.clock.now() + 5000)
    ada.say("general", "mine", str(uuid.uuid4()))
    assert ats(ada) == []


def test_a_lease_whose_holder_died_is_taken_over_when_it_expires() -> None:
    world = World()
    ada = world.client("Ada", "general")
    store(world)
    world.rooms.acquire("general", 0, "another holder", world.clock.now() + 5000)
    world.clock.sleep(5.1)
    ada.send(action="ping", room="general")
    assert ats(ada) == [1]


def test_the_position_of_a_dead_writer_is_voided_and_delivery_continues() -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.rooms.next_position("general")  # handed out and never filled
    started = world.clock.monotonic()
    ada.say("general", "after the hole", str(uuid.uuid4()))
    assert [(e["at"], e.get("void", False)) for e in ada.entries("general")] == [(1, True), (2, False)]
    assert world.clock.monotonic() - started >= broadcasting.WRITER_TIMEOUT_SECONDS
    assert world.metrics.counted[Metric.POSITIONS_VOIDED] == 1


def test_pages_and_last_seq_end_before_an_empty_place() -> None:
    world = World()
    for _ in range(3):
        store(world)
    world.rooms.next_position("general")
    store(world)
    ada = world.client("Ada")
    world.rooms.acquire("general", 0, "a holder that waits", world.clock.now() + 60_000)
    (joined,) = ada.send(action="join", room="general")
    assert joined["lastSeq"] == 3
    assert [m["seq"] for m in joined["messages"]] == [1, 2, 3]
    (page,) = ada.send(action="history", room="general", after=1)
    assert [m["at"] for m in page["messages"]] == [2, 3]
    assert not page["more"]
    (page,) = ada.send(action="history", room="general", after=4)
    assert page["messages"] == []


def test_a_backlog_arrives_in_order_in_few_frames_of_at_most_32_kib() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for _ in range(300):
        store(world, "x" * 500)
    ada.send(action="ping", room="general")
    assert ats(ada) == list(range(1, 301))
    frames = [f for f in world.gateway.frames[ada.id] if json.loads(f)["event"] == "messages"]
    assert max(map(len, frames)) <= 32 * 1024
    assert len(frames) <= 12


def test_when_time_runs_out_the_delivery_function_continues_from_the_cursor() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for _ in range(250):
        store(world)
    slow = world.gateway.post

    def post(*arguments: object, **named: object) -> object:
        world.clock.sleep(1)
        return slow(*arguments, **named)  # type: ignore[arg-type]

    world.gateway.post = post  # type: ignore[assignment, method-assign]
    world.chat.broadcasting.drain("general", seconds=0.5)
    assert ats(ada) == list(range(1, 201))
    assert world.invoker.invoked == [("general", 0)]
    state = world.rooms.state("general")
    assert (state.delivered, state.lease) == (200, None)


def test_a_holder_that_outlived_its_lease_stops_delivering() -> None:
    world = World()
    ada = world.client("Ada", "general")
    store(world)
    honest = world.gateway.post

    def post(*arguments: object, **named: object) -> object:
        report = honest(*arguments, **named)  # type: ignore[arg-type]
        world.clock.sleep(6)
        world.gateway.post = honest  # type: ignore[method-assign]
        store(world)
        world.chat.broadcasting.drain("general", seconds=10)  # the successor
        return report

    world.gateway.post = post  # type: ignore[assignment, method-assign]
    world.chat.broadcasting.drain("general", seconds=10)
    assert ats(ada) == [1, 1, 2], "a frame may come twice, none is lost"
    assert world.metrics.counted[Metric.LEASES_LOST] == 1
    assert world.rooms.state("general").delivered == 2
