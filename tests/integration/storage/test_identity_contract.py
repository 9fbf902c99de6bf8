"""Names, the secret and failed attempts, on the fake and on both emulators."""

import time

from chalicelib.domain.messages import User
from tests.integration.storage.conftest import Store

ADA, BOB = User("u-ada", "Ada"), User("u-bob", "ADA")


def test_a_held_name_is_refused_to_others_and_renewed_by_its_holder(store: Store) -> None:
    later = int(time.time()) + 100
    assert store.names.hold("ada", ADA, later)
    assert not store.names.hold("ada", BOB, later)
    assert store.names.hold("ada", ADA, later + 100)
    assert store.names.hold("bob", BOB, later)


def test_a_name_is_free_again_when_its_time_is_over(store: Store) -> None:
    assert store.names.hold("ada", ADA, int(time.time()) - 10)
    assert store.names.hold("ada", BOB, int(time.time()) + 100)


def test_the_secret_is_made_once_and_long(store: Store) -> None:
    secret = store.secrets.token_secret()
    assert len(secret) >= 32
    assert store.secrets.token_secret() == secret


def test_failed_attempts_are_counted_by_source_and_window(store: Store) -> None:
    for _ in range(2):
        store.attempts.fail("10.0.0.1", 7, 1_900_000_000)
    assert store.attempts.failed("10.0.0.1", 7) == 2
    assert store.attempts.failed("10.0.0.1", 8) == store.attempts.failed("10.0.0.2", 7) == 0
