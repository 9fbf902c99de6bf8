"""Limits that keep a stranger from running up the bill."""

import pytest

from chalicelib.domain.allowance import MAX_REFUSED, Allowance
from chalicelib.domain.networks import network
from chalicelib.errors import RateLimited
from chalicelib.service.sign_ups import SignUps
from testkit import memory
from testkit.clock import FakeClock
from testkit.world import World

SLOW = Allowance(per_second=1, burst=2)


def test_a_connection_that_does_not_stop_is_closed_and_forgotten() -> None:
    world = World(allowance=SLOW)
    eve = world.client("Eve")
    for _ in range(2 + MAX_REFUSED):
        eve.send(action="ping")
    assert world.gateway.closed == []
    assert eve.send(action="ping") == []
    assert world.gateway.closed == [eve.id]
    assert eve.id not in world.connections.connections


def test_a_connection_that_waits_as_it_is_told_stays_open() -> None:
    world = World(allowance=SLOW)
    ada = world.client("Ada")
    for _ in range(3 * MAX_REFUSED):
        [answer] = ada.send(action="ping")
        if answer["event"] == "error":
            world.clock.sleep(answer["retryAfter"])
    assert world.gateway.closed == []


def test_frames_that_make_no_sense_close_nothing_while_they_come_slowly() -> None:
    world = World()
    ada = world.client("Ada")
    for _ in range(2 * MAX_REFUSED):
        ada.send_raw("nonsense")
    assert world.gateway.closed == []


def test_the_hour_and_the_network_count() -> None:
    clock = FakeClock()
    sign_ups = SignUps(memory.MemoryAttempts(), clock, per_hour=2)
    for source in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2"):
        sign_ups.count(source)
    with pytest.raises(RateLimited, match="More than 2 people have signed in from your network") as caught:
        sign_ups.count("192.0.2.1")
    assert caught.value.retry_after is not None
    clock.sleep(caught.value.retry_after)
    sign_ups.count("192.0.2.1")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_address_stands_for_its_network(source: str, expected: str) -> None:
    assert network(source) == expected
