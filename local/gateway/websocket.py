"""A WebSocket API: handshakes, messages and disconnects, each routed to its function."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable
from typing import Any

from aiohttp import WebSocketError, WSCloseCode, WSMsgType, web

from local.application import Application
from local.gateway.closing import ABNORMAL, echo_close, expiry, record_close, violation
from local.gateway.connections import DID_NOT_READ, Connection, Connections, GoneError, Phase
from local.gateway.frames import limit_frames
from local.gateway.integration import (
    FunctionCaller,
    FunctionFailedError,
    IntegrationError,
    IntegrationTimeoutError,
)
from local.gateway.request_data import forwarded_headers, now_ms
from local.gateway.websocket_events import connect_event, disconnect_event, message_event
from local.limits import GatewayLimits

_DISCONNECT_TIMEOUT_SECONDS = 3
_SUBPROTOCOL = "sec-websocket-protocol"


class WebSocketApi:
    """Accepts connections for one application."""

    def __init__(
        self,
        application: Application,
        api_id: str,
        integration: FunctionCaller,
        connections: Connections,
        limits: GatewayLimits,
        report: Callable[[str], None],
    ) -> None:
        self._routes = application.websocket_routes
        self._stage = application.api_stage
        self._api_id = api_id
        self._integration = integration
        self._connections = connections
        self._limits = limits
        self._report = report
        self._serving: set[asyncio.Task[object]] = set()
        self._disconnects: set[asyncio.Task[None]] = set()
        self._closing = False

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one client from its handshake to its end."""
        if request.headers.get("Upgrade", "").lower() != "websocket":
            message = {"message": "Upgrade Required"}
            return web.json_response(message, status=426, headers={"Upgrade": "websocket"})
        if self._closing:
            return web.json_response({"message": "Service Unavailable"}, status=503)
        connection = Connection(
            source_ip=request.remote or "127.0.0.1",
            user_agent=request.headers.get("User-Agent"),
            domain=request.host,
            headers=forwarded_headers(request),
        )
        refusal, protocols = await self._connect(connection, request)
        if refusal is not None:
            return refusal
        socket = web.WebSocketResponse(
            protocols=protocols,
            # aiohttp refuses a message of exactly its limit.
            max_msg_size=self._limits.message_bytes + 1,
            compress=False,
            autoping=False,
            # Its answer to a close frame would always be 1000.
            autoclose=False,
            timeout=2,
            # Sending never waits for the client: Connections bounds what is unread.
            writer_limit=sys.maxsize,
        )
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        try:
            # The application has accepted the client, so ``$disconnect`` must run as well.
            try:
                await socket.prepare(request)
            except ConnectionResetError:
                return socket  # the client went away during its own handshake
            transport = request.transport
            if isinstance(transport, asyncio.Transport) and not self._closing:
                limit_frames(socket, request, self._limits.frame_bytes)
                self._connections.add(connection, socket, transport)
                await self._serve(connection, socket)
        finally:
            self._connections.remove(connection)
            self._run_disconnect(connection)
        return socket

    async def stop(self) -> None:
        """Refuse new clients, close all with 1001, and let ``$disconnect`` run for a short while."""
        self._closing = True
        await self._connections.close_all(WSCloseCode.GOING_AWAY, "Going away")
        for tasks in (self._serving, self._disconnects):
            if tasks:
                await asyncio.wait(set(tasks), timeout=_DISCONNECT_TIMEOUT_SECONDS)

    async def _connect(
        self, connection: Connection, request: web.Request
    ) -> tuple[web.Response | None, tuple[str, ...]]:
        """Invoke ``$connect``; return its refusal, if it refused, and the subprotocol that it chose."""
        function = self._routes.get("$connect")
        if function is None:
            return None, ()
        event = connect_event(connection, list(request.query.items()), self._api_id, self._stage)
        try:
            response = await self._integration.call(function, event)
        except IntegrationTimeoutError as error:
            self._say(connection, "$connect", error)
            return self._refuse(connection, event, 504, "Endpoint request timed out"), ()
        except IntegrationError as error:
            self._say(connection, "$connect", error)
            return self._refuse(connection, event, 502, "Internal server error"), ()
        if not 200 <= response.status < 300:
            refused = "Forbidden" if response.status == 403 else "Connection refused"
            return self._refuse(connection, event, response.status, refused), ()
        chosen = [
            v for name, values in response.headers.items() if name.lower() == _SUBPROTOCOL for v in values
        ]
        return None, tuple(chosen)

    @staticmethod
    def _refuse(connection: Connection, event: dict[str, Any], status: int, message: str) -> web.Response:
        request_id = event["requestContext"]["requestId"]
        body = {"message": message, "connectionId": connection.id, "requestId": request_id}
        return web.json_response(body, status=status, headers={"x-amzn-RequestId": request_id})

    async def _serve(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        """Read messages until either side closes the connection, and handle them concurrently."""
        loop = asyncio.get_running_loop()
        end_of_life = loop.time() + self._limits.lifetime_seconds
        slots = asyncio.Semaphore(self._limits.events_in_flight)
        running: set[asyncio.Task[None]] = set()
        while True:
            remaining = min(self._until_idle(connection), end_of_life - loop.time())
            if remaining <= 0:
                idle = self._until_idle(connection) <= 0
                self._report(f"{connection.id} is closed with 1001: {expiry(self._limits, idle=idle)}")
                closing = self._connections.close(connection, WSCloseCode.GOING_AWAY, "Going away")
                if closing is not None:
                    # Returning earlier would let aiohttp close first, with a code of its own.
                    await closing
                return
            try:
                message = await socket.receive(timeout=remaining)
            except TimeoutError:
                # Something may have been posted meanwhile, which does not wake the reader.
                continue
            if message.type is WSMsgType.PING:
                connection.touch()
                with contextlib.suppress(ConnectionError):
                    await socket.pong(message.data)
            elif message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                connection.touch()
                await slots.acquire()
                task = asyncio.create_task(self._handle_message(connection, message.data))
                running.add(task)
                task.add_done_callback(running.discard)
                task.add_done_callback(lambda _: slots.release())
            elif message.type is not WSMsgType.PONG:
                record_close(connection, socket, message)
                if isinstance(message.data, WebSocketError):
                    sentence = violation(self._limits, message.data)
                    self._report(f"{connection.id} is closed with {message.data.code}: {sentence}")
                if message.type is WSMsgType.CLOSE and connection.transport is not None:
                    await echo_close(socket, connection.transport, message)
                return

    def _until_idle(self, connection: Connection) -> float:
        """Seconds until the connection has had no traffic in either direction for the idle time."""
        return self._limits.idle_seconds - (now_ms() - connection.last_active_at_ms) / 1000

    async def _handle_message(self, connection: Connection, body: str | bytes) -> None:
        """Run the function of the message's route; send the client a frame only if it fails."""
        route = self._route_of(body)
        event = message_event(connection, route, body, self._api_id, self._stage)
        function = self._routes.get(route)
        if function is None:
            await self._send_error_frame(connection, event, "Forbidden")
            return
        try:
            await self._integration.call(function, event)
        except (IntegrationError, IntegrationTimeoutError) as error:
            self._say(connection, route, error)
            await self._send_error_frame(connection, event, "Internal server error")

    def _route_of(self, body: str | bytes) -> str:
        """Chalice's route selection expression: ``$request.body.action``, otherwise ``$default``."""
        custom = self._routes.keys() - {"$connect", "$default", "$disconnect"}
        if custom and isinstance(body, str):
            with contextlib.suppress(ValueError, TypeError, KeyError):
                action = json.loads(body)["action"]
                return str(action) if action in custom else "$default"
        return "$default"

    async def _send_error_frame(self, connection: Connection, event: dict[str, Any], message: str) -> None:
        frame = {
            "message": message,
            "connectionId": connection.id,
            "requestId": event["requestContext"]["requestId"],
        }
        with contextlib.suppress(GoneError):
            await self._connections.send(connection, json.dumps(frame).encode())

    def _run_disconnect(self, connection: Connection) -> None:
        """Run ``$disconnect`` in the background: the client is gone already."""
        connection.phase = Phase.CLOSED
        if connection.close_reason == DID_NOT_READ:
            self._report(f"{connection.id} is cut off: {self._limits.send_buffer_bytes} bytes are unread")
        function = self._routes.get("$disconnect")
        if function is None:
            return
        if connection.close_code is None:
            connection.close_code, connection.close_reason = int(WSCloseCode.ABNORMAL_CLOSURE), ABNORMAL
        event = disconnect_event(connection, self._api_id, self._stage)
        task = asyncio.create_task(self._disconnect(function, event))
        self._disconnects.add(task)
        task.add_done_callback(self._disconnects.discard)

    async def _disconnect(self, function: str, event: dict[str, Any]) -> None:
        try:
            await self._integration.call(function, event)
        except (IntegrationError, IntegrationTimeoutError) as error:
            connection_id = event["requestContext"]["connectionId"]
            self._report(f"$disconnect of {connection_id} failed: {error}")

    def _say(self, connection: Connection, route: str, error: Exception) -> None:
        """Print why a client got an error, unless the function has printed that itself."""
        if not isinstance(error, FunctionFailedError):
            self._report(f"{route} of {connection.id}: {error}")
