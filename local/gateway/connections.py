"""The open WebSocket connections: what can be posted to, looked at and closed by id."""

import asyncio
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import WSCloseCode, web

from local.gateway.request_data import now_ms, opaque_id

DID_NOT_READ = "Connection did not read"
"""Close reason of a client that was cut off because it let too much wait."""

_CLOSE_TIMEOUT_SECONDS = 5.0


class Phase(Enum):
    """Where a connection stands. Only an open one can be posted to."""

    CONNECTING = "connecting"
    OPEN = "open"
    CLOSED = "closed"


class GoneError(Exception):
    """The connection does not exist, is not yet established, or is closed."""


@dataclass
class Connection:
    """The WebSocket of one client. Times are in milliseconds since 1970."""

    source_ip: str
    user_agent: str | None
    domain: str
    headers: list[tuple[str, str]]
    id: str = field(default_factory=opaque_id)
    connected_at_ms: int = field(default_factory=now_ms)
    last_active_at_ms: int = field(default_factory=now_ms)
    phase: Phase = Phase.CONNECTING
    socket: web.WebSocketResponse | None = None
    transport: asyncio.Transport | None = None
    close_code: int | None = None
    close_reason: str = ""

    def touch(self) -> None:
        """Note traffic in either direction."""
        self.last_active_at_ms = now_ms()


class Connections:
    """Registry of connections, and the only way to send to one."""

    def __init__(self, send_buffer_bytes: int) -> None:
        self._send_buffer_bytes = send_buffer_bytes
        self._by_id: dict[str, Connection] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._by_id)

    def add(
        self, connection: Connection, socket: web.WebSocketResponse, transport: asyncio.Transport
    ) -> None:
        """Make an accepted connection reachable."""
        connection.socket = socket
        connection.transport = transport
        connection.phase = Phase.OPEN
        self._by_id[connection.id] = connection

    def remove(self, connection: Connection) -> None:
        """Make a connection unreachable: from here on it is gone."""
        connection.phase = Phase.CLOSED
        self._by_id.pop(connection.id, None)

    def get(self, connection_id: str) -> Connection:
        """Find an open connection.

        Raises
        ------
        GoneError
            There is none with this id.
        """
        connection = self._by_id.get(connection_id)
        if connection is None:
            raise GoneError(connection_id)
        return connection

    async def send(self, connection: Connection, data: bytes) -> None:
        """Write one message without waiting for the client to read it.

        A client that does not read is cut off once its unread messages exceed the buffer: nobody waits.

        Raises
        ------
        GoneError
            It is closed, or was cut off.
        """
        socket, transport = connection.socket, connection.transport
        if (
            connection.phase is not Phase.OPEN
            or socket is None
            or transport is None
            or transport.is_closing()
        ):
            raise GoneError(connection.id)
        if transport.get_write_buffer_size() + len(data) > self._send_buffer_bytes:
            self.remove(connection)
            connection.close_code = WSCloseCode.ABNORMAL_CLOSURE
            connection.close_reason = DID_NOT_READ
            transport.abort()
            raise GoneError(connection.id)
        try:
            # Text, as API Gateway sends it; what is not UTF-8 could only be a binary frame.
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            sending = socket.send_bytes(data)
        else:
            sending = socket.send_str(text)
        try:
            await sending
        except ConnectionError as error:
            raise GoneError(connection.id) from error
        connection.touch()

    def close(self, connection: Connection, code: int, reason: str) -> asyncio.Task[None] | None:
        """Start to close from this side; the task that it returns need not be awaited."""
        if connection.socket is None or connection.transport is None or connection.phase is not Phase.OPEN:
            return None
        self.remove(connection)
        connection.close_code, connection.close_reason = code, reason
        task = asyncio.create_task(self._close(connection.socket, connection.transport, code, reason))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        return task

    async def close_all(self, code: int, reason: str) -> None:
        """Close every connection and wait for the clients' answers, for a short while."""
        for connection in list(self._by_id.values()):
            self.close(connection, code, reason)
        if self._closing:
            await asyncio.wait(set(self._closing), timeout=2)

    @staticmethod
    async def _close(
        socket: web.WebSocketResponse, transport: asyncio.Transport, code: int, reason: str
    ) -> None:
        await socket.close(code=code, message=reason.encode(), drain=False)
        # A client that does not even read the end would otherwise keep its socket and buffer.
        asyncio.get_running_loop().call_later(_CLOSE_TIMEOUT_SECONDS, transport.abort)
