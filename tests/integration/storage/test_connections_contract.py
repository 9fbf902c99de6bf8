"""Connections, subscriptions and allowances, on the fake and on both emulators."""

import time
from dataclasses import replace

import pytest

from chalicelib.adapters.clock import SystemClock
from chalicelib.domain.allowance import MAX_REFUSED
from chalicelib.domain.connections import MAX_ROOMS, Connection
from chalicelib.domain.messages import User
from chalicelib.errors import Conflict, RateLimited
from tests.integration.storage.conftest import ALLOWANCE, Store

ADA = User("u-ada", "Ada")
CONNECTION = Connection("Abc-_123=", ADA)


def members(store: Store, room: str) -> list[str]:
    return [subscription.connection_id for subscription in store.connections.subscribers(room, 0)]


def current(store: Store) -> Connection:
    connection = store.connections.spend(CONNECTION.id)
    assert connection is not None
    return connection


def test_an_unknown_connection_spends_nothing(store: Store) -> None:
    assert store.connections.spend("nobody=") is None


def test_frames_that_come_too_fast_are_too_many_at_some_time(store: Store) -> None:
    assert not store.connections.refused("nobody=")
    store.connections.add(CONNECTION)
    before = current(store)
    assert [store.connections.refused(CONNECTION.id) for _ in range(MAX_REFUSED)] == [False] * MAX_REFUSED
    assert any(store.connections.refused(CONNECTION.id) for _ in range(MAX_REFUSED))
    assert replace(current(store), paid_until=before.paid_until) == before


def test_a_subscription_is_seen_by_readers_and_by_the_connection(store: Store) -> None:
    store.connections.add(CONNECTION)
    assert store.connections.subscribe(CONNECTION, "general", 0) == 0
    assert store.connections.subscribe(CONNECTION, "general", 0) == 0
    assert members(store, "general") == [CONNECTION.id]
    assert store.connections.subscribers("general", 0)[0].user == ADA
    assert current(store).rooms == {"general": 0}


def test_nothing_is_left_of_a_subscription_whose_connection_is_gone(store: Store) -> None:
    assert store.connections.subscribe(CONNECTION, "general", 0) is None
    assert members(store, "general") == []


def test_removing_a_connection_removes_its_subscriptions(store: Store) -> None:
    store.connections.add(CONNECTION)
    for room in ("general", "art"):
        store.connections.subscribe(CONNECTION, room, 0)
    removed = store.connections.remove(CONNECTION.id)
    assert removed is not None
    assert set(removed.rooms) == {"general", "art"}
    assert members(store, "general") == members(store, "art") == []
    assert store.connections.remove(CONNECTION.id) is None


def test_leaving_a_room_leaves_the_others(store: Store) -> None:
    store.connections.add(CONNECTION)
    for room in ("general", "art"):
        store.connections.subscribe(CONNECTION, room, 0)
    store.connections.unsubscribe(current(store), "general")
    assert members(store, "general") == []
    assert current(store).rooms == {"art": 0}


def test_leaving_a_room_that_was_not_joined_is_no_error(store: Store) -> None:
    store.connections.add(CONNECTION)
    store.connections.unsubscribe(CONNECTION, "general")
    assert current(store).rooms == {}


def test_a_connection_cannot_join_more_rooms_than_allowed(store: Store) -> None:
    store.connections.add(CONNECTION)
    for n in range(MAX_ROOMS):
        store.connections.subscribe(CONNECTION, f"room-{n}", 0)
    with pytest.raises(Conflict, match="20 rooms"):
        store.connections.subscribe(CONNECTION, "one-more", 0)
    assert members(store, "one-more") == []
    assert store.connections.subscribe(CONNECTION, "room-3", 0) == 0


def test_joins_have_an_allowance_of_their_own_whether_or_not_the_room_was_joined_before(store: Store) -> None:
    store.connections.add(CONNECTION)
    joins = ALLOWANCE.of_joins()
    assert joins.burst == 2 * MAX_ROOMS
    assert store.connections.subscribe(CONNECTION, "room-0", 0) == 0
    # As frames that run side by side know it: something is paid for, and how much is out of date.
    known = replace(CONNECTION, joins_paid_until=SystemClock().now() + 60_000)
    # However slowly a store answers, the allowance grows by little meanwhile.
    begun, passed = time.monotonic(), 1
    with pytest.raises(RateLimited) as refused:
        while passed < 3 * joins.burst:
            assert store.connections.subscribe(known, f"room-{passed % 3}", 0) == 0
            passed += 1
    assert joins.burst <= passed <= joins.burst + 1 + (time.monotonic() - begun) * joins.per_second
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 1 / joins.per_second
    assert set(current(store).rooms) == {"room-0", "room-1", "room-2"}


def test_a_join_that_is_refused_subscribes_nobody(dynamodb_store: Store) -> None:
    dynamodb_store.connections.add(CONNECTION)
    used_up = SystemClock().now() + 24 * 3600 * 1000
    with pytest.raises(RateLimited):
        dynamodb_store.connections.subscribe(replace(CONNECTION, joins_paid_until=used_up), "another", 0)
    assert members(dynamodb_store, "another") == []


def test_a_subscription_ends_with_the_token_of_its_connection(store: Store) -> None:
    seconds = SystemClock().now() // 1000
    for name, ends in (("past=", seconds - 1), ("soon=", seconds + 3600), ("ever=", None)):
        connection = Connection(name, ADA, ends=ends)
        store.connections.add(connection)
        store.connections.subscribe(connection, "general", 0)
        known = store.connections.spend(name)
        assert known is not None
        assert known.ends == ends
        assert known.has_ended(seconds * 1000) is (name == "past=")
    assert sorted(s.connection_id for s in store.connections.subscribers("general", 0)) == ["ever=", "soon="]


def test_an_allowance_lets_a_burst_pass_and_then_asks_to_wait(store: Store) -> None:
    store.connections.add(CONNECTION)
    for _ in range(3):
        store.connections.spend(CONNECTION.id)
    with pytest.raises(RateLimited) as refused:
        store.connections.spend(CONNECTION.id)
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 1 / ALLOWANCE.per_second
