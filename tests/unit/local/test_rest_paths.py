"""Paths of the REST API: which route they take, and how their parameters reach the function."""

from typing import Any

import pytest
from yarl import URL

from local.application import Method
from local.gateway.rest_events import match_route

ROUTES = {"/echo/{one}/x/{two}": {"GET": Method(None)}}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a%20b", "c%2Fd"),
        # Letters that need no encoding, in the client's own spelling.
        ("%c3%a9", "%41"),
        # What would mean something else once it is decoded.
        ("100%25", "a+b%3Fc%23d"),
    ],
)
async def test_path_and_parameters_stay_encoded_as_the_client_sent_them(
    serve: Any, describe: Any, one: str, two: str
) -> None:
    async with serve(describe(rest_routes=ROUTES)) as gateway:
        url = URL(f"{gateway.url('/')}api/echo/{one}/x/{two}", encoded=True)
        async with gateway.session.get(url) as response:
            assert response.status == 200
        [event] = gateway.functions.of("sample-dev")
    assert event["resource"] == "/echo/{one}/x/{two}"
    assert event["pathParameters"] == {"one": one, "two": two}
    assert event["path"] == f"/echo/{one}/x/{two}"
    assert event["requestContext"]["path"] == f"/api/echo/{one}/x/{two}"


def test_literal_parts_win_over_parameters() -> None:
    routes = ["/{anything}/b", "/a/{anything}", "/a/b"]
    matches = [match_route(path, routes) for path in ("/a/b", "/a/c", "/x/b")]
    assert [match and match.resource for match in matches] == ["/a/b", "/a/{anything}", "/{anything}/b"]
    assert match_route("/a/b/c", routes) is None and match_route("/a//", routes) is None


def test_an_encoded_slash_stays_within_its_parameter() -> None:
    match = match_route("/rooms/a%2Fb", ["/rooms/{room}"])
    assert match is not None and match.parameters == {"room": "a%2Fb"}
