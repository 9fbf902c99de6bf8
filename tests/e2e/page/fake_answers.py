"""What the scripted service sends."""

import contextlib

from aiohttp import web

from .fake_room import Entry


async def tell(socket: web.WebSocketResponse, frame: Entry) -> None:
    with contextlib.suppress(ConnectionResetError):  # who is gone hears nothing
        await socket.send_json(frame)


def refusal(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"code": code, "message": message}, status=status)
