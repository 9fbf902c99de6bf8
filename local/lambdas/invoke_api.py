"""Lambda's ``Invoke``: ``RequestResponse``, ``Event`` with retries, and ``DryRun``, as boto3 calls it."""

import asyncio
import json
from collections.abc import Callable
from urllib.parse import unquote

from aiohttp import web

from local.lambdas.invocation import ThrottledError
from local.lambdas.variables import function_arn, function_name
from local.lambdas.worker_pools import UnknownFunctionError, WorkerPools
from local.limits import LambdaLimits

INVOKE_PATH = "/2015-03-31/functions/{name}/invocations"


class InvokeApi:
    """The HTTP side of ``Invoke``, and the queue of asynchronous events."""

    def __init__(
        self, pools: WorkerPools, limits: LambdaLimits, region: str, print_line: Callable[[str, str], None]
    ) -> None:
        self._pools = pools
        self._limits = limits
        self._region = region
        self._print_line = print_line
        self._events: set[asyncio.Task[None]] = set()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one ``Invoke`` request."""
        name = function_name(unquote(request.match_info["name"]))
        kind = request.headers.get("X-Amz-Invocation-Type", "RequestResponse")
        payload = await request.read() or b"{}"
        if name not in self._pools.by_function:
            arn = function_arn(self._region, name)
            return _error(404, "ResourceNotFoundException", f"Function not found: {arn}")
        limit = self._limits.event_bytes if kind == "Event" else self._limits.request_bytes
        if len(payload) > limit:
            sentence = f"{len(payload)} bytes are too many for the {kind} invocation type (limit {limit})"
            return _error(413, "RequestTooLargeException", sentence)
        try:
            json.loads(payload)
        except ValueError as error:
            sentence = f"Could not parse request body into json: {error}"
            return _error(400, "InvalidRequestContentException", sentence)
        if kind == "DryRun":
            return web.Response(status=204)
        if kind == "Event":
            return self._accept(name, payload)
        return await self._run(name, payload)

    async def stop(self) -> None:
        """Cancel the events that wait for a retry; no event outlives the stack."""
        for task in self._events:
            task.cancel()
        await asyncio.gather(*self._events, return_exceptions=True)

    async def _run(self, name: str, payload: bytes) -> web.Response:
        try:
            result = await self._pools.invoke(name, payload)
        except ThrottledError as error:
            return _error(429, "TooManyRequestsException", f"Rate Exceeded. {error}")
        headers = {"X-Amz-Executed-Version": "$LATEST", "x-amzn-RequestId": result.request_id}
        if result.is_error:
            headers["X-Amz-Function-Error"] = "Unhandled"
        return web.Response(body=result.payload, headers=headers, content_type="application/json")

    def _accept(self, name: str, payload: bytes) -> web.Response:
        task = asyncio.create_task(self._deliver(name, payload))
        self._events.add(task)
        task.add_done_callback(self._events.discard)
        return web.Response(status=202)

    async def _deliver(self, name: str, payload: bytes) -> None:
        """Run an asynchronous event; while the function fails, retry after each pause."""
        short = self._pools.by_function[name].function.short_name
        attempts = len(self._limits.retry_seconds) + 1
        for attempt in range(1, attempts + 1):
            failure = await self._failure_of(name, payload)
            if failure is None:
                return
            if attempt < attempts:
                pause = self._limits.retry_seconds[attempt - 1]
                self._print_line(
                    short, f"asynchronous event failed, retry {attempt} in {pause:g} s: {failure}"
                )
                await asyncio.sleep(pause)
            else:
                self._print_line(short, f"asynchronous event dropped after {attempts} attempts: {failure}")

    async def _failure_of(self, name: str, payload: bytes) -> str | None:
        try:
            result = await self._pools.invoke(name, payload)
        except (ThrottledError, UnknownFunctionError) as error:
            return str(error)
        return result.payload.decode("utf-8", "replace")[:500] if result.is_error else None


def _error(status: int, code: str, message: str) -> web.Response:
    body = {"Type": "User" if status < 500 else "Service", "Message": message, "message": message}
    return web.json_response(body, status=status, headers={"x-amzn-ErrorType": code})
