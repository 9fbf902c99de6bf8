"""A WebSocket API in this process, with functions that are plain Python."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from local.application import Application, Method
from local.gateway.access import Access
from local.gateway.connections import Connections
from local.gateway.integration import ProxyResponse
from local.gateway.management import ManagementApi
from local.gateway.rest import RestApi
from local.gateway.server import public_application
from local.gateway.site import Site
from local.gateway.websocket import WebSocketApi
from local.limits import GatewayLimits

METHOD_ARNS = "arn:aws:execute-api:us-east-1:000000000000:api1234567/api"
OK = ProxyResponse(200, {}, "", False)
Behaviour = Callable[[dict[str, Any]], Awaitable[ProxyResponse | None]]


class PlainFunctions:
    """Implements ``FunctionCaller``: records every event and answers as told, otherwise with 200."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.behaviours: dict[str, Behaviour] = {}
        self.answers: dict[str, Any] = {}
        """What functions that are no proxy integrations answer: data, what makes them, or an exception."""
        self.changed = asyncio.Event()

    async def call(self, function: str, event: dict[str, Any]) -> ProxyResponse:
        self.events.append((function, event))
        self.changed.set()
        behaviour = self.behaviours.get(function)
        answer = await behaviour(event) if behaviour else None
        return answer or OK

    async def run(self, function: str, event: dict[str, Any]) -> bytes:
        self.events.append((function, event))
        answer = self.answers[function]
        if isinstance(answer, Exception):
            raise answer
        return json.dumps(answer(event) if callable(answer) else answer).encode()

    def of(self, function: str) -> list[dict[str, Any]]:
        return [event for name, event in self.events if name == function]

    async def wait_for(self, function: str, count: int = 1) -> list[dict[str, Any]]:
        async with asyncio.timeout(30):
            while len(self.of(function)) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.of(function)


class Gateway:
    """A served gateway and a client session."""

    def __init__(
        self,
        server: TestServer,
        session: aiohttp.ClientSession,
        functions: PlainFunctions,
        said: list[str],
    ) -> None:
        self.server = server
        self.session = session
        self.functions = functions
        self.said = said
        self.connections: Connections
        self.websocket: WebSocketApi

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))

    def connect(self, path: str = "/ws", **options: Any) -> Any:
        return self.session.ws_connect(self.url(path), **options)

    async def connection_id(self) -> str:
        """Id of the connection that was opened last."""
        events = await self.functions.wait_for("connect")
        return str(events[-1]["requestContext"]["connectionId"])


def application(**changes: Any) -> Application:
    values: dict[str, Any] = {
        "name": "sample",
        "stage": "dev",
        "api_stage": "api",
        "functions": {},
        "rest_routes": {"/": {"GET": Method(None)}},
        "websocket_routes": {"$connect": "connect", "$default": "message", "$disconnect": "disconnect"},
        "binary_types": ("image/png",),
    }
    return Application(**(values | changes))


@asynccontextmanager
async def serving(
    described: Application | None = None,
    limits: GatewayLimits | None = None,
    site: Site | None = None,
    identities: dict[str, dict[str, Any]] | None = None,
) -> AsyncIterator[Gateway]:
    described = described or application()
    limits = limits or GatewayLimits()
    functions = PlainFunctions()
    connections = Connections(limits.send_buffer_bytes)
    said: list[str] = []
    websocket = WebSocketApi(described, "api1234567", functions, connections, limits, said.append)
    access = Access(functions, method_arns=METHOD_ARNS, identities=identities or {}, api_key="the key")
    server = TestServer(
        public_application(
            api_stage=described.api_stage,
            site=site or Site(None, described, "1", {}),
            websocket=websocket if described.websocket_routes else None,
            rest=RestApi(described, "api1234567", functions, access, limits, said.append),
            management=ManagementApi(connections, limits),
            limits=limits,
        )
    )
    # As the stack serves it. Entering a server that runs does not start it again.
    await server.start_server(auto_decompress=False)
    async with server, aiohttp.ClientSession() as session:
        gateway = Gateway(server, session, functions, said)
        gateway.connections, gateway.websocket = connections, websocket
        yield gateway
        await websocket.stop()


@pytest.fixture
def serve() -> Callable[..., Any]:
    """Factory of gateways: ``async with serve(application(...), limits) as gateway``."""
    return serving


@pytest.fixture
def describe() -> Callable[..., Application]:
    """Factory of applications with three WebSocket functions and whatever is given."""
    return application


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    """A gateway with AWS's own limits."""
    async with serving() as served:
        yield served
