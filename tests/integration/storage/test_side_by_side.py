"""Frames of one connection run side by side: a join and a leave between each other's requests."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.connections import DynamoConnections
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import User
from chalicelib.metrics import NoMetrics
from tests.integration.storage.conftest import ALLOWANCE, tables

ADA = Connection("Abc-_123=", User("u-ada", "Ada"))
ROOM = "general"


class Interrupted:
    """A DynamoDB client that does something else before one of its requests, should there be so many."""

    def __init__(self, client: Any, before: int, something: Callable[[], object]) -> None:
        self._client = client
        self._before = before
        self._something = something

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(**arguments: Any) -> Any:
            if self._before == 0:
                self._something()
            self._before -= 1
            return method(**arguments)

        return call


class Setting:
    """Connections as two functions see them; the requests of one are interrupted by the other."""

    def __init__(self, endpoint: str) -> None:
        self.client, self.name, messages = tables(endpoint)
        self.messages = Table(self.client, messages, NoMetrics())
        table = Table(self.client, self.name, NoMetrics())
        self.connections = DynamoConnections(table, SystemClock(), ALLOWANCE, self.messages)
        self.connections.add(ADA)

    def interrupted(self, before: int, something: Callable[[], object]) -> DynamoConnections:
        client = Interrupted(self.client, before, something)
        table = Table(client, self.name, NoMetrics())
        return DynamoConnections(table, SystemClock(), ALLOWANCE, self.messages)

    def joined(self, shard: int = 0) -> Connection:
        self.connections.subscribe(ADA, ROOM, shard)
        return Connection(ADA.id, ADA.user, {ROOM: shard})

    def listed(self) -> list[int]:
        """Return the shards in which a removal of the connection finds a subscription."""
        shards = [shard for shard in (0, 1) if self.connections.subscribers(ROOM, shard)]
        removed = self.connections.remove(ADA.id)
        left = [shard for shard in (0, 1) if self.connections.subscribers(ROOM, shard)]
        assert left == [], "nothing outlives the connection"
        assert shards == (list(removed.rooms.values()) if removed else [])
        return shards


@pytest.fixture(params=["moto", "ministack"])
def setting(request: pytest.FixtureRequest) -> Setting:
    return Setting(request.getfixturevalue(f"{request.param}_url"))


@pytest.mark.parametrize("before", [0, 1])
def test_a_join_in_the_middle_of_a_leave_leaves_no_subscription_behind(setting: Setting, before: int) -> None:
    ada = setting.joined()
    leaving = setting.interrupted(before, lambda: setting.connections.subscribe(ada, ROOM, 0))
    leaving.unsubscribe(ada, ROOM)
    setting.listed()


@pytest.mark.parametrize("before", [0, 1])
def test_a_leave_in_the_middle_of_a_join_leaves_no_subscription_behind(setting: Setting, before: int) -> None:
    ada = setting.joined()
    joining = setting.interrupted(before, lambda: setting.connections.unsubscribe(ada, ROOM))
    assert joining.subscribe(ada, ROOM, 0) == 0
    setting.listed()


@pytest.mark.parametrize("before", [0, 1])
def test_two_joins_at_once_are_one_subscription(setting: Setting, before: int) -> None:
    joining = setting.interrupted(before, lambda: setting.connections.subscribe(ADA, ROOM, 1))
    shard = joining.subscribe(ADA, ROOM, 0)
    assert setting.listed() == [shard], "whoever subscribes learns where the subscription is"


@pytest.mark.parametrize("before", [0, 1])
def test_a_disconnect_in_the_middle_of_a_join_leaves_nothing(setting: Setting, before: int) -> None:
    joining = setting.interrupted(before, lambda: setting.connections.remove(ADA.id))
    joining.subscribe(ADA, ROOM, 0)
    setting.listed()


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_function_that_dies_while_it_removes_a_connection_leaves_no_subscription(
    setting: Setting, before: int
) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    setting.joined()
    try:
        setting.interrupted(before, die).remove(ADA.id)
        finished = True
    except KeyboardInterrupt:
        finished = False
    assert finished == (before == 2), "a removal is two requests"
    there = bool(setting.connections.subscribers(ROOM, 0))
    assert there == (setting.connections.spend(ADA.id) is not None), "both are there or neither"


@pytest.mark.parametrize("before", [0, 1])
def test_a_connection_that_joins_while_it_is_removed_leaves_nothing(setting: Setting, before: int) -> None:
    removed = setting.interrupted(before, setting.joined).remove(ADA.id)
    assert removed is not None
    assert removed.rooms == {ROOM: 0}
    assert setting.connections.subscribers(ROOM, 0) == []
