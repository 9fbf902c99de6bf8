"""Browsers that are pushed to, and the key for it, on the fake and on both emulators."""

import time

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.pushes import DynamoPushKeys, DynamoPushSubscriptions
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.push.encryption import decoded
from chalicelib.domain.pushing import KEPT_SECONDS, PushAddress, PushKeys, PushSubscription
from chalicelib.service.push_ports import PushSubscriptions
from testkit.clock import FakeClock
from testkit.fakes import CountedMetrics
from testkit.memory.pushes import MemoryPushSubscriptions
from tests.integration.storage.conftest import Store

NOW = int(time.time() * 1000)


def subscriptions(store: Store) -> PushSubscriptions:
    if store.client is None:
        return MemoryPushSubscriptions(SystemClock())
    return DynamoPushSubscriptions(_messages(store), SystemClock())


def subscription(name: str, kept: int = NOW, session: str = "s1") -> PushSubscription:
    address = PushAddress(f"https://push.example.org/{name}", "a point", "a secret", "a key")
    return PushSubscription(name, address, session, {"general": "none", "dm-1": "mentions"}, kept)


def test_browsers_are_kept_as_they_are_the_oldest_first(store: Store) -> None:
    kept = subscriptions(store)
    older, newer = subscription("older", NOW - 1), subscription("newer")
    for one in (newer, older):
        kept.keep("u-ada", one)
    assert kept.of("u-ada") == [older, newer]
    assert kept.of("u-bob") == []


def test_a_renewed_browser_is_kept_once_with_its_latest_session(store: Store) -> None:
    kept = subscriptions(store)
    kept.keep("u-ada", subscription("phone", NOW - 1))
    kept.keep("u-ada", subscription("phone", session="s2"))
    assert kept.of("u-ada") == [subscription("phone", session="s2")]


def test_a_dropped_browser_is_gone_until_it_subscribes_again(store: Store) -> None:
    kept = subscriptions(store)
    kept.keep("u-ada", subscription("phone"))
    assert not kept.drop("u-bob", "phone")
    assert kept.drop("u-ada", "phone")
    assert not kept.drop("u-ada", "phone")
    assert kept.of("u-ada") == []
    kept.keep("u-ada", subscription("phone"))
    assert kept.of("u-ada") == [subscription("phone")]


def test_a_browser_that_nobody_renewed_is_not_returned(store: Store) -> None:
    kept = subscriptions(store)
    kept.keep("u-ada", subscription("phone", NOW - (KEPT_SECONDS + 60) * 1000))
    assert kept.of("u-ada") == []


def test_the_key_is_made_once_and_kept(store: Store) -> None:
    if store.client is None:
        return
    key = _keys(store).keys().present
    assert _keys(store).keys() == PushKeys(key)
    assert (len(decoded(key.public)), len(decoded(key.private))) == (65, 32)


def test_of_two_functions_that_make_the_key_at_once_one_makes_it(store: Store) -> None:
    if store.client is None:
        return

    class Late(Table):
        """A table that another function has written to since it was read."""

        def get(self, *arguments: object, **named: object) -> None:
            others.append(_keys(store).keys())

    others: list[object] = []
    late = Late(store.client, store.messages_table, CountedMetrics())
    assert [DynamoPushKeys(late, FakeClock()).keys()] == others


def test_a_rotated_key_is_known_when_it_is_needed_and_the_one_before_stays(store: Store) -> None:
    if store.client is None:
        return
    function, first = _keys(store), _keys(store).keys().present
    assert function.keys().present == first
    operator = _keys(store)
    operator.rotate()
    rotated = operator.keys()
    assert (rotated.before, rotated.present != first) == (first, True)
    assert function.keys() == PushKeys(first), "it was asked for too often"
    assert function.keys([rotated.present.public]) == rotated
    late = _keys(store)
    stale = late.keys()
    _keys(store, FakeClock(NOW + 60_000)).rotate()
    assert _keys(store).keys().before == stale.present


def _keys(store: Store, clock: FakeClock | None = None) -> DynamoPushKeys:
    return DynamoPushKeys(_messages(store), clock or FakeClock())


def _messages(store: Store) -> Table:
    return Table(store.client, store.messages_table, CountedMetrics())
