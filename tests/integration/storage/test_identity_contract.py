"""Names, the keys of tokens and attempts, on the fake and on both emulators."""

import time
from concurrent.futures import ThreadPoolExecutor

from chalicelib.adapters.dynamodb.passwords import DynamoPasswords
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.messages import User
from chalicelib.domain.passwords import StoredPassword
from chalicelib.service.identity_ports import Attempt
from chalicelib.service.password_ports import StoredPasswords
from testkit.fakes import CountedMetrics
from testkit.memory.passwords import MemoryPasswords
from tests.integration.storage.conftest import Store

ADA, BOB = User("u-ada", "Ada"), User("u-bob", "ADA")


def test_a_held_name_is_refused_to_others_and_renewed_by_its_holder(store: Store) -> None:
    later = int(time.time()) + 100
    assert store.names.hold("ada", ADA, later)
    assert not store.names.hold("ada", BOB, later)
    assert store.names.hold("ada", ADA, later + 100)
    assert store.names.hold("bob", BOB, later)


def test_a_name_is_held_with_its_looks_or_not_at_all(store: Store) -> None:
    later = int(time.time()) + 100
    assert store.names.hold("ada", ADA, later, ("ada", "Ada"))
    for looks in (("ada", "other"), ("other", "Ada")):
        assert not store.names.hold("bob", BOB, later, looks)
    assert store.names.holder("bob") is None
    assert store.names.hold("bob", BOB, later, ("Ada", "ada"))  # each place has looks of its own
    assert store.names.hold("ada", ADA, later + 100, ("ada", "Ada"))


def test_of_many_who_come_at_once_with_names_that_look_alike_one_is_let_in(atomic_store: Store) -> None:
    later = int(time.time()) + 100
    people = [User(f"u-{n}", f"name {n}") for n in range(8)]

    def hold(user: User) -> bool:
        return atomic_store.names.hold(user.name, user, later, ("same", user.name))

    with ThreadPoolExecutor(len(people)) as crowd:
        assert sum(crowd.map(hold, people)) == 1


def test_a_name_is_free_again_when_its_time_is_over(store: Store) -> None:
    assert store.names.hold("ada", ADA, int(time.time()) - 10)
    assert store.names.hold("ada", BOB, int(time.time()) + 100)


def test_a_name_that_is_kept_outlives_every_token_until_it_is_released(store: Store) -> None:
    later, looks = int(time.time()) + 100, ("ada", "Ada")
    assert store.names.hold("ada", ADA, later, looks)
    assert store.names.keeper("ada") is None
    assert not store.names.keep("ada", BOB, looks)
    assert store.names.keep("ada", ADA, looks)
    assert store.names.hold("ada", ADA, int(time.time()) - 1, looks)  # as when its holder's token is renewed
    assert store.names.keeper("ada") == ADA.id
    assert not store.names.hold("ada", BOB, later, looks)
    assert not store.names.hold("aba", BOB, later, looks)
    store.names.release("ada", ADA, int(time.time()) - 1, looks)
    assert store.names.keeper("ada") is None
    assert store.names.hold("ada", BOB, later, looks)


def test_a_password_s_hash_is_kept_replaced_and_forgotten(store: Store) -> None:
    kept: StoredPasswords = MemoryPasswords()
    if store.client is not None:
        kept = DynamoPasswords(Table(store.client, store.messages_table, CountedMetrics()))
    kept.drop(ADA.id)
    assert kept.of(ADA.id) is None
    for password in (StoredPassword("one", 1), StoredPassword("another", 2)):
        kept.put(ADA.id, password)
        assert kept.of(ADA.id) == password
    kept.drop(ADA.id)
    assert kept.of(ADA.id) is None


def test_the_first_key_is_made_once_and_long(store: Store) -> None:
    keys = store.secrets.token_keys()
    assert len(keys.newest) >= 32
    assert keys.valid == (keys.newest,)
    assert store.secrets.token_keys() == keys


def begin(store: Store, source: str, window: int) -> Attempt:
    return store.attempts.begin(source, window, 2, 1_900_000_000)


def test_attempts_are_counted_by_source_and_window(store: Store) -> None:
    begun = [begin(store, "10.0.0.1", 7) for _ in range(4)]
    assert begun == [Attempt.BEGUN, Attempt.BEGUN, Attempt.BUSY, Attempt.BUSY]
    assert begin(store, "10.0.0.1", 8) is Attempt.BEGUN
    assert begin(store, "10.0.0.2", 7) is Attempt.BEGUN


def test_an_attempt_that_was_right_does_not_count(store: Store) -> None:
    for _ in range(5):
        assert begin(store, "10.0.0.1", 7) is Attempt.BEGUN
        store.attempts.succeeded("10.0.0.1", 7)
    begun = [begin(store, "10.0.0.1", 7) for _ in range(3)]
    assert begun == [Attempt.BEGUN, Attempt.BEGUN, Attempt.BUSY]


def test_attempts_are_refused_once_as_many_were_wrong(store: Store) -> None:
    for _ in range(2):
        assert begin(store, "10.0.0.1", 7) is Attempt.BEGUN
        store.attempts.failed("10.0.0.1", 7)
    assert begin(store, "10.0.0.1", 7) is Attempt.REFUSED


def test_many_attempts_at_once_are_limited_to_those_allowed(atomic_store: Store) -> None:
    with ThreadPoolExecutor(16) as pool:
        begun = pool.map(lambda _: begin(atomic_store, "10.0.0.1", 7), range(32))
        assert list(begun).count(Attempt.BEGUN) == 2
