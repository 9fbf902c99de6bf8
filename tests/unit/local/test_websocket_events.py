"""The events of a WebSocket API have the fields that AWS documents."""

import asyncio
import base64
import re
import struct
from typing import Any

import aiohttp
import pytest

CONTEXT = {
    "routeKey", "eventType", "extendedRequestId", "requestTime", "messageDirection", "stage", "connectedAt",
    "requestTimeEpoch", "identity", "requestId", "domainName", "connectionId", "apiId",
}  # fmt: skip


async def test_connect_carries_headers_query_and_the_whole_context(gateway: Any) -> None:
    headers = {"User-Agent": "probe/1", "X-Twice": "kept"}
    async with gateway.connect("/ws?token=a&tag=x&tag=y", headers=headers):
        [event] = await gateway.functions.wait_for("connect")
    context = event["requestContext"]
    assert set(context) == CONTEXT
    assert context["routeKey"] == "$connect" and context["eventType"] == "CONNECT"
    assert context["stage"] == "api" and context["apiId"] == "api1234567"
    assert context["messageDirection"] == "IN"
    assert context["domainName"] == f"127.0.0.1:{gateway.server.port}"
    assert context["identity"] == {"sourceIp": "127.0.0.1", "userAgent": "probe/1"}
    assert re.fullmatch(r"[\w-]{15}=", context["connectionId"])
    assert re.fullmatch(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000", context["requestTime"])
    assert context["requestTimeEpoch"] >= context["connectedAt"] > 1_600_000_000_000
    assert event["queryStringParameters"] == {"token": "a", "tag": "y"}
    assert event["multiValueQueryStringParameters"] == {"token": ["a"], "tag": ["x", "y"]}
    assert event["headers"]["X-Twice"] == "kept" and event["multiValueHeaders"]["X-Twice"] == ["kept"]
    assert event["headers"]["X-Forwarded-For"] == "127.0.0.1"
    assert event["isBase64Encoded"] is False and "body" not in event


async def test_connect_without_a_query_has_no_query_fields(gateway: Any) -> None:
    async with gateway.connect():
        [event] = await gateway.functions.wait_for("connect")
    assert "queryStringParameters" not in event and "multiValueQueryStringParameters" not in event


async def test_a_message_carries_its_body_and_id_but_no_headers(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await socket.send_str("grüße 👋")
        [event] = await gateway.functions.wait_for("message")
    context = event["requestContext"]
    assert set(context) == CONTEXT | {"messageId"}
    assert context["routeKey"] == "$default" and context["eventType"] == "MESSAGE"
    assert event["body"] == "grüße 👋" and event["isBase64Encoded"] is False
    assert "headers" not in event and "multiValueHeaders" not in event


async def test_a_binary_message_comes_in_base64(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await socket.send_bytes(b"\x00\xff")
        [event] = await gateway.functions.wait_for("message")
    assert event["isBase64Encoded"] is True and base64.b64decode(event["body"]) == b"\x00\xff"


async def test_connected_at_and_the_connection_id_stay_while_request_ids_change(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await asyncio.sleep(0.01)
        await socket.send_str("one")
        await socket.send_str("two")
        await gateway.functions.wait_for("message", 2)
    await gateway.functions.wait_for("disconnect")
    contexts = [event["requestContext"] for _, event in gateway.functions.events]
    assert len(contexts) == 4
    assert len({each["connectedAt"] for each in contexts}) == 1
    assert len({each["connectionId"] for each in contexts}) == 1
    assert len({each["requestId"] for each in contexts}) == 4
    assert contexts[1]["requestTimeEpoch"] > contexts[0]["connectedAt"]


async def test_disconnect_says_how_the_client_left(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await socket.close(code=4001, message=b"had enough")
    [event] = await gateway.functions.wait_for("disconnect")
    context = event["requestContext"]
    assert set(context) == CONTEXT | {"disconnectStatusCode", "disconnectReason"}
    assert context["routeKey"] == "$disconnect" and context["eventType"] == "DISCONNECT"
    assert (context["disconnectStatusCode"], context["disconnectReason"]) == (4001, "had enough")
    assert {"Host", "X-Forwarded-For", "x-api-key", "x-restapi"} <= set(event["headers"])
    assert set(event["headers"]) == set(event["multiValueHeaders"])
    assert "User-Agent" not in event["headers"]


async def test_disconnect_runs_for_a_client_that_vanishes(gateway: Any) -> None:
    async with gateway.connect() as socket:
        # Reset the TCP connection, as a lost network would.
        raw = socket.get_extra_info("socket")
        raw.setsockopt(1, 13, struct.pack("ii", 1, 0))
        socket._response.connection.transport.abort()
        [event] = await gateway.functions.wait_for("disconnect")
    assert event["requestContext"]["disconnectStatusCode"] == 1006


@pytest.mark.parametrize("code", [4001, 1000, 1001, 3999])
async def test_a_close_is_answered_with_its_own_code(gateway: Any, code: int) -> None:
    async with gateway.connect() as socket:
        await socket.close(code=code)
        # What the client was answered, not what it sent.
        assert socket.close_code == code
    [event] = await gateway.functions.wait_for("disconnect")
    assert event["requestContext"]["disconnectStatusCode"] == code


async def test_a_close_frame_without_a_code_is_1005_and_answered_without_one(gateway: Any) -> None:
    async with gateway.connect(autoclose=False) as socket:
        socket._response.connection.transport.write(b"\x88\x80abcd")
        answer = await socket.receive(timeout=30)
        assert (answer.type, answer.data) == (aiohttp.WSMsgType.CLOSE, 0)
        assert (await socket.receive(timeout=30)).type is not aiohttp.WSMsgType.CLOSE, "one close frame alone"
        [event] = await gateway.functions.wait_for("disconnect")
    assert event["requestContext"]["disconnectStatusCode"] == 1005
