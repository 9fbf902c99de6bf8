"""Deleted rooms, what is left of them, and how far that is taken away, on the fake and on both emulators."""

import uuid

import pytest

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.purges import purge_ports
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.access import About, Membership
from chalicelib.domain.bots import Hook
from chalicelib.domain.messages import Message, SearchBlock, User
from chalicelib.domain.pulse import Hour
from chalicelib.domain.purges import Purge
from chalicelib.service.outcomes import Deleted, WriteConflict
from chalicelib.service.purge_ports import PurgePorts
from testkit import memory
from testkit.fakes import CountedMetrics
from testkit.memory import purges as in_memory
from tests.integration.storage.conftest import Store

ADA, BOB = User("u-ada", "Ada"), User("u-bob", "Bob")
WRITTEN = 30
LONG_AGO = 1


def ports(store: Store) -> PurgePorts:
    """Return the ports on a store."""
    if isinstance(store.log, memory.MemoryLog):
        return in_memory.purge_ports(store, SystemClock())
    return purge_ports(Table(store.client, store.messages_table, CountedMetrics()), SystemClock())


def furnish(store: Store, room: str) -> None:
    """Make a room with everything that a room can have."""
    store.register.create(room, About("Title", "Topic", "private"), {ADA: "owner", BOB: "member"})
    for _ in range(WRITTEN):
        seq = store.rooms.next_position(room).head
        store.log.append(
            Message(room, seq, seq, str(uuid.uuid4()), ADA, "hello", "2026-11-22T10:00:00.000Z", None)
        )
    store.hooks.add(f"hash-of-{room}", Hook("hook", room, "CI", ADA.id))
    store.pulses.add(room, Hour(0, count=3, people=frozenset({ADA.id})))
    store.marks.move(ADA.id, room, 3, 3)
    store.log.keep_search_block(room, SearchBlock(1, folding="1", texts="1\tada\thello"))


def test_a_deleted_room_takes_no_message_and_no_name(store: Store) -> None:
    furnish(store, "gone")
    before = store.register.facts("gone", ADA.id, existence=True)
    store.register.delete(before)
    facts = store.register.facts("gone", ADA.id, existence=True)
    assert facts.about is not None
    assert (facts.about.deleted, facts.about.topic, facts.exists) == (True, "", True)
    assert facts.version == before.version + 1
    state = store.rooms.state("gone")
    assert (state.deleted_at > LONG_AGO, state.hidden, state.rules) == (True, True, facts.version)
    with pytest.raises(Deleted):
        store.rooms.next_position("gone")
    with pytest.raises(Deleted):
        store.rooms.next_position_of_change("gone")
    with pytest.raises(WriteConflict):
        store.register.put_member(before, BOB, Membership("owner"))
    assert not store.register.create("gone", About("New"), {BOB: "owner"})
    assert "gone" not in [listed.room for listed in store.rooms.listed()]


def test_an_open_room_that_nobody_made_is_deleted_too(store: Store) -> None:
    store.rooms.next_position("general")
    store.register.delete(store.register.facts("general", ADA.id, existence=True))
    assert "general" not in [listed.room for listed in store.rooms.listed()]
    with pytest.raises(Deleted):
        store.rooms.next_position("general")


def test_what_is_left_is_taken_away_bit_by_bit_and_of_no_other_room(store: Store) -> None:
    for room in ("gone", "stays"):
        furnish(store, room)
    store.register.delete(store.register.facts("gone", ADA.id, existence=True))
    remains = ports(store).remains
    steps = 0
    while taken := remains.take("gone", 12):
        assert taken <= 12
        steps += 1
    assert steps > 4
    assert store.log.entries("gone", 0, 99) == []
    assert store.register.members("gone") == []
    assert store.hooks.of("gone") == []
    assert store.hooks.find("hash-of-gone") is None
    assert store.pulses.hours("gone", 0, 10) == []
    assert store.log.search_blocks("gone", 1, 99) == []
    assert store.register.belongings(ADA.id).keys() == store.register.belongings(BOB.id).keys() == {"stays"}
    assert len(store.log.entries("stays", 0, 99)) == WRITTEN
    assert len(store.register.members("stays")) == 2
    assert store.hooks.find("hash-of-stays") is not None
    assert len(store.pulses.hours("stays", 0, 10)) == 1
    assert len(store.log.search_blocks("stays", 1, 99)) == 1
    # What is not left of it is why nobody can take its name.
    assert not store.register.create("gone", About("New"), {BOB: "owner"})


def test_nobody_delivers_a_log_that_is_taken_away(store: Store) -> None:
    furnish(store, "gone")
    store.register.delete(store.register.facts("gone", ADA.id, existence=True))
    remains = ports(store).remains
    while remains.take("gone", 100):
        pass
    if not isinstance(store.log, memory.MemoryLog):
        assert store.rooms.acquire("gone", 0, "token", 2**50) is None
    assert store.rooms.state("gone").deleted_at


def test_how_far_it_is_comes_back_as_it_was_kept(store: Store) -> None:
    kept = ports(store).purges
    purge = Purge(uuid.uuid4().hex, "messages", BOB.id, ADA, LONG_AGO, "club", "club", 7, 3, 1)
    assert kept.find(purge.id) is None
    kept.keep(purge)
    found = kept.find(purge.id)
    assert found is not None
    assert found._replace(kept=0) == purge
    assert found.kept > LONG_AGO
    assert purge.id in [one.id for one in kept.unfinished()]
    kept.keep(found._replace(done=True))
    assert purge.id not in [one.id for one in kept.unfinished()]
    again = kept.find(purge.id)
    assert again is not None
    assert again.done
