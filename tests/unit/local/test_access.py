"""Guarded routes: authorizers, stated identities and API keys."""

from collections.abc import Callable
from typing import Any

import pytest

from local.application import Authorizer, Method
from local.gateway.integration import FunctionFailedError, IntegrationTimeoutError
from tests.unit.local.conftest import METHOD_ARNS

BUILTIN = Authorizer("builtin", "guard", "Authorization", "guard-function")
OWN_HEADER = Authorizer("custom", "door", "X-Token", "door-function")
POOL = Authorizer("cognito", "people", "Authorization")
ELSEWHERE = Authorizer("custom", "elsewhere", "Authorization")
IAM = Authorizer("iam", "IAM")
CORS = {"Access-Control-Allow-Origin": "*"}
ROUTES = {
    "/": {"GET": Method(None, BUILTIN)},
    "/open": {"GET": Method(None)},
    "/guarded/{id}": {"GET": Method(CORS, BUILTIN), "PUT": Method(CORS, BUILTIN)},
    "/own": {"GET": Method(None, OWN_HEADER)},
    "/pool": {"GET": Method(None, POOL)},
    "/elsewhere": {"GET": Method(None, ELSEWHERE)},
    "/iam": {"GET": Method(None, IAM)},
    "/key": {"GET": Method(None, api_key_required=True)},
    "/both": {"GET": Method(None, BUILTIN, api_key_required=True)},
}


@pytest.fixture
def serve_guarded(serve: Any, describe: Any) -> Callable[..., Any]:
    return lambda **options: serve(describe(rest_routes=ROUTES), **options)


@pytest.fixture
async def guarded(serve_guarded: Any) -> Any:
    async with serve_guarded() as gateway:
        gateway.functions.answers = {"guard-function": policy("*"), "door-function": policy("*")}
        yield gateway


def policy(*resources: str, effect: str = "Allow", **more: Any) -> dict[str, Any]:
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": list(resources)}
    return {"principalId": "ada", "policyDocument": {"Statement": [statement]}, **more}


async def get(gateway: Any, path: str, method: str = "GET", **headers: str) -> tuple[int, Any, str | None]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with gateway.session.request(method, gateway.url(f"/api{path}"), headers=sent) as response:
        body = await response.json() if response.content_length else None
        return response.status, body, response.headers.get("x-amzn-ErrorType")


def context(gateway: Any) -> dict[str, Any]:
    return dict(gateway.functions.of("sample-dev")[-1]["requestContext"])


@pytest.mark.parametrize(
    ("method", "path", "arn"),
    [
        ("GET", "/guarded/a%2Fb", "GET/guarded/a%2Fb"),
        ("PUT", "/guarded/1", "PUT/guarded/1"),
        ("GET", "/", "GET/"),
    ],
)
async def test_an_authorizer_is_asked_with_the_token_and_the_method(
    guarded: Any, method: str, path: str, arn: str
) -> None:
    assert (await get(guarded, path, method, Authorization="Bearer x"))[0] == 200
    [event] = guarded.functions.of("guard-function")
    assert event == {
        "type": "TOKEN",
        "authorizationToken": "Bearer x",
        "methodArn": f"{METHOD_ARNS}/{arn}",
    }


async def test_an_authorizer_reads_the_header_that_it_names(guarded: Any) -> None:
    assert (await get(guarded, "/own", Authorization="x"))[0] == 401
    assert (await get(guarded, "/own", X_Token="secret"))[0] == 200
    [event] = guarded.functions.of("door-function")
    assert event["authorizationToken"] == "secret"


async def test_its_context_and_principal_reach_the_function_as_text(guarded: Any) -> None:
    given = {"name": "Ada", "number": 42, "admin": True, "nothing": None}
    guarded.functions.answers["guard-function"] = policy("*", context=given)
    await get(guarded, "/", Authorization="x")
    assert context(guarded)["authorizer"] == {
        "name": "Ada",
        "number": "42",
        "admin": "true",
        "nothing": None,
        "principalId": "ada",
    }


async def test_an_open_route_asks_nobody_and_says_nothing_of_an_authorizer(guarded: Any) -> None:
    assert (await get(guarded, "/open"))[0] == 200
    assert "authorizer" not in context(guarded)
    assert not guarded.functions.of("guard-function")


@pytest.mark.parametrize("headers", [{}, {"Authorization": ""}])
async def test_without_a_token_it_is_401_and_nobody_is_asked(guarded: Any, headers: dict[str, str]) -> None:
    assert await get(guarded, "/", **headers) == (401, {"message": "Unauthorized"}, "UnauthorizedException")
    assert not guarded.functions.events


