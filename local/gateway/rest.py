"""A REST API: requests to the function behind Chalice's routes, and API Gateway's own responses."""

import asyncio
import base64
import binascii
from collections.abc import Callable

from aiohttp import web

from local.application import Application, Method
from local.gateway import gateway_responses
from local.gateway.access import Access
from local.gateway.content_encoding import ContentCodingError, DecompressedTooLargeError, decoded
from local.gateway.gateway_responses import GatewayResponseError
from local.gateway.half_open import REQUEST_SECONDS
from local.gateway.integration import (
    EventTooLargeError,
    FunctionCaller,
    FunctionFailedError,
    IntegrationError,
    IntegrationTimeoutError,
    ProxyResponse,
)
from local.gateway.rest_events import Match, is_binary, match_route, path_below, rest_event
from local.limits import GatewayLimits

# What becomes of a function's headers. Sources: "Amazon API Gateway important notes for REST APIs",
# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html, and which of
# those are remapped in answers: LocalStack's header_utils.py, whose tests ran on AWS.
_REMAPPED = {
    *("authorization", "connection", "content-length", "content-md5", "date", "expect", "host"),
    *("max-forwards", "proxy-authenticate", "server", "trailer", "upgrade", "user-agent", "www-authenticate"),
}
_DROPPED = {"transfer-encoding"}


class RestApi:
    """Serves the routes of one application under ``/<stage>/``."""

    def __init__(
        self,
        application: Application,
        api_id: str,
        integration: FunctionCaller,
        access: Access,
        limits: GatewayLimits,
        report: Callable[[str], None],
    ) -> None:
        self._application = application
        self._api_id = api_id
        self._integration = integration
        self._access = access
        self._limits = limits
        self._report = report

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        routes = self._application.rest_routes
        match = match_route(path_below(request, self._application.api_stage), routes)
        if match is None:
            return gateway_responses.missing_token().response()
        methods = routes[match.resource]
        if request.method == "OPTIONS" and "OPTIONS" not in methods:
            preflight = preflight_headers(methods)
            if preflight is not None:
                return web.Response(headers=preflight, content_type="application/json")
        try:
            return await self._proxy(request, match)
        except GatewayResponseError as error:
            if error.reason:
                # The route and not the path, which may hold what is secret.
                self._report(f"{request.method} {match.resource} {error.status}: {error.reason}")
            return error.response()

    async def _proxy(self, request: web.Request, match: Match) -> web.Response:
        """Let the function answer."""
        method = self._application.rest_routes[match.resource].get(request.method)
        if method is None:
            # API Gateway has no 405: a method that is not there is a route that is not there.
            raise gateway_responses.missing_token()
        stage = self._application.api_stage
        caller = await self._access.admit(request, path_below(request, stage), method)
        event = rest_event(
            request,
            match,
            await self._body(request),
            stage=stage,
            api_id=self._api_id,
            binary_types=self._application.binary_types,
        )
        context = event["requestContext"]
        context["identity"] |= caller.identity
        if caller.authorizer is not None:
            context["authorizer"] = caller.authorizer
        try:
            response = await self._integration.call(self._application.rest_function, event)
            return self._http_response(request, response, context["requestId"])
        except EventTooLargeError as error:
            raise gateway_responses.event_too_large(str(error)) from error
        except IntegrationTimeoutError as error:
            raise gateway_responses.integration_timeout(str(error)) from error
        except FunctionFailedError as error:
            raise gateway_responses.bad_gateway("") from error
        except IntegrationError as error:
            raise gateway_responses.bad_gateway(str(error)) from error

    async def _body(self, request: web.Request) -> bytes:
        limit = self._limits.rest_payload_bytes
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                body = await request.read()
            return decoded(body, request.headers.get("Content-Encoding", ""), limit)
        except TimeoutError as error:
            raise gateway_responses.request_timeout(REQUEST_SECONDS) from error
        except (web.HTTPRequestEntityTooLarge, DecompressedTooLargeError) as error:
            raise gateway_responses.body_too_large(limit) from error
        except ContentCodingError as error:
            raise gateway_responses.unsupported_media_type(str(error)) from error

    def _http_response(self, request: web.Request, response: ProxyResponse, request_id: str) -> web.Response:
        body = response.body.encode("utf-8", "surrogatepass")
        # API Gateway decodes base64 only for a client that accepts one of the API's binary types.
        accepted = request.headers.get("Accept", "").split(",")[0]
        if response.is_base64 and is_binary(accepted, self._application.binary_types):
            try:
                body = base64.b64decode(response.body, validate=True)
            except binascii.Error as error:
                raise IntegrationError("isBase64Encoded is set but the body is not valid base64") from error
        limit = self._limits.rest_payload_bytes
        if len(body) > limit:
            raise IntegrationError(
                f"the answer's body of {len(body)} bytes exceeds API Gateway's limit of {limit} bytes"
            )
        answer = web.Response(status=response.status, body=body)
        for name, values in response.headers.items():
            if name.lower() in _DROPPED:
                continue
            sent_name = f"x-amzn-Remapped-{name}" if name.lower() in _REMAPPED else name
            answer.headers.popall(sent_name, None)
            for value in values:
                answer.headers.add(sent_name, value)
        if not any(name.lower() == "content-type" for name in response.headers):
            answer.headers["Content-Type"] = "application/json"
        answer.headers.setdefault("x-amzn-RequestId", request_id)
        return answer


def preflight_headers(methods: dict[str, Method]) -> dict[str, str] | None:
    """Headers of the mock integration that ``chalice deploy`` makes for routes with CORS, or None."""
    allowed = [name for name, method in methods.items() if method.cors is not None]
    cors = next((method.cors for method in methods.values() if method.cors is not None), None)
    if cors is None:
        return None
    return {"Access-Control-Allow-Methods": ",".join([*allowed, "OPTIONS"]), **cors}
