"""Views that answer in JSON, whatever happens in them."""

import functools
import logging
import math
from collections.abc import Callable, Mapping

from chalice.app import Response

from chalicelib.errors import ChatError, Unavailable
from chalicelib.metrics import Metric
from chalicelib.protocol import errors
from chalicelib.protocol.entries import Json, encode
from chalicelib.wiring import bare_metrics

logger = logging.getLogger(__name__)

# A client that forgets to name JSON still gets an error in the protocol's envelope, if anything is wrong:
# Chalice's own answer to another content type has another shape.
CONTENT_TYPES = ["*/*"]


def in_json(view: Callable[..., Json | Response]) -> Callable[..., Response]:
    """Make a view answer in JSON, its errors too."""

    @functools.wraps(view)
    def answering(*arguments: str, **named: str) -> Response:
        try:
            answer = view(*arguments, **named)
        except ChatError as error:
            return _error(error)
        except Exception:
            logger.exception("a request could not be processed")
            bare_metrics().count(Metric.HANDLER_FAULTS)
            return _error(Unavailable("Something went wrong on our side; try again.", retry_after=1))
        return answer if isinstance(answer, Response) else respond(answer, 200)

    return answering


def _error(error: ChatError) -> Response:
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    return respond(errors.envelope(error), errors.status(error), headers)


def respond(body: Json, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return a body in JSON."""
    return Response(
        body=encode(body).decode(),
        status_code=status,
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Cache-Control": "no-store",
            **(headers or {}),
        },
    )
