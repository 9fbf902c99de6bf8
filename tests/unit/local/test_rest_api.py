"""The REST API: events, and the answers that API Gateway gives by itself."""

import base64
import json
from typing import Any

import pytest

from local.application import Method
from local.gateway.integration import IntegrationError, ProxyResponse, parse_response

CORS = {"Access-Control-Allow-Origin": "https://example.org", "Access-Control-Max-Age": "600"}
ROUTES = {
    "/": {"GET": Method(None)},
    "/rooms/{room}": {"GET": Method(CORS), "POST": Method(CORS)},
    "/rooms/fixed": {"GET": Method(None)},
}


@pytest.fixture
async def rest(serve: Any, describe: Any) -> Any:
    async with serve(describe(rest_routes=ROUTES)) as gateway:
        yield gateway


def answer(gateway: Any, response: ProxyResponse | Exception) -> None:
    async def behave(event: dict[str, Any]) -> ProxyResponse:
        if isinstance(response, Exception):
            raise response
        return response

    gateway.functions.behaviours["sample-dev"] = behave


async def test_a_request_becomes_a_proxy_event(rest: Any) -> None:
    url = rest.url("/api/rooms/a%20b?x=1&x=2&empty=")
    headers = {"X-One": "1", "Content-Type": "application/json"}
    async with rest.session.post(url, data=b'{"k": "v"}', headers=headers) as response:
        assert response.status == 200
    [event] = rest.functions.of("sample-dev")
    assert event["resource"] == "/rooms/{room}" and event["httpMethod"] == "POST"
    assert event["path"] == "/rooms/a%20b" and event["pathParameters"] == {"room": "a%20b"}
    assert event["queryStringParameters"] == {"x": "2", "empty": ""}
    assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"], "empty": [""]}
    assert event["headers"]["X-One"] == "1" and event["multiValueHeaders"]["X-One"] == ["1"]
    assert event["body"] == '{"k": "v"}' and event["isBase64Encoded"] is False
    context = event["requestContext"]
    assert context["resourcePath"] == "/rooms/{room}" and context["stage"] == "api"
    assert context["path"] == "/api/rooms/a%20b" and context["identity"]["sourceIp"] == "127.0.0.1"


async def test_absent_parts_are_null_as_on_aws(rest: Any) -> None:
    async with rest.session.get(rest.url("/api/")):
        pass
    [event] = rest.functions.of("sample-dev")
    absent = ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "body")
    assert [event[name] for name in absent] == [None] * 4


async def test_a_binary_media_type_is_base64_in_the_event(rest: Any) -> None:
    headers = {"Content-Type": "image/png"}
    async with rest.session.post(rest.url("/api/rooms/a"), data=b"\x89PNG", headers=headers):
        pass
    [event] = rest.functions.of("sample-dev")
    assert event["isBase64Encoded"] is True and base64.b64decode(event["body"]) == b"\x89PNG"


@pytest.mark.parametrize(
    ("method", "content_type"), [("POST", None), ("POST", "no/such;type"), ("GET", None), ("POST", "garbage")]
)
async def test_a_body_without_a_binary_content_type_is_text(
    serve: Any, describe: Any, method: str, content_type: str | None
) -> None:
    # What Chalice registers without being told.
    chalice = describe(rest_routes=ROUTES, binary_types=("application/octet-stream", "image/png"))
    headers = {"Content-Type": content_type} if content_type else {}
    async with serve(chalice) as gateway:
        skip = [] if content_type else ["Content-Type"]
        request = gateway.session.request(
            method, gateway.url("/api/rooms/a"), data=b'{"k": 1}', headers=headers, skip_auto_headers=skip
        )
        async with request:
            pass
        [event] = gateway.functions.of("sample-dev")
    assert (event["body"], event["isBase64Encoded"]) == ('{"k": 1}', False)
    assert event["headers"].get("Content-Type") == content_type


async def test_without_a_content_type_a_body_is_binary_where_everything_is(serve: Any, describe: Any) -> None:
    async with serve(describe(rest_routes=ROUTES, binary_types=("*/*",))) as gateway:
        url = gateway.url("/api/rooms/a")
        async with gateway.session.post(url, data=b"x", skip_auto_headers=["Content-Type"]):
            pass
        [event] = gateway.functions.of("sample-dev")
    assert event["isBase64Encoded"] is True


async def test_base64_is_decoded_for_a_client_that_accepts_binary(rest: Any) -> None:
    body = base64.b64encode(b"\x89PNG").decode()
    answer(rest, ProxyResponse(200, {"Content-Type": ["image/png"]}, body, True))
    async with rest.session.get(rest.url("/api/"), headers={"Accept": "image/png"}) as response:
        assert await response.read() == b"\x89PNG"
    async with rest.session.get(rest.url("/api/"), headers={"Accept": "text/html"}) as response:
        assert await response.text() == body


async def test_status_and_repeated_headers_come_through(rest: Any) -> None:
    headers = {"Set-Cookie": ["a=1", "b=2"], "Content-Type": ["text/plain"]}
    answer(rest, ProxyResponse(418, headers, "short and stout", False))
    async with rest.session.get(rest.url("/api/")) as response:
        assert response.status == 418 and await response.text() == "short and stout"
        assert response.headers.getall("Set-Cookie") == ["a=1", "b=2"]
        assert response.headers.getall("Content-Type") == ["text/plain"]


@pytest.mark.parametrize("name", ["WWW-Authenticate", "Server", "authorization"])
async def test_a_header_that_api_gateway_keeps_for_itself_is_remapped(rest: Any, name: str) -> None:
    answer(rest, ProxyResponse(401, {name: ["Bearer"], "X-Kept": ["1"]}, "", False))
    async with rest.session.get(rest.url("/api/")) as response:
        assert response.headers.getall(f"x-amzn-Remapped-{name}") == ["Bearer"]
        assert "Bearer" not in response.headers.getall(name, [])
        assert response.headers["X-Kept"] == "1"


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("DELETE", "/rooms/a"), ("POST", "/")])
async def test_an_unknown_route_or_method_is_403(rest: Any, method: str, path: str) -> None:
    async with rest.session.request(method, rest.url(f"/api{path}")) as response:
        assert response.status == 403
        assert await response.json() == {"message": "Missing Authentication Token"}
    assert not rest.functions.events


async def test_preflight_is_answered_without_the_function(rest: Any) -> None:
    async with rest.session.options(rest.url("/api/rooms/a")) as response:
        assert response.status == 200
        assert {name: response.headers[name] for name in CORS} == CORS
        assert response.headers["Access-Control-Allow-Methods"] == "GET,POST,OPTIONS"
    assert not rest.functions.events


async def test_preflight_of_a_route_without_cors_is_403(rest: Any) -> None:
    async with rest.session.options(rest.url("/api/rooms/fixed")) as response:
        assert response.status == 403


@pytest.mark.parametrize(
    "payload", [b"null", b'"text"', b"{}", b'{"statusCode": "many"}', b"not json", b"[]"]
)
def test_a_malformed_answer_is_an_integration_error(payload: bytes) -> None:
    with pytest.raises(IntegrationError, match="Malformed Lambda proxy response"):
        parse_response(payload)


def test_both_kinds_of_headers_are_merged() -> None:
    answer = {"statusCode": 200, "headers": {"A": "1"}, "multiValueHeaders": {"A": ["1", "2"], "B": ["3"]}}
    assert parse_response(json.dumps(answer).encode()).headers == {"A": ["1", "2"], "B": ["3"]}
