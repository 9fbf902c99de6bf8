"""One invocation of a function, and what came of it, in the shapes that Lambda uses."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Result:
    """What Lambda answers: the payload, and whether it describes an error of the function."""

    payload: bytes
    request_id: str
    is_error: bool = False


@dataclass
class Invocation:
    """An event on its way through a pool. ``result`` is set exactly once."""

    payload: bytes
    result: asyncio.Future[Result]
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    deadline_ms: int = 0

    def succeed(self, payload: bytes) -> None:
        """Settle with what the handler returned."""
        self._settle(Result(payload, self.request_id))

    def fail_with(self, payload: bytes) -> None:
        """Settle with an error document that the runtime client wrote."""
        self._settle(Result(payload, self.request_id, is_error=True))

    def fail(self, error_type: str, message: str) -> None:
        """Settle with an error that the service itself reports, worded as AWS does."""
        document = {"errorType": error_type, "errorMessage": f"RequestId: {self.request_id} Error: {message}"}
        self.fail_with(json.dumps(document).encode())

    def _settle(self, result: Result) -> None:
        if not self.result.done():
            self.result.set_result(result)


class ThrottledError(Exception):
    """The function's queue is full (``TooManyRequestsException``)."""
