"""Every frame to every connection, in order."""

import pytest

from chalicelib.adapters.poster import Poster
from tests.unit.poster.live_endpoint import LiveEndpoint, MakePoster, Post, far

FRAMES = (b"first", b"second", "third \N{GRINNING FACE}".encode())


def test_every_connection_gets_every_frame_in_order(endpoint: LiveEndpoint, post: Post) -> None:
    ids = [f"connection-{n}" for n in range(150)]

    report = post(ids, *FRAMES)

    assert report.delivered == 450
    assert report.requests == 450
    assert not report.gone
    assert not report.unreached
    assert all(endpoint.frames(who) == list(FRAMES) for who in ids)


def test_the_order_of_a_connection_survives_failures_in_between(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={f"c{n}": ["200", "503", "close", "429", "500"] for n in range(20)})

    report = post([f"c{n}" for n in range(20)], *FRAMES)

    assert report.delivered == 60
    assert all(endpoint.frames(f"c{n}") == list(FRAMES) for n in range(20))


@pytest.mark.parametrize(
    "odd", ["Kx3jdcT2IAMCJTA=", "a/b", "a+b c", "ä€😀", "%3D", "a?b#c", "@connections", "~-._", "a&b=c;d:e"]
)
def test_unusual_connection_ids_are_quoted_correctly(endpoint: LiveEndpoint, post: Post, odd: str) -> None:
    assert post([odd]).delivered == 1
    assert endpoint.frames(odd) == [b"frame"]


def test_a_connection_named_twice_is_posted_to_once(endpoint: LiveEndpoint, post: Post) -> None:
    assert post(["a", "b", "a"]).delivered == 2
    assert endpoint.frames("a") == [b"frame"]


def test_an_empty_batch_sends_nothing(endpoint: LiveEndpoint, post: Post, poster: Poster) -> None:
    assert post([]).requests == 0
    assert poster.post(["a"], [], deadline=far()).requests == 0
    assert endpoint.endpoint.stats()["requests"] == 0


def test_a_frame_of_the_largest_size_arrives_whole(endpoint: LiveEndpoint, post: Post) -> None:
    frame = bytes(range(256)) * 128

    assert post([f"c{n}" for n in range(20)], frame).delivered == 20
    assert endpoint.frames("c19") == [frame]


def test_http_connections_are_limited(endpoint: LiveEndpoint, make_poster: MakePoster) -> None:
    poster = make_poster(endpoint.url, max_http_connections=7)

    report = poster.post([f"c{n}" for n in range(100)], [b"x"], deadline=far())

    assert report.delivered == 100
    assert endpoint.endpoint.connections_opened <= 7
