"""Parts of an event that WebSocket and REST APIs share: ids, times, headers and query strings."""

import base64
import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from aiohttp import web


def opaque_id() -> str:
    """An id in the shape of API Gateway's connection and message ids: 15 characters and ``=``."""
    return base64.urlsafe_b64encode(os.urandom(11)).decode("ascii")


def now_ms() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


def request_time(milliseconds: int) -> str:
    """CLF-formatted time, for example ``22/Nov/2026:10:00:00 +0000``."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")


def trace_id() -> str:
    """Root of an X-Ray trace that starts now."""
    return f"Root=1-{int(time.time()):08x}-{os.urandom(12).hex()}"


def last_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One value for each name: the last one, as API Gateway does."""
    return dict(pairs)


def all_values(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Every value for each name."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def forwarded_headers(request: web.Request) -> list[tuple[str, str]]:
    """The client's headers in their order and spelling, and those that API Gateway adds."""
    hop_by_hop = {"connection", "upgrade", "keep-alive", "transfer-encoding"}
    headers = [
        (name.decode("latin-1"), value.decode("utf-8", "replace"))
        for name, value in request.raw_headers
        if name.decode("latin-1").lower() not in hop_by_hop
    ]
    return [
        *headers,
        ("X-Amzn-Trace-Id", trace_id()),
        ("X-Forwarded-For", request.remote or "127.0.0.1"),
        ("X-Forwarded-Port", request.host.rpartition(":")[2]),
        ("X-Forwarded-Proto", "http"),
    ]
