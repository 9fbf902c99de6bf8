"""What pings read, on the fake and on both emulators."""

from dataclasses import replace

from chalicelib.adapters.clock import SystemClock
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import User
from chalicelib.domain.presence import Move, Presence
from tests.integration.storage.conftest import Store

ADA = Connection("Abc-_123=", User("u-ada", "Ada"), ends=4_000_000_000)


def test_a_glance_finds_the_connection_and_of_each_room_its_state_and_presence(store: Store) -> None:
    store.connections.add(ADA)
    store.connections.subscribe(ADA, "general", 1)
    spent = store.connections.spend(ADA.id)
    store.rooms.next_position("general")
    store.rooms.add_shard("general", 1)
    store.presences.note("quiet", Move(ADA.user, came=True))
    glance = store.glances.of(ADA.id, ["general", "quiet"])
    assert glance.connection == spent
    assert glance.connection is not None
    assert glance.connection.paid_until > 0
    assert glance.connection.rooms == {"general": 1}
    both = [store.rooms.state("general", shard) for shard in (0, 1)]
    assert {room: list(states) for room, states in glance.states.items()} == {"general": both}
    presences = {"general": Presence(), "quiet": store.presences.get("quiet")}
    assert glance.presences == presences
    assert len(presences["quiet"].moves) == 1


def test_a_glance_at_an_unknown_connection_finds_none(store: Store) -> None:
    glance = store.glances.of("nobody=", [])
    assert (glance.connection, glance.states, glance.presences) == (None, {}, {})


def test_a_glance_fits_as_many_rooms_as_a_ping_may_have(store: Store) -> None:
    rooms = [f"room-{n}" for n in range(20)]
    for room in rooms:
        store.rooms.next_position(room)
    glance = store.glances.of("nobody=", rooms)
    assert sorted(glance.states) == sorted(glance.presences) == sorted(rooms)


def test_when_connections_were_last_seen_is_known_of_those_that_are_there(store: Store) -> None:
    before = SystemClock().now()
    for name in ("one=", "two="):
        store.connections.add(replace(ADA, id=name))
    store.connections.spend("one=")
    seen = store.connections.last_frames(["one=", "two=", "gone="])
    assert set(seen) == {"one=", "two="}
    assert seen["two="] == 0
    assert seen["one="] >= before


def test_nobody_is_asked_about(store: Store) -> None:
    assert store.connections.last_frames([]) == {}
