"""Clients that do not speak HTTP, or stop in the middle of it.

aiohttp waits for the rest of a request for ever, and prints what it could not parse. API Gateway does
neither. Here a connection on which no request is complete ends after half a minute, and what a request held
that could not be read, a token perhaps, is in no log.
"""

import asyncio
import logging
from collections.abc import Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestHandler

REQUEST_SECONDS = 30.0
_SWEEP_SECONDS = 1.0


def request_logger(report: Callable[[str], None]) -> logging.Logger:
    """Return a logger for aiohttp's server that says nothing of a request that could not be parsed."""

    class Reporting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info[1] if record.exc_info else None
            if isinstance(error, HttpProcessingError):
                report(f"a request that is not HTTP was refused with {error.code}")
            elif record.levelno >= logging.WARNING:
                logging.getLogger("aiohttp.server").handle(record)

    logger = logging.Logger("local.gateway.requests")
    logger.addHandler(Reporting())
    return logger


async def close_half_open(
    server: web.Server, seconds: float = REQUEST_SECONDS, sweep_seconds: float = _SWEEP_SECONDS
) -> None:
    """Close a server's connections on which no request is complete after so long; runs until cancelled."""
    waiting: dict[RequestHandler, float] = {}
    now = asyncio.get_running_loop().time
    while True:
        await asyncio.sleep(sweep_seconds)
        # aiohttp has no public way to ask whether it handles a request; its version is pinned.
        idle = [connection for connection in server.connections if connection._current_request is None]
        waiting = {connection: waiting.get(connection, now()) for connection in idle}
        for connection, since in waiting.items():
            if now() - since >= seconds and connection.transport is not None:
                connection.transport.abort()
