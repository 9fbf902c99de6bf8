"""What Chalice has no setting for; set again after each `chalice deploy`, which keeps or resets it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy_extras import names
from deploy_extras.cloud import Cloud

# Lines that only say that a function started and ended are left out: they would be most of the log. Our own
# are filtered by LOG_LEVEL and must not be filtered twice, for lines of metrics have no level.
LOGGING = {"LogFormat": "JSON", "SystemLogLevel": "WARN", "ApplicationLogLevel": "DEBUG"}
# A delivery that waited longer was taken over by somebody's ping long ago, and repeating one helps nobody. A
# push that was repeated would ring twice; calls of bots are repeated by the function itself.
INVOKED_ASYNCHRONOUSLY = ("deliver", "push", "call", "purge")
ASYNCHRONOUS = {"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 0}
# What is deleted for good goes on where it was cut off: Lambda repeats it after a minute and after two more.
REPEATED = {"MaximumEventAgeInSeconds": 3_600, "MaximumRetryAttempts": 2}
# Lambda would stop such a chain after about 16 invocations.
INVOKES_ITSELF = ("deliver", "purge")
# Of each limit, so much may come at once: a crowd that arrives does so within seconds.
BURST = 10
_MAX_BURST = 5000  # of an account

_CORS = {
    "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
    "gatewayresponse.header.Access-Control-Expose-Headers": "'Date,Retry-After'",
}
_TOO_MANY = {
    "code": "rate_limited",
    "message": "Too many people ask for something at once; try again.",
    "retryAfter": 1,
}
# The page has another origin, and may read neither status nor body of an answer without CORS headers. API
# Gateway makes these answers itself, for example when it throttles or a function does not answer in time.
GATEWAY_RESPONSES: dict[str, dict[str, Any]] = {
    "DEFAULT_4XX": {"responseParameters": _CORS},
    "DEFAULT_5XX": {"responseParameters": _CORS},
    "THROTTLED": {
        "statusCode": "429",
        "responseParameters": _CORS | {"gatewayresponse.header.Retry-After": "'1'"},
        "responseTemplates": {"application/json": json.dumps(_TOO_MANY)},
    },
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What API Gateway lets pass in a second, of everybody together."""

    requests: int
    sessions: int
    frames: int
    connects: int

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Limits":
        """Read them from the parameters of the stack."""
        kinds = ("Requests", "Sessions", "Frames", "Connects")
        return cls(*(int(parameters[f"{kind}PerSecond"]) for kind in kinds))


def burst(per_second: int) -> int:
    """Return how many may come at once."""
    return min(BURST * per_second, max(_MAX_BURST, per_second))


def functions(cloud: Cloud, stage: str) -> None:
    """Set how the functions log, and how events wait for those that nobody waits for."""
    client = cloud.client("lambda")
    for name in names.FUNCTIONS:
        function = names.function(stage, name)
        present = client.get_function_configuration(FunctionName=function).get("LoggingConfig", {})
        if LOGGING.items() <= present.items():
            continue
        client.get_waiter("function_updated_v2").wait(FunctionName=function)
        client.update_function_configuration(FunctionName=function, LoggingConfig=LOGGING)
        client.get_waiter("function_updated_v2").wait(FunctionName=function)
    for name in INVOKES_ITSELF:
        client.put_function_recursion_config(FunctionName=names.function(stage, name), RecursiveLoop="Allow")
    for name in INVOKED_ASYNCHRONOUSLY:
        function = names.function(stage, name)
        client.put_function_event_invoke_config(FunctionName=function, **asynchronous(name))


def asynchronous(name: str) -> dict[str, int]:
    """Return how events wait for a function that nobody waits for, and how often one is repeated."""
    return REPEATED if name == "purge" else ASYNCHRONOUS


def rest_api(cloud: Cloud, api: str, limits: Limits) -> None:
    """Give API Gateway's own answers CORS headers, and throttle the API."""
    client = cloud.client("apigateway")
    for kind, response in GATEWAY_RESPONSES.items():
        client.put_gateway_response(restApiId=api, responseType=kind, **response)
    # They are in force from the next deployment of the API on.
    client.create_deployment(restApiId=api, stageName=names.API_STAGE)
    throttled = {"*/*": limits.requests, "~1session/POST": limits.sessions}
    client.update_stage(
        restApiId=api,
        stageName=names.API_STAGE,
        patchOperations=[
            {"op": "replace", "path": f"/{method}/throttling/{kind}", "value": str(value)}
            for method, limit in throttled.items()
            for kind, value in (("rateLimit", limit), ("burstLimit", burst(limit)))
        ],
    )


def websocket_api(cloud: Cloud, api: str, limits: Limits) -> None:
    """Throttle the API, and new connections more than frames."""
    cloud.client("apigatewayv2").update_stage(
        ApiId=api,
        StageName=names.API_STAGE,
        DefaultRouteSettings=_route(limits.frames),
        RouteSettings={"$connect": _route(limits.connects)},
    )


def _route(limit: int) -> dict[str, Any]:
    return {"ThrottlingRateLimit": float(limit), "ThrottlingBurstLimit": burst(limit)}
