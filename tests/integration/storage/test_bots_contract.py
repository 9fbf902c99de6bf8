"""Bots and hooks, on the fake and on both emulators."""

import time

from chalicelib.domain.bots import Bot, Hook
from chalicelib.domain.messages import User
from tests.integration.storage.conftest import Store

LATER = int(time.time()) + 24 * 3600  # after the last of the tests, however slow
HAL = Bot(User("u-hal", "Hal", bot=True), "s1", LATER)


def test_the_bots_of_somebody_are_kept_until_they_end(store: Store) -> None:
    store.bots.add("u-ada", HAL)
    store.bots.add("u-ada", Bot(User("u-old", "Old", bot=True), "s2", 1))
    assert store.bots.of("u-ada") == [HAL]
    assert store.bots.of("u-bob") == []
    assert store.bots.remove("u-ada", "u-hal") == HAL
    assert store.bots.remove("u-ada", "nobody") is None
    assert store.bots.of("u-ada") == []


def test_a_hook_is_found_by_its_secret_and_by_its_room_until_it_is_deleted(store: Store) -> None:
    hook = Hook("h1", "club", "CI", "u-ada")
    store.hooks.add("key", hook)
    assert store.hooks.find("key") == hook
    assert store.hooks.find("another") is None
    assert store.hooks.of("club") == [hook]
    assert store.hooks.of("garden") == []
    assert not store.hooks.remove("garden", "h1")
    assert store.hooks.remove("club", "h1")
    assert not store.hooks.remove("club", "h1")
    assert (store.hooks.find("key"), store.hooks.of("club")) == (None, [])
