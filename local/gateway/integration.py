"""Lambda proxy integration: run a function on an event and read what it answers, within 29 seconds."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Protocol

from local.lambdas.invocation import ThrottledError
from local.lambdas.worker_pools import WorkerPools


class IntegrationError(Exception):
    """The function raised, was throttled, or returned an invalid response for a proxy integration."""


class IntegrationTimeoutError(Exception):
    """The function did not answer in time. It goes on running, as on AWS."""


@dataclass(frozen=True)
class ProxyResponse:
    """What a handler returned."""

    status: int
    headers: dict[str, list[str]]
    body: str
    is_base64: bool


class FunctionCaller(Protocol):
    """What the APIs need of functions."""

    async def call(self, function: str, event: dict[str, Any]) -> ProxyResponse:
        """Run a function on an event (see :meth:`Integration.call`)."""


class Integration:
    """Implements ``FunctionCaller``: runs functions in their worker pools."""

    def __init__(self, pools: WorkerPools, timeout_seconds: float) -> None:
        self._pools = pools
        self._timeout_seconds = timeout_seconds
        self._running: set[asyncio.Task[Any]] = set()

    async def call(self, function: str, event: dict[str, Any]) -> ProxyResponse:
        """Run ``function`` on ``event``.

        Raises
        ------
        IntegrationTimeoutError
            After the integration timeout.
        IntegrationError
            The function failed or its answer is malformed.
        """
        payload = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace")
        task = asyncio.create_task(self._pools.invoke(function, payload))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        done, _ = await asyncio.wait({task}, timeout=self._timeout_seconds)
        if not done:
            raise IntegrationTimeoutError(function)
        try:
            result = task.result()
        except ThrottledError as error:
            raise IntegrationError(str(error)) from error
        if result.is_error:
            raise IntegrationError(result.payload.decode("utf-8", "replace"))
        return parse_response(result.payload)


def parse_response(payload: bytes) -> ProxyResponse:
    """Read the answer of a handler.

    Raises
    ------
    IntegrationError
        It is not an object with an integer ``statusCode`` and fields of the right types.
    """
    try:
        answer = json.loads(payload)
        status = int(answer["statusCode"])
    except (ValueError, TypeError, KeyError) as error:
        text = payload.decode("utf-8", "replace")[:200]
        raise IntegrationError(f"Malformed Lambda proxy response: {text}") from error
    headers = {str(name): [_header_value(value)] for name, value in (answer.get("headers") or {}).items()}
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        # Both kinds of headers may be given; the same pair given twice is sent once.
        merged = headers.setdefault(str(name), [])
        merged += [text for text in map(_header_value, values) if text not in merged]
    body = answer.get("body")
    text = "" if body is None else body if isinstance(body, str) else json.dumps(body)
    return ProxyResponse(status, headers, text, bool(answer.get("isBase64Encoded")))


def _header_value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
