"""A Chalice application's REST routes, unmodified, behind the local gateway."""

import gzip
import re
from typing import Any

import pytest


async def get(session: Any, stack: Any, path: str, **options: Any) -> tuple[int, Any, Any]:
    async with session.get(stack.rest_url + path, **options) as response:
        return response.status, await response.json(), response.headers


async def test_a_view_answers_with_its_environment_and_cors_headers(session: Any, stack: Any) -> None:
    status, body, headers = await get(session, stack, "/")
    assert (status, body) == (200, {"greeting": "hello"})
    assert headers["Access-Control-Allow-Origin"] == "*"


async def test_chalice_understands_the_event(session: Any, stack: Any) -> None:
    url = f"{stack.rest_url}/event/a%20b?x=1&x=2"
    async with session.put(url, json={"k": "v"}, headers={"X-One": "1"}) as response:
        seen = await response.json()
    assert seen["method"] == "PUT" and seen["uri_params"] == {"name": "a%20b"}
    assert seen["query_params"]["x"] == "2" and seen["headers"]["x-one"] == "1"
    assert seen["path"] == "/event/{name}" and seen["context"]["stage"] == "api"


async def test_literal_routes_win(session: Any, stack: Any) -> None:
    assert (await get(session, stack, "/event/fixed"))[1] == {"route": "fixed"}


async def test_binary_and_text_bodies_arrive_unchanged(session: Any, stack: Any) -> None:
    headers = {"Content-Type": "image/png", "Accept": "image/png"}
    async with session.post(f"{stack.rest_url}/raw/image", data=b"\x89PNG\x00", headers=headers) as response:
        assert (response.status, await response.read()) == (200, b"\x89PNG\x00")
    headers = {"Content-Type": "text/plain"}
    async with session.post(f"{stack.rest_url}/raw/text", data="grüße".encode(), headers=headers) as response:
        assert (response.status, await response.text()) == (201, "7 bytes")
        assert response.headers["X-Kind"] == "text"


async def test_several_cookies_are_set(session: Any, stack: Any) -> None:
    async with session.get(f"{stack.rest_url}/cookies") as response:
        assert response.headers.getall("Set-Cookie") == ["a=1", "b=2"]


async def test_a_preflight_is_answered_like_the_deployed_one(session: Any, stack: Any) -> None:
    async with session.options(f"{stack.rest_url}/event/x") as response:
        assert response.status == 200
        assert response.headers["Access-Control-Allow-Origin"] == "https://example.org"
        assert set(response.headers["Access-Control-Allow-Methods"].split(",")) == {
            "GET",
            "POST",
            "PUT",
            "OPTIONS",
        }


async def test_an_unknown_route_is_403(session: Any, stack: Any) -> None:
    status, body, _ = await get(session, stack, "/nowhere")
    assert (status, body) == (403, {"message": "Missing Authentication Token"})


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [("/crash", 502, "Internal server error"), ("/sleep/8", 504, "Endpoint request timed out")],
)
async def test_a_function_that_crashes_is_502_and_a_late_one_504(
    session: Any, stack: Any, path: str, status: int, message: str
) -> None:
    assert (await get(session, stack, path))[:2] == (status, {"message": message})
    assert (await get(session, stack, "/"))[0] == 200
    if status == 504:
        line = "gateway | GET /sleep/{seconds} 504: echo-dev did not answer within 6 s"
        assert stack.output.count(line) == 1


@pytest.mark.parametrize(
    ("method", "path", "size", "status", "line"),
    [
        ("GET", "/large/7000000", 0, 502, r"rest \| .* maximum allowed payload size \(6291456 bytes\)"),
        (
            "POST",
            "/raw/text",
            7_000_000,
            413,
            r"gateway \| POST /raw/\{kind\} 413: .* limit of 6291456 bytes",
        ),
        ("POST", "/raw/text", 11_000_000, 413, r"gateway \| POST /raw/\{kind\} 413: .* of 10485760 bytes"),
    ],
)
async def test_a_limit_is_named_in_one_line(
    session: Any, stack: Any, eventually: Any, method: str, path: str, size: int, status: int, line: str
) -> None:
    sent = {"data": b"x" * size, "headers": {"Content-Type": "text/plain"}} if size else {}
    async with session.request(method, stack.rest_url + path, **sent) as response:
        assert response.status == status
    await eventually(lambda: re.search(line, stack.output))
    assert len(re.findall(line, stack.output)) == 1


async def test_a_compressed_body_reaches_the_view_as_its_content(session: Any, stack: Any) -> None:
    headers = {"Content-Type": "text/plain", "Content-Encoding": "gzip"}
    url = f"{stack.rest_url}/raw/text"
    async with session.post(url, data=gzip.compress(b"seven b"), headers=headers) as response:
        assert (response.status, await response.text()) == (201, "7 bytes")
    async with session.post(url, data=b"plain", headers=headers) as response:
        assert response.status == 415


async def test_a_view_that_raises_is_chalices_own_500(session: Any, stack: Any) -> None:
    status, body, _ = await get(session, stack, "/fail")
    assert (status, body["Code"]) == (500, "InternalServerError")


async def test_config_json_leads_to_both_apis(session: Any, stack: Any) -> None:
    async with session.get(f"{stack.url}config.json") as response:
        config = await response.json()
    assert (config["websocketUrl"], config["restUrl"]) == (stack.ws_url, stack.rest_url)
    async with session.ws_connect(config["websocketUrl"]) as socket:
        await socket.send_str("hello")
        assert await socket.receive_str(timeout=30) == "echo hello"
