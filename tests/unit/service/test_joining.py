"""`join`, `leave` and `history`: pages, bounds and what a stranger sees."""

import uuid
from typing import NoReturn

import pytest

from chalicelib.domain.access import Facts
from chalicelib.domain.commands import Join
from chalicelib.domain.connections import Connection
from chalicelib.errors import Unavailable
from chalicelib.service.joining import Joining
from testkit.world import Client, World


def fill(world: World, count: int, text: str = "hello") -> None:
    writer = world.client("Writer", "general")
    for _ in range(count):
        writer.say("general", text, str(uuid.uuid4()))
    writer.disconnect()


def seqs(event: dict[str, list[dict[str, int]]]) -> list[int]:
    return [message["seq"] for message in event["messages"]]


def test_joining_an_empty_room_gives_an_empty_page() -> None:
    ada = World().client("Ada")
    (joined,) = ada.send(action="join", room="general", ref="r1")
    assert joined == {
        "event": "joined",
        "room": "general",
        "lastSeq": 0,
        "messages": [],
        "more": False,
        "online": 1,
        "ref": "r1",
    }


def test_a_joiner_gets_the_newest_page_and_pages_back_from_there() -> None:
    world = World()
    fill(world, 120)
    ada = world.client("Ada")
    (joined,) = ada.send(action="join", room="general")
    assert (joined["lastSeq"], joined["more"], seqs(joined)) == (120, True, list(range(71, 121)))
    (page,) = ada.send(action="history", room="general", before=71, limit=100)
    assert (page["more"], seqs(page)) == (False, list(range(1, 71)))


def test_a_joiner_who_knows_a_part_recovers_what_follows_in_pages() -> None:
    world = World()
    fill(world, 120)
    ada = world.client("Ada")
    (joined,) = ada.send(action="join", room="general", after=40)
    assert (joined["lastSeq"], joined["more"], seqs(joined)) == (120, True, list(range(41, 91)))
    (page,) = ada.send(action="history", room="general", after=90)
    assert (page["more"], seqs(page)) == (False, list(range(91, 121)))


def test_joining_twice_is_as_good_as_once() -> None:
    world = World()
    ada = world.client("Ada", "general")
    (joined,) = ada.send(action="join", room="general")
    assert joined["online"] == 1
    ada.say("general", "hello", str(uuid.uuid4()))
    assert len(ada.entries("general")) == 1


def test_online_counts_people_and_not_connections() -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.connect(ada.token, "general")
    (joined,) = world.client("Bob").send(action="join", room="general")
    assert joined["online"] == 2


def test_a_page_is_cut_before_its_frame_exceeds_32_kib() -> None:
    world = World()
    fill(world, 20, "x" + "\x01" * 1500)  # six bytes each in JSON
    ada = world.client("Ada", "general")
    joined = ada.events[0]
    assert max(map(len, world.gateway.frames[ada.id])) <= 32 * 1024
    assert joined["more"]
    assert seqs(joined)[-1] == 20
    recovered: list[int] = []
    more = True
    while more:
        (page,) = ada.send(action="history", room="general", after=len(recovered))
        recovered, more = recovered + seqs(page), page["more"]
    assert recovered == list(range(1, 21))
    assert max(map(len, world.gateway.frames[ada.id])) <= 32 * 1024


def test_nothing_arrives_after_leaving() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    assert bob.send(action="leave", room="general") == []
    ada.say("general", "hello", str(uuid.uuid4()))
    assert bob.entries("general") == []
    (error,) = bob.send(action="history", room="general")
    assert error["code"] == "not_joined"


def test_a_connection_that_ended_while_it_joined_leaves_nothing_behind() -> None:
    world = World()
    ada = world.client("Ada")
    ada.disconnect()
    connection = world.connections.connections.get(ada.id)
    assert connection is None
    world.gateway.open(ada.id)
    ada.send(action="join", room="general")
    assert world.connections.subscribers("general", 0) == []
    assert world.gateway.closed == [ada.id], "its client must connect anew"


@pytest.mark.parametrize("action", ["history", "send", "ping"])
def test_a_stranger_gets_nothing_of_a_room(action: str) -> None:
    world = World()
    fill(world, 3)
    eve: Client = world.client("Eve")
    (answer,) = eve.send(action=action, room="general", id=str(uuid.uuid4()), text="let me in")
    assert (answer["event"], answer["code"]) == ("error", "not_joined")


@pytest.mark.parametrize("faster", [0, 1])
def test_a_join_that_fails_leaves_nothing_of_a_faster_one_in_another_shard(
    monkeypatch: pytest.MonkeyPatch, faster: int
) -> None:
    world = World()
    world.rooms.add_shard("general", 1)
    ada = world.client("Ada")
    connection = world.connections.get(ada.id)
    assert connection is not None
    joining: Joining = world.chat.actions._joining

    def subscribed_meanwhile(connection: Connection, facts: Facts) -> int:
        world.connections.subscribe(connection, facts.room, faster)
        return 1 - faster

    def busy(*given: object, **named: object) -> NoReturn:
        raise Unavailable("busy", retry_after=1)

    monkeypatch.setattr(joining, "_shard", subscribed_meanwhile)
    monkeypatch.setattr(joining, "_settle", busy)
    with pytest.raises(Unavailable):
        joining.join(connection, Join("general", None))
    assert [world.connections.subscribers("general", shard) for shard in (0, 1)] == [[], []]
