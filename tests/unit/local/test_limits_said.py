"""A limit that a request or an answer reaches is named in one line for whoever develops the application."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from local.application import Method
from local.gateway.integration import (
    EventTooLargeError,
    FunctionFailedError,
    IntegrationError,
    IntegrationTimeoutError,
    ProxyResponse,
)
from local.limits import GatewayLimits

ROUTES = {"/things/{id}": {"GET": Method(None), "POST": Method(None)}}


def raising(error: Exception) -> Any:
    async def behave(event: dict[str, Any]) -> ProxyResponse:
        raise error

    return behave


@pytest.fixture
def rest(serve: Any, describe: Any) -> Callable[..., Any]:
    return lambda limits=None: serve(describe(rest_routes=ROUTES), limits)


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (IntegrationTimeoutError("no answer within 29 s"), 504, "Endpoint request timed out"),
        (EventTooLargeError("7 bytes exceed 6"), 413, "Request Too Long"),
        (IntegrationError("1000 events wait already"), 502, "Internal server error"),
    ],
)
async def test_an_answer_of_the_gateways_own_says_why_in_one_line(
    rest: Any, error: Exception, status: int, message: str
) -> None:
    async with rest() as gateway:
        gateway.functions.behaviours["sample-dev"] = raising(error)
        async with gateway.session.get(gateway.url("/api/things/secret?token=secret")) as response:
            assert (response.status, await response.json()) == (status, {"message": message})
        # Neither the path nor the query: they may hold what is secret.
        assert gateway.said == [f"GET /things/{{id}} {status}: {error}"]


async def test_a_function_that_failed_has_said_so_itself(rest: Any) -> None:
    async with rest() as gateway:
        gateway.functions.behaviours["sample-dev"] = raising(FunctionFailedError("{}"))
        async with gateway.session.get(gateway.url("/api/things/1")) as response:
            assert response.status == 502
        assert gateway.said == []


async def test_a_body_beyond_the_payload_limit_is_named_with_the_limit(rest: Any) -> None:
    async with rest(replace(GatewayLimits(), rest_payload_bytes=1000)) as gateway:
        async with gateway.session.post(gateway.url("/api/things/1"), data=b"x" * 1001) as response:
            assert response.status == 413
            assert await response.text() == "HTTP content length exceeded 1000 bytes."
        assert gateway.said == ["POST /things/{id} 413: the body exceeds API Gateway's limit of 1000 bytes"]
        assert not gateway.functions.events


async def test_an_answer_beyond_the_payload_limit_is_named_with_the_limit(rest: Any) -> None:
    async with rest(replace(GatewayLimits(), rest_payload_bytes=1000)) as gateway:

        async def behave(event: dict[str, Any]) -> ProxyResponse:
            return ProxyResponse(200, {}, "x" * 1001, False)

        gateway.functions.behaviours["sample-dev"] = behave
        async with gateway.session.get(gateway.url("/api/things/1")) as response:
            assert response.status == 502
        [line] = gateway.said
    assert "1001 bytes exceeds API Gateway's limit of 1000 bytes" in line


async def test_a_connect_handler_that_is_too_slow_is_named(gateway: Any) -> None:
    gateway.functions.behaviours["connect"] = raising(IntegrationTimeoutError("no answer within 29 s"))
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await gateway.connect()
    [line] = gateway.said
    assert line.startswith("$connect of ") and line.endswith("no answer within 29 s")


async def test_a_message_handler_that_is_too_slow_is_named(gateway: Any) -> None:
    gateway.functions.behaviours["message"] = raising(IntegrationTimeoutError("no answer within 29 s"))
    async with gateway.connect() as socket:
        await socket.send_str("hello")
        assert "Internal server error" in await socket.receive_str(timeout=30)
    [line] = gateway.said
    assert line.startswith("$default of ") and line.endswith("no answer within 29 s")


@pytest.mark.parametrize(
    ("changed", "sent", "line"),
    [
        (
            {"frame_bytes": 10},
            "x" * 11,
            "is closed with 1009: a frame exceeds API Gateway's limit of 10 bytes",
        ),
        ({"message_bytes": 10}, "x" * 12, "with 1009: a message exceeds API Gateway's limit of 10 bytes"),
        ({"idle_seconds": 0.05}, None, "with 1001: no traffic for API Gateway's limit of 0.05 s"),
        ({"lifetime_seconds": 0.05}, None, "with 1001: it is as old as API Gateway's limit of 0.05 s"),
    ],
)
async def test_a_connection_that_a_limit_closes_is_named_with_the_limit(
    serve: Any, changed: dict[str, Any], sent: str | None, line: str
) -> None:
    async with serve(limits=replace(GatewayLimits(), **changed)) as gateway, gateway.connect() as socket:
        if sent:
            await socket.send_str(sent)
        await socket.receive(timeout=30)
        [said] = gateway.said
    assert line in said
