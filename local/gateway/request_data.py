"""Parts of an event that WebSocket and REST APIs share: ids, times, headers and query strings."""

import base64
import os
import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from aiohttp import web

_PORT = re.compile(r":(\d+)$")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_NOT_FORWARDED = {
    # Of one hop alone.
    *("connection", "upgrade", "keep-alive", "transfer-encoding"),
    # Written anew.
    *("x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"),
}


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


def client_scheme(request: web.Request) -> str:
    """``https`` if a proxy in front of the stack says that it speaks TLS with the client, else ``http``."""
    return "https" if request.headers.get("X-Forwarded-Proto", "").lower() == "https" else "http"


def client_port(request: web.Request) -> str:
    """Port that the client called: the one in its ``Host`` header, otherwise the one of the scheme."""
    named = _PORT.search(request.host)
    return named[1] if named else _DEFAULT_PORTS[client_scheme(request)]


def host_name(request: web.Request) -> str:
    """The ``Host`` header without its port."""
    return _PORT.sub("", request.host)


def forwarded_headers(request: web.Request) -> list[tuple[str, str]]:
    """The client's headers in their order and spelling, and those that API Gateway adds or overwrites.

    Client addresses that proxies have named already stay in ``X-Forwarded-For``, before the client's own.
    """
    headers = [
        (name.decode("latin-1"), value.decode("utf-8", "replace")) for name, value in request.raw_headers
    ]
    addresses = [value for name, value in headers if name.lower() == "x-forwarded-for"]
    return [
        *((name, value) for name, value in headers if name.lower() not in _NOT_FORWARDED),
        ("X-Amzn-Trace-Id", request.headers.get("X-Amzn-Trace-Id") or trace_id()),
        ("X-Forwarded-For", ", ".join([*addresses, request.remote or "127.0.0.1"])),
        ("X-Forwarded-Port", client_port(request)),
        ("X-Forwarded-Proto", client_scheme(request)),
    ]
