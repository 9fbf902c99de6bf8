"""How a connection ends: what is remembered and said of it, and what a client that closes is answered."""

import asyncio
import contextlib

from aiohttp import WebSocketError, WSCloseCode, WSMessage, WSMsgType, web

from local.gateway.connections import Connection
from local.gateway.frames import FrameTooLargeError
from local.limits import GatewayLimits

ABNORMAL = "Connection closed abnormally"
_REASONS = {1000: "Normal Closure", 1001: "Going away", 1005: "Client-side close frame status not set"}


def record_close(connection: Connection, socket: web.WebSocketResponse, message: WSMessage) -> None:
    """Remember how the connection ended, unless this side has ended it."""
    if connection.close_code is not None:
        return
    code = message.data.code if isinstance(message.data, WebSocketError) else socket.close_code
    if message.type is WSMsgType.CLOSE:
        code = int(message.data) or 1005
        connection.close_reason = str(message.extra or "") or _REASONS.get(code, "")
    elif message.type is WSMsgType.CLOSED or not code or code == WSCloseCode.OK:
        code = WSCloseCode.ABNORMAL_CLOSURE
        connection.close_reason = ABNORMAL
    else:
        connection.close_reason = WSCloseCode(code).name.replace("_", " ").capitalize()
    connection.close_code = int(code)


def violation(limits: GatewayLimits, error: WebSocketError) -> str:
    """What a client did that its connection is closed for."""
    if isinstance(error, FrameTooLargeError):
        return f"a frame exceeds API Gateway's limit of {limits.frame_bytes} bytes"
    if error.code == WSCloseCode.MESSAGE_TOO_BIG:
        return f"a message exceeds API Gateway's limit of {limits.message_bytes} bytes"
    return str(error)


def expiry(limits: GatewayLimits, *, idle: bool) -> str:
    """Which limit on its time a connection has reached."""
    if idle:
        return f"no traffic for API Gateway's limit of {limits.idle_seconds:g} s"
    return f"it is as old as API Gateway's limit of {limits.lifetime_seconds:g} s"


async def echo_close(socket: web.WebSocketResponse, transport: asyncio.Transport, message: WSMessage) -> None:
    """Answer a close frame with its own status code (RFC 6455, 5.5.1), and one without a code with none."""
    # The client may have hung up already, without waiting for an answer.
    with contextlib.suppress(ConnectionError):
        if message.data:
            await socket.close(code=int(message.data), drain=False)
            return
        await socket.send_frame(b"", WSMsgType.CLOSE)
    # aiohttp closes with a code of its own what is still open when its handler returns.
    transport.close()
