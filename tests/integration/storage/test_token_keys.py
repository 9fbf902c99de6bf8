"""Keys are rotated while functions run, on both emulators."""

from collections.abc import Callable

import pytest

from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.token_keys import DynamoSecrets
from chalicelib.domain.token_keys import KEY_REST_SECONDS, KEYS_KNOWN_SECONDS
from chalicelib.errors import Unauthorized
from testkit import memory
from testkit.clock import FakeClock
from testkit.fakes import CountedMetrics
from testkit.world import World
from tests.integration.storage.conftest import Store

HERE = "192.0.2.1"
Worker = Callable[[], World]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def operator(dynamodb_store: Store, clock: FakeClock) -> DynamoSecrets:
    return secrets(dynamodb_store, clock)


@pytest.fixture
def worker(dynamodb_store: Store, clock: FakeClock) -> Worker:
    """Return what starts a function's process, which keeps the keys that it knows."""

    def start() -> World:
        stored = memory.repositories(clock, secrets=secrets(dynamodb_store, clock))
        return World(clock=clock, repositories=stored)

    return start


def secrets(store: Store, clock: FakeClock) -> DynamoSecrets:
    return DynamoSecrets(Table(store.client, store.messages_table, CountedMetrics()), clock)


def test_a_token_outlives_one_rotation_and_not_two(
    worker: Worker, operator: DynamoSecrets, clock: FakeClock
) -> None:
    token = worker().chat.sessions.create("Ada", None, HERE).token
    operator.rotate()
    clock.sleep(KEY_REST_SECONDS)
    assert worker().chat.sessions.check(token).user.name == "Ada"
    operator.rotate()
    with pytest.raises(Unauthorized):
        worker().chat.sessions.check(token)


def test_a_warm_worker_notices_a_rotation_within_two_minutes(
    worker: Worker, operator: DynamoSecrets, clock: FakeClock
) -> None:
    warm = worker().chat.sessions
    token = warm.create("Ada", None, HERE).token
    operator.rotate()
    operator.rotate()
    clock.sleep(KEYS_KNOWN_SECONDS - 1)
    assert warm.check(token)
    clock.sleep(1)
    with pytest.raises(Unauthorized):
        warm.check(token)


def test_no_worker_signs_with_a_key_that_another_does_not_know(
    worker: Worker, operator: DynamoSecrets, clock: FakeClock
) -> None:
    warm = worker().chat.sessions
    warm.create("Ada", None, HERE)
    operator.rotate()
    # A new worker knows the new key at once, the warm one not yet; later both sign with it.
    for second in range(0, KEY_REST_SECONDS + 60, 20):
        token = worker().chat.sessions.create(f"Ben {second}", None, HERE).token
        assert warm.check(token).user.name == f"Ben {second}"
        clock.sleep(20)


def test_a_key_that_signs_after_its_rest_is_the_new_one(
    worker: Worker, operator: DynamoSecrets, clock: FakeClock
) -> None:
    worker()
    operator.rotate()
    clock.sleep(KEY_REST_SECONDS)
    token = worker().chat.sessions.create("Ada", None, HERE).token
    operator.rotate()
    assert worker().chat.sessions.check(token).user.name == "Ada"


def test_a_key_from_before_rotation_existed_is_kept(dynamodb_store: Store, clock: FakeClock) -> None:
    dynamodb_store.client.put_item(
        TableName=dynamodb_store.messages_table,
        Item={"pk": {"S": "secret"}, "sk": {"S": "token"}, "secret": {"S": "old"}},
    )
    operator = secrets(dynamodb_store, clock)
    assert operator.token_keys().valid == ("old",)
    assert operator.rotate().valid[1:] == ("old",)


def test_of_two_rotations_at_once_one_is_refused(
    dynamodb_store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = secrets(dynamodb_store, clock), secrets(dynamodb_store, clock)
    read = one._stored

    def read_then_be_overtaken() -> object:
        found = read()
        other.rotate()
        return found

    monkeypatch.setattr(one, "_stored", read_then_be_overtaken)
    with pytest.raises(ConditionFailed):
        one.rotate()