DENIED = {"Message": "User is not authorized to access this resource"}
DENIED_EXPLICITLY = {"Message": "User is not authorized to access this resource with an explicit deny"}


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (policy(), DENIED),
        (policy(f"{METHOD_ARNS}/POST/*"), DENIED),
        (policy("*", effect="Deny"), DENIED_EXPLICITLY),
    ],
)
async def test_what_the_policy_does_not_allow_is_403(guarded: Any, answer: Any, body: Any) -> None:
    guarded.functions.answers["guard-function"] = answer
    assert await get(guarded, "/", Authorization="x") == (403, body, "AccessDeniedException")
    assert not guarded.functions.of("sample-dev") and guarded.said == []


async def test_an_authorizer_that_raises_unauthorized_is_401(guarded: Any) -> None:
    error = FunctionFailedError('{"errorMessage": "Unauthorized", "errorType": "Exception"}')
    guarded.functions.answers["guard-function"] = error
    assert (await get(guarded, "/", Authorization="x"))[:2] == (401, {"message": "Unauthorized"})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "answered null"),
        ([], "answered []"),
        ({"policyDocument": {}}, "no principalId"),
        ({"principalId": "ada"}, "no Statement"),
        (policy("*", context={"roles": ["a"]}), "an object or array at 'roles'"),
        (FunctionFailedError('{"errorMessage": "boom"}'), "guard-function failed"),
        (FunctionFailedError("no JSON"), "guard-function failed"),
        (IntegrationTimeoutError("too slow"), "too slow"),
    ],
)
async def test_an_authorizer_that_fails_is_500_and_named(guarded: Any, answer: Any, reason: str) -> None:
    guarded.functions.answers["guard-function"] = answer
    expected = (500, {"message": None}, "AuthorizerConfigurationException")
    assert await get(guarded, "/", Authorization="x") == expected
    [line] = guarded.said
    assert line.startswith("GET / 500: ") and reason in line


async def test_a_preflight_needs_no_token(guarded: Any) -> None:
    assert (await get(guarded, "/guarded/1", "OPTIONS"))[0] == 200
    assert not guarded.functions.events


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/pool", "guarded by the Cognito user pool authorizer 'people'"),
        ("/iam", "guarded by an AWS signature (IAM)"),
        ("/elsewhere", "guarded by the custom authorizer 'elsewhere'"),
    ],
)
async def test_an_authorizer_that_is_not_here_refuses_its_routes_and_no_others(
    guarded: Any, path: str, sentence: str
) -> None:
    status, body, _ = await get(guarded, path, Authorization="x")
    assert status == 403 and sentence in body["message"] and "--identity" in body["message"]
    assert (await get(guarded, "/open"))[0] == 200


async def test_a_stated_identity_is_who_calls(serve_guarded: Any) -> None:
    identities = {
        "people": {"sub": "1", "cognito:groups": ["admin"]},
        "IAM": {"userArn": "arn:aws:iam::1:user/ada", "accountId": "1"},
        "elsewhere": {"principalId": "ada", "role": "admin"},
    }
    async with serve_guarded(identities=identities) as gateway:
        assert (await get(gateway, "/pool"))[0] == 200
        assert context(gateway)["authorizer"] == {"claims": identities["people"]}
        assert (await get(gateway, "/elsewhere"))[0] == 200
        assert context(gateway)["authorizer"] == identities["elsewhere"]
        assert (await get(gateway, "/iam"))[0] == 200
        seen = context(gateway)
        assert "authorizer" not in seen
        assert seen["identity"]["userArn"] == "arn:aws:iam::1:user/ada" and seen["identity"]["caller"] is None


@pytest.mark.parametrize("headers", [{}, {"X_Api_Key": "another"}, {"X_Api_Key": ""}])
async def test_a_route_with_a_key_is_closed_without_it(guarded: Any, headers: dict[str, str]) -> None:
    assert await get(guarded, "/key", **headers) == (403, {"message": "Forbidden"}, "ForbiddenException")


async def test_the_key_opens_its_route_and_is_part_of_the_identity(guarded: Any) -> None:
    assert (await get(guarded, "/key", x_api_key="the key"))[0] == 200
    assert context(guarded)["identity"]["apiKey"] == "the key"
    await get(guarded, "/open", x_api_key="the key")
    assert context(guarded)["identity"]["apiKey"] is None, "the route does not ask for it"


async def test_a_route_may_need_both(guarded: Any) -> None:
    assert (await get(guarded, "/both", x_api_key="the key"))[0] == 401
    assert (await get(guarded, "/both", Authorization="x"))[0] == 403
    assert (await get(guarded, "/both", Authorization="x", x_api_key="the key"))[0] == 200
    seen = context(guarded)
    assert seen["authorizer"]["principalId"] == "ada" and seen["identity"]["apiKey"] == "the key"
