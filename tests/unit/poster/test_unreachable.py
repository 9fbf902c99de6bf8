"""Connections and endpoints that do not answer."""

import logging
import socket
import time

import pytest

from chalicelib.adapters.poster import Poster
from chalicelib.adapters.poster.quarantine import Quarantine
from tests.unit.poster.live_endpoint import (
    MAX_WAIT_SECONDS,
    LiveEndpoint,
    MakePoster,
    Post,
    StartEndpoint,
    far,
    observing,
)

OTHERS = [f"c{n}" for n in range(30)]


@pytest.fixture
def poster(endpoint: LiveEndpoint, make_poster: MakePoster) -> Poster:
    """A poster that gives up silent connections; the others have a thousand times their latency."""
    return make_poster(endpoint.url, request_timeout_seconds=1.0)


def test_a_silent_connection_costs_only_itself(
    endpoint: LiveEndpoint, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.poster.work.STALL_SECONDS", MAX_WAIT_SECONDS)
    endpoint.apply(answers={"mute": "never"})

    report = post([*OTHERS, "mute"], b"one", b"two")

    assert report.delivered == 60
    assert report.unreached == {"mute"}
    assert endpoint.endpoint.statuses["never"] == 2


def test_the_others_do_not_wait_for_a_silent_connection(
    start_endpoint: StartEndpoint, make_poster: MakePoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.poster.work.STALL_SECONDS", MAX_WAIT_SECONDS)
    order: list[str] = []
    endpoint = start_endpoint(observing(lambda request: order.append(request.connection_id)))
    endpoint.apply(answers={"mute": "never"})
    poster = make_poster(endpoint.url, request_timeout_seconds=2.0, max_http_connections=2)

    poster.post(["mute", *OTHERS], [b"x"], deadline=far(), on_progress=lambda: order.count("mute") < 2)

    assert sorted(order[:-1]) == sorted(["mute", *OTHERS])
    assert order[-1] == "mute", "the second attempt comes when all others are served"


def test_a_connection_that_was_silent_is_left_out_of_the_next_batch(
    endpoint: LiveEndpoint, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.poster.quarantine.FIRST_SECONDS", 30.0)
    endpoint.apply(answers={"mute": "never"})
    post([*OTHERS, "mute"])
    endpoint.apply()

    report = post([*OTHERS, "mute"])

    assert report.unreached == {"mute"}
    assert report.delivered == report.requests == 30


def test_a_silent_connection_that_accepts_an_answer_is_served_again(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"mute": "never"})
    post([*OTHERS, "mute"])
    endpoint.apply()

    assert post(["mute"], b"the answer to its question").delivered == 1
    assert post([*OTHERS, "mute"]).delivered == 31


def test_a_connection_on_probation_gets_one_attempt(
    endpoint: LiveEndpoint, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.adapters.poster.quarantine.FIRST_SECONDS", 0.0)
    endpoint.apply(answers={"mute": "never"})
    post([*OTHERS, "mute"])
    endpoint.apply(answers={"mute": "never"})

    assert post([*OTHERS, "mute"]).unreached == {"mute"}
    assert endpoint.endpoint.statuses["never"] == 1


def test_a_slow_connection_is_waited_for(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={"slow": "slow:0.3"})

    assert post([*OTHERS, "slow"]).delivered == 31


def test_an_outage_of_the_whole_gateway_puts_nobody_into_quarantine(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"*": "503"})
    assert post(OTHERS).unreached == set(OTHERS)
    endpoint.apply()

    assert post(OTHERS).delivered == 30


def test_a_batch_ends_at_its_deadline(endpoint: LiveEndpoint, make_poster: MakePoster) -> None:
    endpoint.apply(answers=dict.fromkeys(OTHERS, "never"))
    poster = make_poster(endpoint.url)

    report = poster.post(["a", *OTHERS], [b"x"], deadline=time.monotonic() + 2.0)

    assert report.delivered == 1
    assert report.unreached == set(OTHERS)
    assert report.errors == 0, "it ends before the first timeout"


def test_a_batch_after_its_deadline_sends_nothing(post: Post) -> None:
    report = post(OTHERS, seconds=-1.0)

    assert report.requests == 0
    assert report.unreached == set(OTHERS)


def test_the_caller_can_stop_a_batch(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(rate=50, burst=1)
    asked = 0

    def on_progress() -> bool:
        nonlocal asked
        asked += 1
        return asked < 2

    report = post(OTHERS + [f"d{n}" for n in range(300)], on_progress=on_progress)

    assert asked == 2
    assert report.unreached
    assert report.delivered + len(report.unreached) == 330


def test_an_endpoint_that_refuses_connections_is_given_up_with_a_reason(
    make_poster: MakePoster, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    poster = make_poster(f"http://127.0.0.1:{port}/x")

    with caplog.at_level(logging.ERROR):
        report = poster.post(["a", "b"], [b"x"], deadline=far())

    assert report.unreached == {"a", "b"}
    assert report.requests == 0
    assert any("refused" in record.getMessage() for record in caplog.records)


def test_quarantine_doubles_and_ends_with_the_first_success() -> None:
    quarantine = Quarantine()
    quarantine.failed(["a"], 100.0)
    assert quarantine.holds("a", 100.9)
    assert not quarantine.holds("a", 101.1)
    assert quarantine.on_probation("a")
    quarantine.failed(["a"], 101.1)
    assert quarantine.holds("a", 103.0)
    quarantine.settled("a")
    assert not quarantine.holds("a", 101.2)
    assert not quarantine.on_probation("a")
