"""What functions get of a request, and what is said if they get or answer nothing."""

import asyncio
import json
from typing import Any, cast

import pytest

from local.gateway.integration import EventTooLargeError, Integration, IntegrationTimeoutError
from local.lambdas.invocation import Result
from local.lambdas.worker_pools import WorkerPools


class Echo:
    """A pools whose functions answer with the event's host."""

    async def invoke(self, function: str, payload: bytes) -> Result:
        host = json.loads(payload)["host"]
        return Result(json.dumps({"statusCode": 200, "body": host}).encode(), "1")


async def test_bytes_that_are_no_text_reach_a_function_as_question_marks() -> None:
    event: dict[str, Any] = {"host": b"a\xff\xfe".decode("utf-8", "surrogateescape")}
    response = await Integration(cast(WorkerPools, Echo()), 5, 1000).call("api", event)
    assert response.body == "a??"


async def test_an_event_beyond_lambdas_limit_does_not_reach_the_function() -> None:
    limited = Integration(cast(WorkerPools, Echo()), 5, event_bytes=20)
    assert (await limited.call("api", {"host": "12345678"})).body == "12345678"
    with pytest.raises(EventTooLargeError, match="21 bytes exceeds Lambda's limit of 20 bytes"):
        await limited.call("api", {"host": "123456789"})


async def test_a_function_that_is_too_slow_is_named_with_the_limit() -> None:
    class Slow:
        async def invoke(self, function: str, payload: bytes) -> Result:
            await asyncio.sleep(1)
            return Result(b"{}", "1")

    with pytest.raises(IntegrationTimeoutError, match=r"api did not answer within 0\.01 s, the integration"):
        await Integration(cast(WorkerPools, Slow()), 0.01, 1000).call("api", {})
