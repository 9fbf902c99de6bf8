"""Kept-alive HTTP connections are used again, and replaced if they are dead."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from chalicelib.adapters.poster import Poster
from chalicelib.adapters.poster.parallelism import connections_worth_opening
from tests.unit.poster.live_endpoint import LiveEndpoint, MakePoster, Post, far

IDS = [f"c{n}" for n in range(20)]


def test_the_next_batch_uses_the_same_http_connections(
    endpoint: LiveEndpoint, post: Post, poster: Poster
) -> None:
    post(IDS)
    opened = endpoint.opened_for(poster)

    post(IDS)

    assert endpoint.opened_for(poster) == opened


def test_http_connections_closed_between_batches_lose_nothing(endpoint: LiveEndpoint, post: Post) -> None:
    post(IDS)
    endpoint.hang_up()
    endpoint.apply()

    report = post(IDS)

    assert report.delivered == 20
    assert report.errors == 0


def test_a_request_is_repeated_if_its_kept_alive_connection_breaks(
    endpoint: LiveEndpoint, post: Post
) -> None:
    post(IDS)
    endpoint.apply(answers={who: ["close"] for who in IDS})

    report = post(IDS)

    assert report.delivered == 20
    assert report.requests == 40
    assert report.errors == 0, "a kept-alive connection may break; that is no failure"


def test_http_connections_that_the_gateway_closes_after_some_requests_are_replaced(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(requests_per_connection=3)

    assert post([f"c{n}" for n in range(100)], b"one", b"two").delivered == 200


def test_http_connections_that_were_idle_for_too_long_are_not_used(
    endpoint: LiveEndpoint, post: Post, poster: Poster, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(IDS)
    opened = endpoint.opened_for(poster)
    monkeypatch.setattr("chalicelib.adapters.poster.pool.MAX_IDLE_SECONDS", 0.0)

    assert post(IDS).delivered == 20
    assert endpoint.endpoint.connections_opened > opened


def test_an_http_connection_with_a_request_in_flight_at_the_deadline_is_not_used_again(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"slow": "slow:0.3"})
    post(["slow"], b"late", seconds=0.1)
    time.sleep(0.3)

    report = post(["other"], b"next")

    assert report.delivered == 1
    assert endpoint.frames("other") == [b"next"]


def test_an_unreachable_address_does_not_hide_the_reachable_ones(
    endpoint: LiveEndpoint, make_poster: MakePoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = unused.getsockname()
    port = urlsplit(endpoint.url).port
    found = [(socket.AF_INET, 1, 6, "", dead), (socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    report = make_poster(endpoint.url).post(IDS, [b"x"], deadline=far())

    assert report.delivered == report.requests == 20


@pytest.mark.parametrize("url", ["ftp://host/x", "host", "https://"])
def test_an_invalid_endpoint_is_named_in_the_error(url: str, make_poster: MakePoster) -> None:
    with pytest.raises(ValueError, match="should be like https://host/stage"):
        make_poster(url)


def test_missing_credentials_are_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="credentials"):
        Poster("http://127.0.0.1:1/x", credentials=None, region="eu-west-1")  # type: ignore[arg-type]


def test_more_deliveries_open_more_http_connections_and_tls_opens_fewer() -> None:
    def count(deliveries: int, secure: bool = True, seconds_left: float = 5.0) -> int:
        return connections_worth_opening(deliveries, secure=secure, seconds_left=seconds_left)

    assert count(1) == 1
    assert count(3) == 3
    assert count(100) < count(1000) < count(10_000)
    assert count(1000) < count(1000, secure=False)


def test_a_near_deadline_opens_more_http_connections() -> None:
    assert connections_worth_opening(1000, secure=True, seconds_left=0.05) > connections_worth_opening(
        1000, secure=True, seconds_left=5.0
    )
