"""What a message and a ping cost in DynamoDB requests: counted, not timed."""

import json
import random
import threading
import uuid
from collections import Counter
from typing import Any

import pytest

from bench.cost.units import WRITE_BYTES, item_size
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import items, keys
from chalicelib.adapters.dynamodb.values import pack
from chalicelib.domain.messages import Message, User
from chalicelib.domain.presence import Move
from chalicelib.domain.sessions import Session
from chalicelib.service.keeping import Description
from chalicelib.service.ports import Clock
from testkit.clock import CalmClock, FakeClock
from testkit.memory import UNLIMITED
from testkit.rest import Rest
from testkit.world import Client, World
from tests.integration.storage.conftest import repositories_on, tables, world_on
from tests.integration.storage.counting import Counting

LONE_MESSAGE = 6

ASKER = Session("", User("u-asker", "Asker"), 0)


@pytest.fixture(autouse=True)
def no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no join be one of the few in a hundred that count their shard, which is a request more."""
    monkeypatch.setattr("chalicelib.service.joining.random.random", lambda: 0.99)


def counted_world(endpoint: str, clock: Clock | None = None) -> tuple[World, Counting, str]:
    client, connections_name, messages_name = tables(endpoint)
    counting = Counting(client)
    made = world_on(counting, connections_name, messages_name, clock or CalmClock())
    return made, counting, connections_name


def cost(counting: Counting, client: Client, **frame: Any) -> int:
    before = counting.requests.total()
    client.send(**frame)
    return counting.requests.total() - before


def say(counting: Counting, client: Client) -> int:
    return cost(counting, client, action="send", room="general", id=str(uuid.uuid4()), text="hello")


def test_a_lone_message_takes_six_requests_in_a_small_room_and_in_a_full_shard(moto_url: str) -> None:
    world, counting, connections_name = counted_world(moto_url)
    ada = world.client("Ada", "general")
    say(counting, ada)  # the first one lists the room
    small = say(counting, ada)
    subscribe(world, counting.client, connections_name, 999)
    large = say(counting, ada)
    assert (small, large) == (LONE_MESSAGE, LONE_MESSAGE)
    assert len(ada.entries("general")) == 3


def test_every_eighth_message_takes_two_requests_more_for_the_mood_of_its_hour(moto_url: str) -> None:
    # Time stands still: the first block of an hour also looks up what is usual.
    world, counting, _ = counted_world(moto_url, FakeClock(SystemClock().now()))
    ada = world.client("Ada", "general")
    for _ in range(8):
        say(counting, ada)
    assert [say(counting, ada) - LONE_MESSAGE for _ in range(8)] == [0, 0, 0, 0, 0, 0, 0, 2]
    [hour] = world.chat.stored.pulses.hours("general", 0, world.clock.now() + 10**9)
    assert hour.count == 16


def test_connecting_takes_one_request_and_a_join_nine_at_most(moto_url: str) -> None:
    """The session is checked where the connection is stored, and who may join in one read."""
    # Time stands still: as it passes, a join finds other work to do, such as a count that is due.
    world, counting, _ = counted_world(moto_url, FakeClock(SystemClock().now()))
    ada = world.client("Ada", "general")
    say(counting, ada)
    token = world.chat.sessions.create("Bob", None, "127.0.0.1").token
    before = counting.requests.total()
    bob = world.connect(token)
    assert counting.requests.total() - before == 1
    assert cost(counting, bob, action="join", room="general") <= 9
    cleo = world.chat.sessions.create("Cleo", None, "127.0.0.1")
    keeping = world.chat.house().keeping
    keeping.create(cleo, "club", Description(access="private"))
    keeping.put_member(cleo, "club", world.chat.sessions.of(token).user.id, "member")
    world.connect(cleo.token, "club")
    assert cost(counting, bob, action="join", room="club") <= 9


def test_a_room_that_was_closed_costs_what_it_cost_before(moto_url: str) -> None:
    world, counting, _ = counted_world(moto_url, FakeClock(SystemClock().now()))
    keeping = world.chat.house().keeping
    olga, cleo = (world.chat.sessions.create(name, None, "127.0.0.1") for name in ("Olga", "Cleo"))
    keeping.create(olga, "club", Description())
    keeping.put_member(olga, "club", cleo.user.id, "member")
    talker = world.connect(olga.token, "club")

    def costs() -> dict[str, Counter[str]]:
        random.seed(1)  # now and then a join counts its shard: both times, or neither
        found = {}
        reader = world.connect(cleo.token)
        for client, frame in (
            (reader, {"action": "join"}),
            (talker, {"action": "send", "id": str(uuid.uuid4()), "text": "hello"}),
            (reader, {"action": "history"}),
            (reader, {"action": "typing", "active": True}),
            (reader, {"action": "leave"}),
        ):
            counting.requests.clear()
            client.send(room="club", **frame)
            found[str(frame["action"])] = counting.requests.copy()
        return found

    costs()  # the first message lists the room
    in_the_open = costs()
    keeping.describe(olga, "club", Description(access="private"))
    assert costs() == in_the_open
    assert in_the_open["send"].total() == LONE_MESSAGE
    assert in_the_open["typing"]["query"] == 1


def test_a_ping_reads_the_room_and_its_presence_once_and_writes_its_allowance_alone(moto_url: str) -> None:
    world, counting, _ = counted_world(moto_url)
    ada = world.client("Ada", "general")
    say(counting, ada)
    before = counting.requests.copy()
    (pong,) = ada.send(action="ping", room="general")
    assert pong == {"event": "pong", "room": "general", "lastSeq": 1}
    assert counting.requests - before == Counter(update_item=1, get_item=2)


def test_a_ping_of_twenty_rooms_is_one_request_and_writes_nothing(moto_url: str) -> None:
    world, counting, _ = counted_world(moto_url)
    rooms = [f"room-{n}" for n in range(20)]
    ada = world.client("Ada", *rooms)
    before = counting.requests.copy()
    (pong,) = ada.send(action="ping", rooms=dict.fromkeys(rooms, 0))
    assert pong == {"event": "pong", "rooms": dict.fromkeys(rooms, 0)}
    assert counting.requests - before == Counter(batch_get_item=1)


def test_a_ping_that_is_charged_takes_two_requests(moto_url: str) -> None:
    world, counting, _ = counted_world(moto_url)
    ada = world.client("Ada", "general")
    ada.send(action="ping", rooms={"general": 0})
    before = counting.requests.copy()
    (pong,) = ada.send(action="ping", rooms={"general": 0, "elsewhere": 0})
    assert pong["rooms"] == {"general": 0, "elsewhere": None}
    assert counting.requests - before == Counter(batch_get_item=1, update_item=1)


def test_what_is_kept_of_a_large_room_s_presence_costs_one_unit_for_each_who_comes_back(
    moto_url: str,
) -> None:
    client, connections_name, messages_name = tables(moto_url)
    presences = repositories_on(client, connections_name, messages_name, UNLIMITED).presences
    presences.begin("general", 0)
    presences.finish("general", 1_000, 0)
    for number in range(300):
        assert presences.note("general", Move(User(f"{number:032x}", "N" * 32), came=True)).more
    kept = client.get_item(TableName=connections_name, Key=keys.presence("general"))["Item"]
    assert item_size(kept) < WRITE_BYTES / 4


def test_who_is_in_a_room_takes_as_many_requests_for_many_people_as_for_few(moto_url: str) -> None:
    world, counting, connections_name = counted_world(moto_url)
    ada = world.client("Ada", "general")
    subscribe(world, counting.client, connections_name, 300)
    counting.requests.clear()
    _, answer = Rest(world).call("GET", "/rooms/general/people", ada.token)
    assert (len(answer["people"]), answer["more"]) == (200, True)
    assert counting.requests == Counter(query=1, get_item=3, transact_get_items=1)


def test_a_list_of_a_thousand_rooms_takes_twelve_requests_at_most(moto_url: str) -> None:
    client, connections_name, messages_name = tables(moto_url)
    counting = Counting(client)
    world = world_on(counting, connections_name, messages_name, CalmClock())
    rooms = [f"room-{n:04d}" for n in range(1000)]
    now = CalmClock().now()
    kept = [
        item
        for room in rooms
        for item in (
            {**keys.listed_room(room), **pack({"people_online": 3, "counted_at": now, "used_at": now})},
            {**keys.room_state(room), **pack({"last_place": 1, "delivered0": 1})},
        )
    ]
    write(client, messages_name, kept)
    found = world.chat.listing.rooms(ASKER)
    assert [(line.room, line.online) for line in found.rooms] == [(room, 3) for room in rooms]
    assert counting.requests.total() <= 12, counting.requests
    page = world.chat.listing.rooms(ASKER, after="room-0500", limit=50)
    assert [line.room for line in page.rooms] == rooms[501:551]
    assert page.more


def test_a_page_of_messages_costs_the_same_before_and_after_a_hundred_thousand_changes(moto_url: str) -> None:
    client, connections_name, messages_name = tables(moto_url)
    counting = Counting(client)
    world = world_on(counting, connections_name, messages_name, CalmClock())
    ada = world.client("Ada", "general")
    for _ in range(15):
        say(counting, ada)
    before = cost(counting, world.client("Bob"), action="join", room="general")
    # Of the run of changes only the newest part is ever read, so the rest of it need not be stored here.
    changes = range(100_001 - 400, 100_001)
    rows = [{**keys.entry("general", at), **pack(items.from_change(1, previous=15))} for at in changes]
    write(client, messages_name, rows)
    state = {"last_place": changes[-1], "delivered0": changes[-1], "last_message": 15}
    write(client, messages_name, [{**keys.room_state("general"), **pack(state)}])
    cleo = world.client("Cleo")
    after = cost(counting, cleo, action="join", room="general")
    joined = next(event for event in cleo.events if event["event"] == "joined")
    assert (len(joined["messages"]), joined["lastSeq"], joined["more"]) == (15, changes[-1], False)
    assert after <= before + 1


def test_a_page_costs_a_bounded_number_of_requests_whatever_lies_between_its_messages(moto_url: str) -> None:
    client, connections_name, messages_name = tables(moto_url)
    counting = Counting(client)
    world = world_on(counting, connections_name, messages_name, CalmClock())
    rows, head = [], 0
    for _ in range(6):
        message = head = head + 1
        text = Message("general", message, message, str(message), User("u", "Ada"), "x", "2026-11-29", None)
        rows.append({**keys.entry("general", message), **pack(items.from_message(text))})
        for _ in range(70):
            head += 1
            rows.append({**keys.entry("general", head), **pack(items.from_change(1, previous=message))})
    rows.append({**keys.room_state("general"), **pack({"last_place": head, "delivered0": head})})
    write(client, messages_name, rows)
    counting.requests.clear()
    found = world.chat.reading.page("general", before=None, after=None, limit=5)
    assert (len(found.entries), found.more) == (5, True)
    assert counting.requests["query"] <= 2 * 6


def write(client: Any, table: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 25):
        puts = [{"PutRequest": {"Item": item}} for item in rows[start : start + 25]]
        client.batch_write_item(RequestItems={table: puts})


def subscribe(world: World, client: Any, table: str, count: int) -> None:
    """Fill the shard as joins do, without what else a join costs."""
    ids = [f"crowd-{n}=" for n in range(count)]
    for connection_id in ids:
        world.gateway.open(connection_id)
    subscriptions = [
        {
            **keys.subscription("general", 0, connection_id),
            **pack({"user": connection_id, "name": "somebody"}),
        }
        for connection_id in ids
    ]
    write(client, table, subscriptions)


def test_under_load_a_message_takes_fewer_requests(ministack_url: str) -> None:
    world, counting, _ = counted_world(ministack_url)
    senders = [world.client(f"user {n}", "general") for n in range(8)]
    say(counting, senders[0])
    before = counting.requests.total()

    def chat(client: Client) -> None:
        for _ in range(5):
            client.send_raw(
                json.dumps({"action": "send", "room": "general", "id": str(uuid.uuid4()), "text": "hello"})
            )

    threads = [threading.Thread(target=chat, args=(client,)) for client in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    each = (counting.requests.total() - before) / 40
    assert [entry["at"] for entry in senders[0].entries("general")] == list(range(1, 42))
    assert each < LONE_MESSAGE
