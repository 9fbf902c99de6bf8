"""Kept-alive connections: used again, and not trusted too much."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from chalicelib.adapters.poster import Poster
from chalicelib.adapters.poster.parallelism import connections_worth_opening

IDS = [f"c{n}" for n in range(20)]


def test_links_are_used_again_by_the_next_batch(endpoint, post):
    post(IDS)
    opened = endpoint.endpoint.connections_opened

    post(IDS)

    assert endpoint.endpoint.connections_opened == opened


def test_links_that_the_gateway_closed_meanwhile_lose_nothing(endpoint, post):
    post(IDS)
    endpoint.hang_up()
    endpoint.apply()

    report = post(IDS)

    assert report.delivered == 20
    assert report.errors == 0


def test_a_link_that_breaks_under_a_request_is_replaced_and_the_request_repeated(endpoint, post):
    post(IDS)
    endpoint.apply(answers={who: ["close"] for who in IDS})

    report = post(IDS)

    assert report.delivered == 20
    assert report.requests == 40
    assert report.errors == 0, "a kept-alive connection may break, that is nobody's failure"


def test_a_gateway_that_closes_links_after_some_requests_is_followed(endpoint, post):
    endpoint.apply(requests_per_connection=3)

    assert post([f"c{n}" for n in range(100)], b"one", b"two").delivered == 200


def test_links_that_rested_too_long_are_not_used(endpoint, post, monkeypatch):
    post(IDS)
    monkeypatch.setattr("chalicelib.adapters.poster.pool.MAX_IDLE_SECONDS", 0.0)
    opened = endpoint.endpoint.connections_opened

    assert post(IDS).delivered == 20
    assert endpoint.endpoint.connections_opened > opened


def test_links_with_a_request_under_way_at_the_deadline_are_not_used_again(endpoint, post):
    endpoint.apply(answers={"slow": "slow:0.3"})
    post(["slow"], b"late", seconds=0.1)
    time.sleep(0.3)

    report = post(["other"], b"next")

    assert report.delivered == 1
    assert endpoint.frames("other") == [b"next"]


def test_an_address_that_cannot_be_reached_does_not_hide_those_that_can(endpoint, make_poster, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = unused.getsockname()
    port = urlsplit(endpoint.url).port
    found = [(socket.AF_INET, 1, 6, "", dead), (socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    report = make_poster(endpoint.url).post(IDS, [b"x"], deadline=time.monotonic() + 20)

    assert report.delivered == report.requests == 20


@pytest.mark.parametrize("url", ["ftp://host/x", "host", "https://"])
def test_an_endpoint_that_is_no_address_is_named(url, make_poster):
    with pytest.raises(ValueError, match="should be like https://host/stage"):
        make_poster(url)


def test_missing_credentials_are_named():
    with pytest.raises(ValueError, match="credentials"):
        Poster("http://127.0.0.1:1/x", credentials=None, region="eu-west-1")  # type: ignore[arg-type]


def test_more_links_are_opened_for_more_deliveries_and_fewer_where_they_cost_more():
    def count(deliveries: int, secure: bool = True, seconds_left: float = 5.0) -> int:
        return connections_worth_opening(deliveries, secure=secure, seconds_left=seconds_left)

    assert count(1) == 1
    assert count(3) == 3
    assert count(100) < count(1000) < count(10_000)
    assert count(1000) < count(1000, secure=False)


def test_a_near_deadline_opens_more_links():
    assert connections_worth_opening(1000, secure=True, seconds_left=0.05) > connections_worth_opening(
        1000, secure=True, seconds_left=5.0
    )
