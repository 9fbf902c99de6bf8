"""Handshakes, messages and failures of the WebSocket API."""

import asyncio
from typing import Any

import aiohttp
import pytest

from local.gateway.integration import IntegrationError, IntegrationTimeoutError, ProxyResponse


def answering(status: int, **headers: str) -> Any:
    async def behave(event: dict[str, Any]) -> ProxyResponse:
        return ProxyResponse(
            status, {name.replace("_", "-"): [value] for name, value in headers.items()}, "", False
        )

    return behave


def raising(error: Exception) -> Any:
    async def behave(event: dict[str, Any]) -> ProxyResponse:
        raise error

    return behave


@pytest.mark.parametrize("status", [400, 401, 403, 500])
async def test_a_refused_connect_refuses_the_handshake_with_its_status(gateway: Any, status: int) -> None:
    gateway.functions.behaviours["connect"] = answering(status)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await gateway.connect()
    assert refused.value.status == status
    assert not gateway.functions.of("disconnect")
    assert len(gateway.connections) == 0


async def test_a_connect_that_raises_refuses_with_502(gateway: Any) -> None:
    gateway.functions.behaviours["connect"] = raising(IntegrationError("boom"))
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await gateway.connect()
    assert refused.value.status == 502


async def test_a_connect_that_takes_too_long_refuses_with_504(gateway: Any) -> None:
    gateway.functions.behaviours["connect"] = raising(IntegrationTimeoutError("slow"))
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await gateway.connect()
    assert refused.value.status == 504


async def test_the_handshake_waits_for_connect(gateway: Any) -> None:
    decide = asyncio.Event()

    async def behave(event: dict[str, Any]) -> None:
        await decide.wait()

    gateway.functions.behaviours["connect"] = behave
    joining = asyncio.ensure_future(gateway.connect())
    await gateway.functions.wait_for("connect")
    done, _ = await asyncio.wait({joining}, timeout=0.1)
    assert not done
    decide.set()
    await (await joining).close()


async def test_the_subprotocol_that_connect_chooses_is_answered(gateway: Any) -> None:
    gateway.functions.behaviours["connect"] = answering(200, Sec_WebSocket_Protocol="chat.v2")
    async with gateway.connect(protocols=("chat.v1", "chat.v2")) as socket:
        assert socket.protocol == "chat.v2"


async def test_without_a_choice_no_subprotocol_is_answered(gateway: Any) -> None:
    async with gateway.connect(protocols=("chat.v1",)) as socket:
        assert socket.protocol is None


async def test_an_application_without_connect_handler_lets_everybody_in(serve: Any, describe: Any) -> None:
    async with (
        serve(describe(websocket_routes={"$default": "message"})) as gateway,
        gateway.connect() as socket,
    ):
        await socket.send_str("hello")
        await gateway.functions.wait_for("message")


async def test_the_stage_path_is_the_websocket_as_well(gateway: Any) -> None:
    async with gateway.connect("/api") as socket:
        await socket.send_str("hello")
        await gateway.functions.wait_for("message")


async def test_a_plain_request_is_told_to_upgrade(gateway: Any) -> None:
    async with gateway.session.get(gateway.url("/ws")) as response:
        assert response.status == 426


@pytest.mark.parametrize("error", [IntegrationError("boom"), IntegrationTimeoutError("slow")])
async def test_a_handler_that_fails_gets_the_client_an_error_frame(gateway: Any, error: Exception) -> None:
    gateway.functions.behaviours["message"] = raising(error)
    async with gateway.connect() as socket:
        await socket.send_str("hello")
        frame = await socket.receive_json(timeout=30)
        context = gateway.functions.of("message")[0]["requestContext"]
        assert frame == {
            "message": "Internal server error",
            "connectionId": context["connectionId"],
            "requestId": context["requestId"],
        }
        await socket.send_str("still open")
        await gateway.functions.wait_for("message", 2)


async def test_a_message_without_a_route_is_forbidden(serve: Any, describe: Any) -> None:
    async with (
        serve(describe(websocket_routes={"$connect": "connect"})) as gateway,
        gateway.connect() as socket,
    ):
        await socket.send_str("hello")
        frame = await socket.receive_json(timeout=30)
    assert frame["message"] == "Forbidden" and set(frame) == {"message", "connectionId", "requestId"}


async def test_the_body_that_a_message_handler_returns_is_not_sent(gateway: Any) -> None:
    async def behave(event: dict[str, Any]) -> ProxyResponse:
        return ProxyResponse(200, {}, "not for the client", False)

    gateway.functions.behaviours["message"] = behave
    async with gateway.connect() as socket:
        await socket.send_str("hello")
        await gateway.functions.wait_for("message")
        await socket.ping()
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.1)


async def test_messages_of_one_connection_are_handled_side_by_side(gateway: Any) -> None:
    both = asyncio.Barrier(2)
    met = asyncio.Semaphore(0)

    async def behave(event: dict[str, Any]) -> None:
        await asyncio.wait_for(both.wait(), 30)
        met.release()

    gateway.functions.behaviours["message"] = behave
    async with gateway.connect() as socket:
        await socket.send_str("one")
        await socket.send_str("two")
        await gateway.functions.wait_for("message", 2)
        for _ in range(2):
            await asyncio.wait_for(met.acquire(), 30)
        assert not both.broken


async def test_a_clients_ping_is_answered(gateway: Any) -> None:
    async with gateway.connect(autoping=False) as socket:
        await socket.ping(b"are you there")
        message = await socket.receive(timeout=30)
    assert message.type is aiohttp.WSMsgType.PONG and message.data == b"are you there"
    assert not gateway.functions.of("message")


async def test_stopping_closes_with_going_away_and_runs_disconnect(gateway: Any) -> None:
    async with gateway.connect() as socket:
        await gateway.websocket.stop()
        message = await socket.receive(timeout=30)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1001)
    [event] = gateway.functions.of("disconnect")
    assert event["requestContext"]["disconnectStatusCode"] == 1001


async def test_after_stopping_new_clients_are_refused(gateway: Any) -> None:
    await gateway.websocket.stop()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await gateway.connect()
    assert refused.value.status == 503
