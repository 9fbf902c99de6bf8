"""Who may call a route: its authorizer and its API key, checked before the function behind it runs.

Sources
-------
Input, output and errors of authorizers:
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html and the
pages below it; bodies of the answers as in ``chalice/local.py``. Their context reaches the function as text:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from local.application import Authorizer, Method
from local.gateway import gateway_responses
from local.gateway.integration import (
    FunctionCaller,
    FunctionFailedError,
    IntegrationError,
    IntegrationTimeoutError,
)
from local.gateway.policies import Decision, PolicyError, decide

IAM = "IAM"
"""Name of the authorizer that checks AWS signatures; it has none of its own."""

_UNAUTHORIZED = "Unauthorized"
"""The message with which an authorizer raises to have the caller told 401."""


@dataclass(frozen=True)
class Caller:
    """What the event says of who calls."""

    identity: dict[str, Any] = field(default_factory=dict)
    """Keys of ``requestContext.identity`` that are known."""
    authorizer: dict[str, Any] | None = None
    """``requestContext.authorizer``, if the route has one."""


class Access:
    """Admits requests to routes.

    Parameters
    ----------
    method_arns
        Where the ARN of each method begins, up to the stage.
    identities
        Name of an authorizer to whom every request is taken to come from, instead of asking it.
    api_key
        The one key that opens routes which require one.
    """

    def __init__(
        self,
        integration: FunctionCaller,
        *,
        method_arns: str,
        identities: Mapping[str, dict[str, Any]],
        api_key: str,
    ) -> None:
        self._integration = integration
        self._method_arns = method_arns
        self._identities = identities
        self._api_key = api_key

    async def admit(self, request: web.Request, path: str, method: Method) -> Caller:
        """Return who calls a method.

        Parameters
        ----------
        path
            The path of the request below the stage.

        Raises
        ------
        GatewayResponseError
            The request may not pass.
        """
        caller = Caller()
        if method.authorizer is not None:
            caller = await self._authorized(request, path, method.authorizer)
        if not method.api_key_required:
            return caller
        if not hmac.compare_digest(request.headers.get("X-Api-Key", "").encode(), self._api_key.encode()):
            raise gateway_responses.forbidden()
        key = {"apiKey": self._api_key, "apiKeyId": "local"}
        return Caller(caller.identity | key, caller.authorizer)

    async def _authorized(self, request: web.Request, path: str, authorizer: Authorizer) -> Caller:
        stated = self._identities.get(authorizer.name)
        if stated is not None:
            if authorizer.kind == "iam":
                return Caller(identity=stated)
            return Caller(authorizer={"claims": stated} if authorizer.kind == "cognito" else stated)
        if authorizer.function is None:
            raise gateway_responses.unchecked(
                f"{request.method} {path} is guarded by {authorizer.described}, which the local stack cannot "
                f"ask. Start it with --identity '{authorizer.name}={{…}}' to state who calls."
            )
        token = request.headers.get(authorizer.header)
        if not token:
            raise gateway_responses.unauthorized()
        arn = f"{self._method_arns}/{request.method}/{path.strip('/')}"
        answer = await self._ask(authorizer.function, token, arn)
        return Caller(authorizer=self._checked(answer, authorizer, arn))

    async def _ask(self, function: str, token: str, arn: str) -> Any:
        event = {"type": "TOKEN", "methodArn": arn, "authorizationToken": token}
        try:
            return json.loads(await self._integration.run(function, event))
        except FunctionFailedError as error:
            if error.error_message == _UNAUTHORIZED:
                raise gateway_responses.unauthorized() from error
            raise gateway_responses.authorizer_failed(f"the authorizer {function} failed") from error
        except (IntegrationError, IntegrationTimeoutError) as error:
            raise gateway_responses.authorizer_failed(str(error)) from error

    @staticmethod
    def _checked(answer: Any, authorizer: Authorizer, arn: str) -> dict[str, Any]:
        """Return the context of an answer that allows the method."""

        def wrong(what: str) -> gateway_responses.GatewayResponseError:
            return gateway_responses.authorizer_failed(f"the authorizer {authorizer.name} is wrong: {what}")

        if not isinstance(answer, dict) or "principalId" not in answer:
            raise wrong(f"it answered {json.dumps(answer)[:100]}, which has no principalId")
        try:
            decision = decide(answer.get("policyDocument"), arn)
        except PolicyError as error:
            raise wrong(str(error)) from error
        if decision is not Decision.ALLOWED:
            raise gateway_responses.access_denied(explicitly=decision is Decision.DENIED)
        context = answer.get("context") or {}
        for name, value in context.items():
            if isinstance(value, dict | list):
                raise wrong(f"its context has an object or array at {name!r}, which API Gateway refuses")
        texts = {
            name: value if isinstance(value, str) or value is None else json.dumps(value)
            for name, value in context.items()
        }
        return {**texts, "principalId": str(answer["principalId"])}
