"""Kept-alive HTTP connections: used again, and not trusted too much."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from chalicelib.adapters.poster import Poster
from chalicelib.adapters.poster.parallelism import http_connections_worth_opening
from tests.unit.poster.conftest import LiveEndpoint, MakePoster, Post

IDS = [f"c{n}" for n in range(20)]


def test_http_connections_are_used_again_by_the_next_batch(endpoint: LiveEndpoint, post: Post) -> None:
    post(IDS)
    opened = endpoint.endpoint.links_opened

    post(IDS)

    assert endpoint.endpoint.links_opened == opened


def test_http_connections_that_the_gateway_closed_meanwhile_lose_nothing(
    endpoint: LiveEndpoint, post: Post
) -> None:
    post(IDS)
    endpoint.hang_up()
    endpoint.apply()

    report = post(IDS)

    assert report.delivered == 20
    assert report.errors == 0


def test_a_connection_that_breaks_under_a_request_is_replaced_and_the_request_repeated(
    endpoint: LiveEndpoint, post: Post
) -> None:
    post(IDS)
    endpoint.apply(answers={who: ["close"] for who in IDS})

    report = post(IDS)

    assert report.delivered == 20
    assert report.requests == 40
    assert report.errors == 0, "a kept-alive HTTP connection may break, that is nobody's failure"


def test_a_gateway_that_closes_connections_after_some_requests_is_followed(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(requests_per_link=3)

    assert post([f"c{n}" for n in range(100)], b"one", b"two").delivered == 200


def test_http_connections_that_rested_too_long_are_not_used(
    endpoint: LiveEndpoint, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(IDS)
    monkeypatch.setattr("chalicelib.adapters.poster.connection_pool.MAX_REST_SECONDS", 0.0)
    opened = endpoint.endpoint.links_opened

    assert post(IDS).delivered == 20
    assert endpoint.endpoint.links_opened > opened


def test_http_connections_with_a_request_under_way_at_the_deadline_are_not_used_again(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"slow": "slow:0.3"})
    post(["slow"], b"late", seconds=0.1)
    time.sleep(0.3)

    report = post(["other"], b"next")

    assert report.delivered == 1
    assert endpoint.frames("other") == [b"next"]


def test_an_address_that_cannot_be_reached_does_not_hide_those_that_can(
    endpoint: LiveEndpoint, make_poster: MakePoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = unused.getsockname()
    port = urlsplit(endpoint.url).port
    found = [(socket.AF_INET, 1, 6, "", dead), (socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    report = make_poster(endpoint.url).post(IDS, [b"x"], deadline=time.monotonic() + 20)

    assert report.delivered == report.requests == 20


@pytest.mark.parametrize("url", ["ftp://host/x", "host", "https://"])
def test_an_endpoint_that_is_no_address_is_named(url: str, make_poster: MakePoster) -> None:
    with pytest.raises(ValueError, match="should be like https://host/stage"):
        make_poster(url)


def test_missing_credentials_are_named() -> None:
    with pytest.raises(ValueError, match="credentials"):
        Poster("http://127.0.0.1:1/x", credentials=None, region="eu-west-1")  # type: ignore[arg-type]


def test_more_connections_are_opened_for_more_deliveries_and_fewer_if_they_cost_more() -> None:
    def count(deliveries: int, secure: bool = True, seconds_left: float = 5.0) -> int:
        return http_connections_worth_opening(deliveries, secure=secure, seconds_left=seconds_left)

    assert count(1) == 1
    assert count(3) == 3
    assert count(100) < count(1000) < count(10_000)
    assert count(1000) < count(1000, secure=False)


def test_a_near_deadline_opens_more_connections() -> None:
    assert http_connections_worth_opening(
        1000, secure=True, seconds_left=0.05
    ) > http_connections_worth_opening(1000, secure=True, seconds_left=5.0)
