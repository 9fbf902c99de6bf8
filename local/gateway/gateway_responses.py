"""What API Gateway answers by itself, without a function.

Sources
-------
Types: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
Bodies of the two kinds of 413, captured from AWS: https://github.com/koki-develop/lgtm-generator/issues/10
"""

from aiohttp import web

_BAD_REQUEST = "BadRequestException"
_SERVER_ERROR = "InternalServerErrorException"


class GatewayResponseError(Exception):
    """Ends the handling of a request with an answer of API Gateway's own.

    Parameters
    ----------
    reason
        Sentence for whoever develops the application; empty if the client's answer says it all.
    text
        Body of an answer that is not JSON; otherwise it is an object with the message at ``key``.
    """

    def __init__(
        self,
        status: int,
        message: str | None,
        error_type: str,
        reason: str = "",
        *,
        key: str = "message",
        text: str | None = None,
    ) -> None:
        super().__init__(reason or message)
        self.status = status
        self.reason = reason
        self._body = {key: message}
        self._error_type = error_type
        self._text = text

    def response(self) -> web.Response:
        """Return the answer for the client."""
        headers = {"x-amzn-ErrorType": self._error_type}
        if self._text is not None:
            return web.Response(text=self._text, status=self.status)
        return web.json_response(self._body, status=self.status, headers=headers)


def missing_token() -> GatewayResponseError:
    """No such route or method; API Gateway takes it for one of AWS's own, which would be signed."""
    return GatewayResponseError(403, "Missing Authentication Token", "MissingAuthenticationTokenException")


def body_too_large(limit_bytes: int) -> GatewayResponseError:
    """The request's body exceeds API Gateway's payload limit."""
    sentence = f"HTTP content length exceeded {limit_bytes} bytes."
    reason = f"the body exceeds API Gateway's limit of {limit_bytes} bytes"
    return GatewayResponseError(413, None, _BAD_REQUEST, reason, text=sentence)


def request_timeout(seconds: float) -> GatewayResponseError:
    """The request's body did not come."""
    reason = f"the rest of the request did not come within {seconds:g} s"
    return GatewayResponseError(408, "Request Timeout", "RequestTimeoutException", reason)


def event_too_large(reason: str) -> GatewayResponseError:
    """The event that a request becomes exceeds what Lambda takes."""
    return GatewayResponseError(413, "Request Too Long", _BAD_REQUEST, reason)


def unsupported_media_type(reason: str) -> GatewayResponseError:
    """The body's content coding is not supported, or not the one that it has."""
    return GatewayResponseError(415, "Unsupported Media Type", _BAD_REQUEST, reason)


def bad_gateway(reason: str) -> GatewayResponseError:
    """The function failed, or answered what no proxy integration may answer."""
    return GatewayResponseError(502, "Internal server error", _SERVER_ERROR, reason)


def integration_timeout(reason: str) -> GatewayResponseError:
    """The function did not answer in time."""
    return GatewayResponseError(504, "Endpoint request timed out", _SERVER_ERROR, reason)


def unauthorized() -> GatewayResponseError:
    """The header that an authorizer reads is missing, or the authorizer says so."""
    return GatewayResponseError(401, "Unauthorized", "UnauthorizedException")


def access_denied(*, explicitly: bool) -> GatewayResponseError:
    """The authorizer's policy does not allow the method."""
    sentence = "User is not authorized to access this resource"
    sentence += " with an explicit deny" if explicitly else ""
    return GatewayResponseError(403, sentence, "AccessDeniedException", key="Message")


def unchecked(sentence: str) -> GatewayResponseError:
    """The local stack cannot find out who calls, so nobody may: an answer that AWS does not have."""
    return GatewayResponseError(403, sentence, "AccessDeniedException")


def authorizer_failed(reason: str) -> GatewayResponseError:
    """The authorizer raised, was too slow, or answered what it must not answer."""
    return GatewayResponseError(500, None, "AuthorizerConfigurationException", reason)


def forbidden() -> GatewayResponseError:
    """The API key is missing or wrong."""
    return GatewayResponseError(403, "Forbidden", "ForbiddenException")
