"""A Chalice application's WebSocket handlers, unmodified, behind the local gateway."""

import asyncio
import base64
import json
from typing import Any

import aiohttp
import pytest


async def test_the_application_answers_through_chalices_websocket_api(connect: Any, ask: Any) -> None:
    async with connect() as socket:
        assert await ask(socket, "grüße 👋") == "echo grüße 👋"


async def test_an_own_client_with_the_documented_endpoint_reaches_the_connection(
    connect: Any, ask: Any
) -> None:
    async with connect() as socket:
        assert await ask(socket, "own-client") == "from an own client"


async def test_a_binary_message_reaches_the_handler_in_base64(connect: Any) -> None:
    async with connect() as socket:
        await socket.send_bytes(b"\x00\xff\xfe")
        event = json.loads(await socket.receive_str(timeout=30))
    assert event["isBase64Encoded"] is True and base64.b64decode(event["body"]) == b"\x00\xff\xfe"


@pytest.mark.parametrize(
    ("query", "status"), [("?mode=refuse", 403), ("?mode=refuse&status=401", 401), ("?mode=raise", 502)]
)
async def test_connect_refuses_the_handshake(connect: Any, query: str, status: int) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with connect(query):
            pass
    assert refused.value.status == status


async def test_connect_chooses_the_subprotocol(connect: Any) -> None:
    async with connect("?mode=subprotocol", protocols=("chat.v1", "chat.v2")) as socket:
        assert socket.protocol == "chat.v1"


async def test_a_post_inside_connect_is_gone(connect: Any, stack: Any, eventually: Any) -> None:
    async with connect("?mode=post") as socket:
        await eventually(lambda: "posted inside connect outcome=WebsocketDisconnectedError" in stack.output)
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.1)


async def test_one_client_posts_to_another(connect: Any, ask: Any) -> None:
    async with connect() as sender, connect() as receiver:
        target = json.loads(await ask(receiver, "event"))["requestContext"]["connectionId"]
        await sender.send_str(f"post {target} hello there")
        assert await receiver.receive_str(timeout=30) == "hello there"
        assert await sender.receive_str(timeout=30) == "posted"


async def test_a_post_to_one_who_left_raises_chalices_error(connect: Any, ask: Any) -> None:
    async with connect() as gone:
        target = json.loads(await ask(gone, "event"))["requestContext"]["connectionId"]
    async with connect() as sender:
        assert await ask(sender, f"post {target} hello") == "WebsocketDisconnectedError"


@pytest.mark.parametrize("command", ["raise", "crash", "kill", "sleep 10"])
async def test_a_handler_that_fails_sends_an_error_frame_and_serves_on(
    connect: Any, ask: Any, command: str
) -> None:
    async with connect() as socket:
        frame = json.loads(await ask(socket, command))
        assert frame["message"] == "Internal server error"
        assert set(frame) == {"message", "connectionId", "requestId"}
        assert await ask(socket, "again") == "echo again"


async def test_disconnect_reaches_its_handler(connect: Any, ask: Any, stack: Any, eventually: Any) -> None:
    async with connect() as socket:
        me = json.loads(await ask(socket, "event"))["requestContext"]["connectionId"]
        await socket.close(code=4007, message=b"tired")

    def told() -> bool:
        lines = [line for line in stack.output.splitlines() if "disconnect event" in line and me in line]
        return any('"disconnectStatusCode": 4007' in line and "tired" in line for line in lines)

    await eventually(told)


async def test_a_hundred_clients_at_once_are_served(connect: Any, ask: Any) -> None:
    async def one(number: int) -> str:
        async with connect() as socket:
            return str(await ask(socket, f"number {number}"))

    answers = await asyncio.gather(*map(one, range(100)))
    assert answers == [f"echo number {number}" for number in range(100)]
