"""What functions get of a request that no text can hold."""

import json
from typing import Any, cast

from local.gateway.integration import Integration
from local.lambdas.invocation import Result
from local.lambdas.worker_pools import WorkerPools


class Echo:
    """A pools whose functions answer with the event's host."""

    async def invoke(self, function: str, payload: bytes) -> Result:
        host = json.loads(payload)["host"]
        return Result(json.dumps({"statusCode": 200, "body": host}).encode(), "1")


async def test_bytes_that_are_no_text_reach_a_function_as_question_marks() -> None:
    event: dict[str, Any] = {"host": b"a\xff\xfe".decode("utf-8", "surrogateescape")}
    response = await Integration(cast(WorkerPools, Echo()), 5).call("api", event)
    assert response.body == "a??"
