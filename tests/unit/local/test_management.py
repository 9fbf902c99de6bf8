"""The ``@connections`` API, called as boto3 calls it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import boto3
import pytest
from botocore.config import Config

from local.limits import GatewayLimits

KIB = 1024


def client(gateway: Any, prefix: str = "/ws") -> Any:
    return boto3.client(
        "apigatewaymanagementapi",
        endpoint_url=gateway.url(prefix),
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"max_attempts": 1}),
    )


async def call(function: Any, **arguments: Any) -> Any:
    return await asyncio.to_thread(function, **arguments)


@pytest.mark.parametrize("prefix", ["/ws", "/api"])
async def test_post_reaches_the_client_as_text(gateway: Any, prefix: str) -> None:
    async with gateway.connect() as socket:
        management = client(gateway, prefix)
        answer = await call(
            management.post_to_connection,
            ConnectionId=await gateway.connection_id(),
            Data="grüße 👋".encode(),
        )
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
        message = await socket.receive(timeout=30)
    assert (message.type, message.data) == (aiohttp.WSMsgType.TEXT, "grüße 👋")


async def test_posting_to_an_unknown_connection_is_gone(gateway: Any) -> None:
    management = client(gateway)
    with pytest.raises(management.exceptions.GoneException) as gone:
        await call(management.post_to_connection, ConnectionId="AAAAAAAAAAAAAAA=", Data=b"x")
    assert gone.value.response["ResponseMetadata"]["HTTPStatusCode"] == 410


async def test_posting_after_the_client_left_is_gone(gateway: Any) -> None:
    async with gateway.connect():
        connection_id = await gateway.connection_id()
    await gateway.functions.wait_for("disconnect")
    management = client(gateway)
    with pytest.raises(management.exceptions.GoneException):
        await call(management.post_to_connection, ConnectionId=connection_id, Data=b"x")


async def test_nothing_can_be_posted_before_connect_returned(gateway: Any) -> None:
    management = client(gateway)
    outcomes: list[str] = []

    async def behave(event: dict[str, Any]) -> None:
        connection_id = event["requestContext"]["connectionId"]
        try:
            await call(management.post_to_connection, ConnectionId=connection_id, Data=b"too early")
        except management.exceptions.GoneException:
            outcomes.append("gone")

    gateway.functions.behaviours["connect"] = behave
    async with gateway.connect() as socket:
        assert outcomes == ["gone"]
        await call(management.post_to_connection, ConnectionId=await gateway.connection_id(), Data=b"now")
        assert await socket.receive_str(timeout=30) == "now"


async def test_128_kib_can_be_posted_and_not_a_byte_more(gateway: Any) -> None:
    async with gateway.connect() as socket:
        management, connection_id = client(gateway), await gateway.connection_id()
        await call(management.post_to_connection, ConnectionId=connection_id, Data=b"x" * 128 * KIB)
        assert len(await socket.receive_str(timeout=30)) == 128 * KIB
        with pytest.raises(management.exceptions.PayloadTooLargeException) as refused:
            await call(management.post_to_connection, ConnectionId=connection_id, Data=b"x" * (128 * KIB + 1))
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


async def test_get_tells_who_and_since_when(gateway: Any) -> None:
    async with gateway.connect(headers={"User-Agent": "probe/1"}) as socket:
        management, connection_id = client(gateway), await gateway.connection_id()
        before = await call(management.get_connection, ConnectionId=connection_id)
        assert before["Identity"] == {"SourceIp": "127.0.0.1", "UserAgent": "probe/1"}
        assert abs(before["ConnectedAt"] - datetime.now(UTC)) < timedelta(minutes=1)
        await asyncio.sleep(0.01)
        await socket.send_str("active")
        await gateway.functions.wait_for("message")
        after = await call(management.get_connection, ConnectionId=connection_id)
    assert after["ConnectedAt"] == before["ConnectedAt"]
    assert after["LastActiveAt"] > before["LastActiveAt"]


async def test_delete_closes_the_clients_socket(gateway: Any) -> None:
    async with gateway.connect() as socket:
        management, connection_id = client(gateway), await gateway.connection_id()
        answer = await call(management.delete_connection, ConnectionId=connection_id)
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
        message = await socket.receive(timeout=30)
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1000)
    [event] = await gateway.functions.wait_for("disconnect")
    assert event["requestContext"]["disconnectReason"] == "Connection Closed Normally"
    with pytest.raises(management.exceptions.GoneException):
        await call(management.delete_connection, ConnectionId=connection_id)
    with pytest.raises(management.exceptions.GoneException):
        await call(management.get_connection, ConnectionId=connection_id)


async def test_a_post_during_the_closing_is_gone(serve: Any) -> None:
    async with serve(limits=replace(GatewayLimits(), idle_seconds=60)) as gateway, gateway.connect():
        management, connection_id = client(gateway), await gateway.connection_id()
        gateway.connections.close(gateway.connections.get(connection_id), 1001, "Going away")
        with pytest.raises(management.exceptions.GoneException):
            await call(management.post_to_connection, ConnectionId=connection_id, Data=b"x")


async def test_a_post_from_a_web_page_is_refused(gateway: Any) -> None:
    async with gateway.connect():
        url = gateway.url(f"/ws/@connections/{await gateway.connection_id()}")
        headers = {"Origin": "https://example.org"}
        async with gateway.session.post(url, data=b"x", headers=headers) as response:
            assert response.status == 403
