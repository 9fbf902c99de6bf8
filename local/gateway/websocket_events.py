"""Events of a WebSocket API in the shape of Lambda proxy integration.

Source: "Working with routes for WebSocket APIs" and "WebSocket API mapping template reference" of the API
Gateway documentation. As there, headers are part of ``$connect`` and ``$disconnect`` and not of messages.
"""

import base64
import uuid
from typing import Any

from local.gateway.connections import Connection
from local.gateway.request_data import all_values, last_values, now_ms, opaque_id, request_time

Event = dict[str, Any]


def connect_event(connection: Connection, query: list[tuple[str, str]], api_id: str, stage: str) -> Event:
    """Return the event of ``$connect``."""
    event: Event = {
        "headers": last_values(connection.headers),
        "multiValueHeaders": all_values(connection.headers),
    }
    if query:
        event["queryStringParameters"] = last_values(query)
        event["multiValueQueryStringParameters"] = all_values(query)
    context = _context(connection, "$connect", "CONNECT", api_id, stage)
    return event | {"requestContext": context, "isBase64Encoded": False}


def message_event(connection: Connection, route: str, body: str | bytes, api_id: str, stage: str) -> Event:
    """A client sent a message; a binary one comes in base64."""
    context = _context(connection, route, "MESSAGE", api_id, stage) | {"messageId": opaque_id()}
    binary = isinstance(body, bytes)
    text = base64.b64encode(body).decode("ascii") if isinstance(body, bytes) else body
    return {"requestContext": context, "body": text, "isBase64Encoded": binary}


def disconnect_event(connection: Connection, api_id: str, stage: str) -> Event:
    """A connection has ended, from whichever side."""
    kept = {"host", "x-api-key", "x-forwarded-for", "x-restapi"}
    headers = [(name, value) for name, value in connection.headers if name.lower() in kept]
    headers += [(name, "") for name in ("x-api-key", "x-restapi") if name not in dict(headers)]
    context = _context(connection, "$disconnect", "DISCONNECT", api_id, stage)
    context["disconnectStatusCode"] = connection.close_code
    context["disconnectReason"] = connection.close_reason
    return {
        "headers": last_values(headers),
        "multiValueHeaders": all_values(headers),
        "requestContext": context,
        "isBase64Encoded": False,
    }


def _context(connection: Connection, route: str, kind: str, api_id: str, stage: str) -> Event:
    now = now_ms()
    identity: dict[str, str] = {"sourceIp": connection.source_ip}
    if connection.user_agent is not None and kind != "DISCONNECT":
        identity["userAgent"] = connection.user_agent
    return {
        "routeKey": route,
        "eventType": kind,
        "extendedRequestId": opaque_id(),
        "requestTime": request_time(now),
        "messageDirection": "IN",
        "stage": stage,
        "connectedAt": connection.connected_at_ms,
        "requestTimeEpoch": now,
        "identity": identity,
        "requestId": str(uuid.uuid4()),
        "domainName": connection.domain,
        "connectionId": connection.id,
        "apiId": api_id,
    }
