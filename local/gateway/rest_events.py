"""Requests of a REST API as events of Lambda proxy integration (payload format 1.0), and their routes.

Sources
-------
Input format: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
Paths and their parameters stay percent-encoded: https://github.com/aws/chalice/issues/511 and, with captures
from a live API, https://github.com/hotsock/voker/pull/8. ``chalice local`` passes them in the same way.
"""

import base64
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from local.gateway.request_data import (
    all_values,
    forwarded_headers,
    host_name,
    last_values,
    now_ms,
    opaque_id,
    request_time,
)
from local.lambdas.variables import ACCOUNT_ID

# Null where nothing is known of the caller. Source: "$context variables for REST APIs",
# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
_IDENTITY = (
    *("accessKey", "accountId", "apiKey", "apiKeyId", "caller", "principalOrgId", "user", "userArn"),
    *("cognitoAuthenticationProvider", "cognitoAuthenticationType", "cognitoIdentityId"),
    "cognitoIdentityPoolId",
)


@dataclass(frozen=True)
class Match:
    """A route and the values of its path parameters."""

    resource: str
    parameters: dict[str, str]


def path_below(request: web.Request, stage: str) -> str:
    """Return the path of a request below its stage, percent-encoded as the client sent it."""
    return "/" + request.rel_url.raw_path.removeprefix(f"/{stage}").lstrip("/")


def match_route(path: str, routes: Iterable[str]) -> Match | None:
    """Find the route of a path; literal parts win over ``{parameters}``, as in API Gateway.

    ``path`` is still percent-encoded, so an encoded slash does not end a part. So are the parameters.
    """
    trimmed = path.rstrip("/") or "/"
    parts = trimmed.split("/")
    # Literal parts sort before parameters, part by part from the left.
    for route in sorted(routes, key=lambda each: [_is_parameter(part) for part in each.split("/")]):
        names = route.split("/")
        if len(names) != len(parts):
            continue
        pairs = list(zip(names, parts, strict=True))
        if all((_is_parameter(name) and part) or name == unquote(part) for name, part in pairs):
            return Match(route, {name[1:-1]: part for name, part in pairs if _is_parameter(name)})
    return None


def rest_event(
    request: web.Request, match: Match, body: bytes, *, stage: str, api_id: str, binary_types: tuple[str, ...]
) -> dict[str, Any]:
    """The event of one request."""
    headers = forwarded_headers(request)
    query = list(request.query.items())
    # A body without a content type is taken for JSON, so it is text unless everything is binary.
    binary = bool(body) and is_binary(request.headers.get("Content-Type", ""), binary_types)
    return {
        "resource": match.resource,
        "path": path_below(request, stage),
        "httpMethod": request.method,
        "headers": last_values(headers),
        "multiValueHeaders": all_values(headers),
        "queryStringParameters": last_values(query) or None,
        "multiValueQueryStringParameters": all_values(query) or None,
        "pathParameters": match.parameters or None,
        "stageVariables": None,
        "requestContext": _context(request, match, stage, api_id),
        "body": _body_text(body, binary),
        "isBase64Encoded": binary,
    }


def is_binary(content_type: str, binary_types: tuple[str, ...]) -> bool:
    """Whether the API's binary media types (``*/*`` and ``image/*`` are wildcards) cover a content type."""
    main = content_type.split(";", maxsplit=1)[0].strip().lower()
    wildcard = main.partition("/")[0] + "/*"
    return any(kind.lower() in ("*/*", wildcard, main) for kind in binary_types)


def _is_parameter(part: str) -> bool:
    return part.startswith("{") and part.endswith("}")


def _body_text(body: bytes, binary: bool) -> str | None:
    if not body:
        return None
    return base64.b64encode(body).decode("ascii") if binary else body.decode("utf-8", "replace")


def _context(request: web.Request, match: Match, stage: str, api_id: str) -> dict[str, Any]:
    now = now_ms()
    return {
        "resourceId": "local",
        "resourcePath": match.resource,
        "httpMethod": request.method,
        "extendedRequestId": opaque_id(),
        "requestTime": request_time(now),
        "path": request.rel_url.raw_path,
        "accountId": ACCOUNT_ID,
        "protocol": "HTTP/1.1",
        "stage": stage,
        "domainPrefix": host_name(request).partition(".")[0],
        "requestTimeEpoch": now,
        "requestId": str(uuid.uuid4()),
        "identity": dict.fromkeys(_IDENTITY)
        | {"sourceIp": request.remote or "127.0.0.1", "userAgent": request.headers.get("User-Agent")},
        "domainName": request.host,
        "apiId": api_id,
    }
