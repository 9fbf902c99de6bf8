"""Rooms that one broadcaster cannot serve alone."""

import uuid

from testkit.world import Client, World


def ats(client: Client) -> list[int]:
    return [entry["at"] for entry in client.entries("general")]


def crowd(world: World, count: int) -> list[Client]:
    first = world.client("first", "general")
    first.say("general", "hello", str(uuid.uuid4()))
    return [first, *(world.client(f"user {n}", "general") for n in range(count - 1))]


def sizes(world: World) -> list[int]:
    shards = len(world.rooms.state("general").lease_ends)
    return [len(world.connections.subscribers("general", shard)) for shard in range(shards)]


def test_a_room_gets_a_further_shard_when_one_is_full() -> None:
    world = World(shard_size=5)
    crowd(world, 30)
    assert len(sizes(world)) >= 3
    assert sum(sizes(world)) == 30


def test_everyone_gets_each_message_once_whatever_their_shard() -> None:
    world = World(shard_size=5)
    clients = crowd(world, 20)
    known = {client.id: len(ats(client)) for client in clients}
    for n in range(3):
        clients[n].say("general", f"message {n}", str(uuid.uuid4()))
        world.invoker.run(world.chat)
    assert all(ats(client)[known[client.id] :][-3:] == [2, 3, 4] for client in clients)
    shards = range(len(world.rooms.state("general").lease_ends))
    assert [world.rooms.state("general", shard).delivered for shard in shards] == [4] * len(shards)


def test_a_further_shard_is_left_to_the_broadcaster_that_it_has() -> None:
    world = World(shard_size=5)
    clients = crowd(world, 12)
    world.invoker.run(world.chat)
    position = world.rooms.next_position("general")
    world.log.void("general", position.head)
    for shard in range(1, len(position.lease_ends)):
        assert world.rooms.acquire("general", shard, "busy", world.clock.now() + 5000)
    clients[0].say("general", "hello", str(uuid.uuid4()))
    assert world.invoker.invoked == []


def test_a_ping_wakes_a_shard_whose_delivery_was_never_started() -> None:
    world = World(shard_size=2)
    clients = crowd(world, 8)
    world.invoker.run(world.chat)
    clients[0].say("general", "the hand-over of this one fails", str(uuid.uuid4()))
    world.invoker.invoked.clear()
    behind = [c for c in clients if ats(c)[-1:] != [2]]
    assert behind
    for client in behind:
        (pong,) = [e for e in client.send(action="ping", room="general") if e["event"] == "pong"]
        assert pong["lastSeq"] == 1
    world.invoker.run(world.chat)
    assert all(ats(client)[-1] == 2 for client in clients)


def test_presence_and_online_count_all_shards() -> None:
    world = World(shard_size=2)
    crowd(world, 8)
    (joined, *_) = world.client("last").send(action="join", room="general")
    assert joined["online"] == 9
