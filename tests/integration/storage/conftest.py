"""The repositories on three stores: the fake, moto and MiniStack, whose tables are those of the template."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.files import DynamoUploads
from chalicelib.domain.allowance import Allowance
from chalicelib.service.file_ports import Uploads
from chalicelib.service.ports import Clock
from chalicelib.service.repositories import Repositories
from local.emulator.testing import running_ministack
from testkit import memory
from testkit.fakes import CountedMetrics
from testkit.world import World

TEMPLATE = Path(__file__).parents[3] / "deploy_extras" / "template.yaml"
ALLOWANCE = Allowance(per_second=0.1, burst=3)  # so slowly that no emulator is slower
_stages = (f"test{n}" for n in itertools.count(1))


@dataclass(frozen=True)
class Store(Repositories):
    """Every repository on one store, and for DynamoDB what it is reached by."""

    client: Any = None
    messages_table: str = ""

    @classmethod
    def of(cls, stored: Repositories, **reached: Any) -> "Store":
        return cls(**{field.name: getattr(stored, field.name) for field in fields(stored)}, **reached)


def uploads(store: Store) -> Uploads:
    """Return the uploads on a store."""
    if isinstance(store.log, memory.MemoryLog):
        return store.log.uploads
    return DynamoUploads(Table(store.client, store.messages_table, CountedMetrics()), SystemClock())


def client(service: str, endpoint: str) -> Any:
    """Return a client of an emulator."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def ministack_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_ministack(
        tmp_path_factory.mktemp("ministack"), services=("dynamodb", "s3", "cloudformation")
    ) as url:
        yield url


def tables(endpoint: str) -> tuple[Any, str, str]:
    """Make fresh tables like those of the template; return a client and the names of both."""
    stage = next(_stages)
    dynamodb = client("dynamodb", endpoint)
    names = [f"undertone-{stage}-{table}" for table in ("connections", "messages")]
    for name, like in zip(names, _template_tables(endpoint), strict=True):
        dynamodb.create_table(TableName=name, **like)
        dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    return dynamodb, names[0], names[1]


@cache
def _template_tables(endpoint: str) -> list[dict[str, Any]]:
    """Make the tables by the template, once for each emulator; return what they are made of.

    The whole template takes an emulator much longer than two tables.
    """
    client("cloudformation", endpoint).create_stack(
        StackName="template",
        TemplateBody=TEMPLATE.read_text(),
        Parameters=[{"ParameterKey": "Stage", "ParameterValue": "template"}],
    )
    dynamodb = client("dynamodb", endpoint)
    found = []
    for table in ("connections", "messages"):
        name = f"undertone-template-{table}"
        dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
        made = dynamodb.describe_table(TableName=name)["Table"]
        like: dict[str, Any] = {key: made[key] for key in ("KeySchema", "AttributeDefinitions")}
        indexes = {key for key in made if key.endswith("SecondaryIndexes") and made[key]}
        assert not indexes, f"{name} has {indexes}: copy them here as well"
        found.append({**like, "BillingMode": "PAY_PER_REQUEST"})
    return found


def on_dynamodb(endpoint: str) -> Store:
    """Return the repositories on an emulator."""
    dynamodb, connections_name, messages_name = tables(endpoint)
    stored = repositories_on(dynamodb, connections_name, messages_name, ALLOWANCE)
    return Store.of(stored, client=dynamodb, messages_table=messages_name)


def repositories_on(
    client: Any, connections_name: str, messages_name: str, allowance: Allowance
) -> Repositories:
    """Return the repositories on two tables."""
    metrics = CountedMetrics()
    connections = Table(client, connections_name, metrics)
    return repositories(connections, Table(client, messages_name, metrics), SystemClock(), allowance)


def world_on(client: Any, connections_name: str, messages_name: str, clock: Clock | None = None) -> World:
    """Return a chat whose storage is real; everything else is fake."""
    stored = repositories_on(client, connections_name, messages_name, memory.UNLIMITED)
    return World(clock=clock or SystemClock(), repositories=stored)


def in_memory() -> Store:
    """Return the fakes."""
    return Store.of(memory.repositories(SystemClock(), ALLOWANCE))


@pytest.fixture(params=["memory", "moto", "ministack"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return in_memory()
    return on_dynamodb(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def atomic_store(ministack_url: str) -> Store:
    """Return the repositories where a condition and its write are one, as on DynamoDB; moto has two steps."""
    return on_dynamodb(ministack_url)


@pytest.fixture(params=["moto", "ministack"])
def dynamodb_store(request: pytest.FixtureRequest) -> Store:
    return on_dynamodb(request.getfixturevalue(f"{request.param}_url"))
