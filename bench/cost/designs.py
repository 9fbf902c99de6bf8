"""Both designs with their real code on DynamoDB's emulator and the simulated endpoint, in this process."""

import importlib.util
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

import boto3
import yaml
from botocore.credentials import Credentials

from bench import senders
from bench.cost.meter import Meter
from bench.room.designs import FixedClassifier, Invoke, LocalInvoker
from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.connections import LIFETIME_SECONDS
from chalicelib.adapters.dynamodb.repositories import repositories
from chalicelib.adapters.dynamodb.table import Table
from chalicelib.adapters.dynamodb.values import pack
from chalicelib.adapters.poster import Poster
from chalicelib.domain.allowance import Allowance
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import User
from chalicelib.entrypoints import websocket
from chalicelib.service.repositories import Repositories
from chalicelib.wiring import Chat, assemble
from testkit.fakes import CountedMetrics
from testkit.ports import ports

SIMPLE = Path(__file__).parents[1] / "simple_app"
SENDERS = 8
Handle = Callable[[Mapping[str, Any]], None]


class Ours:
    """The application; a room's subscribers are written as joins do, without what else a join costs."""

    name = "ours"

    def __init__(self, session: Any, aws_url: str, endpoint: str) -> None:
        self.meter = Meter(session)
        self._endpoint = endpoint
        self._clock = SystemClock()
        self._client = session.create_client("dynamodb", endpoint_url=aws_url)
        environment = _environment(Path(__file__).parents[2] / "chalice_app")
        self._connections = Table(self._client, environment["CONNECTIONS_TABLE"], CountedMetrics())
        self._messages = Table(self._client, environment["MESSAGES_TABLE"], CountedMetrics())
        self._room = ""
        self._ids: Sequence[str] = ()

    def fill(self, connection_ids: Sequence[str]) -> None:
        """Let these be the connections of a new room."""
        self._room, self._ids = f"room-of-{len(connection_ids)}", connection_ids
        known = self._repositories().connections
        for number, connection_id in enumerate(connection_ids[:SENDERS]):
            user = User(f"{number:026d}", f"Person {number}")
            connection = Connection(connection_id, user)
            known.add(connection)
            known.subscribe(connection, self._room, 0)
        expires = self._clock.now() // 1000 + LIFETIME_SECONDS
        items = [
            {
                **keys.subscription(self._room, 0, connection_id),
                **pack({"user": f"{number:026d}", "name": f"Person {number}", "expires": expires}),
            }
            for number, connection_id in enumerate(connection_ids)
        ]
        write_all(self._client, self._connections.name, items)

    def chat(self, invoke: Invoke, **more: Any) -> Chat:
        """Return the chat of one execution environment; `more` are ports that a message needs not."""
        poster = Poster(
            self._endpoint,
            credentials=Credentials(senders.ACCESS_KEY, senders.SECRET_KEY),
            region=senders.REGION,
        )
        replaced = {
            "repositories": self._repositories(),
            "poster": poster,
            "invoker": LocalInvoker(invoke),
            "classifier": FixedClassifier(),
            **more,
        }
        return assemble(ports(self._clock, **replaced), access_code=None, token_hours=1)

    def worker(self, invoke: Invoke) -> Handle:
        """Return one execution environment."""
        chat = self.chat(invoke)

        def handle(event: Mapping[str, Any]) -> None:
            if "room" in event:
                websocket.deliver(chat, dict(event))
                return
            kinds = {"CONNECT": websocket.connect, "DISCONNECT": websocket.disconnect}
            kinds.get(event["requestContext"].get("eventType", ""), websocket.message)(chat, dict(event))

        return handle

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        """Return the event of one message."""
        frame = {"action": "send", "room": self._room, "id": identifier, "text": text}
        who = self._ids[number % min(SENDERS, len(self._ids))]
        return {"requestContext": {"connectionId": who}, "body": json.dumps(frame)}

    def _repositories(self) -> Repositories:
        return repositories(
            self._connections, self._messages, self._clock, Allowance(1e6, 1_000_000), "s" * 32
        )


class Simple:
    """The chat that the public samples build."""

    name = "simple"

    def __init__(self, session: Any, aws_url: str, endpoint: str, cleanup: ExitStack) -> None:
        self.meter = Meter(session)
        environment = _environment(SIMPLE) | {
            "AWS_ENDPOINT_URL_DYNAMODB": aws_url,
            "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": endpoint,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": senders.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": senders.SECRET_KEY,
        }
        cleanup.enter_context(mock.patch.dict(os.environ, environment))
        counted = boto3.Session(botocore_session=session)
        cleanup.enter_context(mock.patch.object(boto3, "DEFAULT_SESSION", counted))
        self._client = session.create_client("dynamodb", endpoint_url=aws_url)
        template = yaml.safe_load((SIMPLE / "template.yaml").read_text("utf-8"))
        for resource in template["Resources"].values():
            self._client.create_table(**resource["Properties"])
        spec = importlib.util.spec_from_file_location("bench_simple_app", SIMPLE / "app.py")
        if spec is None or spec.loader is None:
            raise RuntimeError(f"{SIMPLE / 'app.py'} cannot be loaded")
        self._module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._module)
        posts = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint, region_name=senders.REGION)
        self._module.app.websocket_api = _Posts(posts)
        self._table = environment["SIMPLE_CONNECTIONS"]

    def fill(self, connection_ids: Sequence[str]) -> None:
        """Let these be all connections; those of a smaller room stay among them."""
        write_all(self._client, self._table, [{"connectionId": {"S": one}} for one in connection_ids])

    def worker(self, invoke: Invoke) -> Handle:
        """Return one execution environment."""
        return lambda event: self._module.message(dict(event), None)

    def message(self, number: int, identifier: str, text: str) -> Mapping[str, Any]:
        """Return the event of one message."""
        frame = {"action": "send", "room": "general", "id": identifier, "text": text}
        context = {
            "connectionId": f"sender-{number}=",
            "domainName": "localhost",
            "apiId": "simple",
            "stage": "api",
        }
        return {"requestContext": context, "body": json.dumps(frame)}


class _Posts:
    """Chalice's ``websocket_api`` on a client that goes to the simulated endpoint."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def configure(self, *_: object, **__: object) -> None:
        """The endpoint is known already."""

    def send(self, connection_id: str, message: str) -> None:
        """Post, as Chalice does."""
        self._client.post_to_connection(ConnectionId=connection_id, Data=message.encode())


def _environment(app: Path) -> dict[str, str]:
    config = json.loads((app / ".chalice" / "config.json").read_text("utf-8"))
    variables: dict[str, str] = config["stages"]["local"]["environment_variables"]
    return variables


def write_all(client: Any, table: str, items: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(items), 25):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        client.batch_write_item(RequestItems={table: puts})
