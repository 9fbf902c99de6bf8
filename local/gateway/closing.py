"""Answer a client that closes: an endpoint echoes the status code that it received (RFC 6455, 5.5.1)."""

import asyncio
import contextlib

from aiohttp import WSMessage, WSMsgType, web


async def echo_close(socket: web.WebSocketResponse, transport: asyncio.Transport, message: WSMessage) -> None:
    """Answer a close frame with its own status code, and one without a code with none."""
    # The client may have hung up already, without waiting for an answer.
    with contextlib.suppress(ConnectionError):
        if message.data:
            await socket.close(code=int(message.data), drain=False)
            return
        await socket.send_frame(b"", WSMsgType.CLOSE)
    # aiohttp closes with a code of its own what is still open when its handler returns.
    transport.close()
