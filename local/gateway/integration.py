"""Lambda proxy integration: run a function on an event and read what it answers, within 29 seconds."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Protocol

from local.lambdas.invocation import ThrottledError
from local.lambdas.worker_pools import WorkerPools


class IntegrationError(Exception):
    """The function failed, was throttled, or returned an invalid response for a proxy integration."""


class FunctionFailedError(IntegrationError):
    """The function raised or ended, and its output says so. The message is Lambda's error document."""

    @property
    def error_message(self) -> str | None:
        """The message that the function raised with, if the document has one."""
        try:
            return str(json.loads(str(self))["errorMessage"])
        except (ValueError, TypeError, KeyError):
            return None


class IntegrationTimeoutError(Exception):
    """The function did not answer in time. It goes on running, as on AWS."""


class EventTooLargeError(IntegrationError):
    """The event exceeds what Lambda takes from API Gateway."""


@dataclass(frozen=True)
class ProxyResponse:
    """What a handler returned."""

    status: int
    headers: dict[str, list[str]]
    body: str
    is_base64: bool


class FunctionCaller(Protocol):
    """What the APIs need of functions."""

    async def run(self, function: str, event: dict[str, Any]) -> bytes:
        """Run a function on an event (see :meth:`Integration.run`)."""

    async def call(self, function: str, event: dict[str, Any]) -> ProxyResponse:
        """Run a function on an event and read its answer (see :meth:`Integration.call`)."""


class Integration:
    """Implements ``FunctionCaller``: runs functions in their worker pools."""

    def __init__(self, pools: WorkerPools, timeout_seconds: float, event_bytes: int) -> None:
        self._pools = pools
        self._timeout_seconds = timeout_seconds
        self._event_bytes = event_bytes
        self._running: set[asyncio.Task[Any]] = set()

    async def call(self, function: str, event: dict[str, Any]) -> ProxyResponse:
        """Run ``function`` on ``event`` and read what a proxy integration may answer.

        Raises
        ------
        IntegrationError
            The answer is malformed; and whatever :meth:`run` raises.
        """
        return parse_response(await self.run(function, event))

    async def run(self, function: str, event: dict[str, Any]) -> bytes:
        """Run ``function`` on ``event``; return the JSON of what it returned.

        Raises
        ------
        EventTooLargeError
            The event is larger than Lambda allows; the function does not run.
        IntegrationTimeoutError
            After the integration timeout.
        FunctionFailedError
            The function raised or ended.
        IntegrationError
            It was throttled.
        """
        payload = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace")
        if len(payload) > self._event_bytes:
            raise EventTooLargeError(
                f"the event of {len(payload)} bytes exceeds Lambda's limit of {self._event_bytes} bytes"
            )
        task = asyncio.create_task(self._pools.invoke(function, payload))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        done, _ = await asyncio.wait({task}, timeout=self._timeout_seconds)
        if not done:
            raise IntegrationTimeoutError(
                f"{function} did not answer within {self._timeout_seconds:g} s, the integration timeout of "
                "API Gateway; it goes on running"
            )
        try:
            result = task.result()
        except ThrottledError as error:
            raise IntegrationError(str(error)) from error
        if result.is_error:
            raise FunctionFailedError(result.payload.decode("utf-8", "replace"))
        return result.payload


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
