"""Connections and endpoints that do not answer."""

import logging
import socket
import time

from chalicelib.adapters.poster.quarantine import Quarantine

OTHERS = [f"c{n}" for n in range(30)]


def test_a_silent_connection_costs_only_itself(endpoint, post):
    endpoint.apply(answers={"mute": "never"})

    report = post([*OTHERS, "mute"], b"one", b"two", seconds=60)

    assert report.delivered == 60
    assert report.unreached == {"mute"}
    assert endpoint.endpoint.statuses["never"] == 2


def test_the_others_do_not_wait_for_a_silent_connection(start_endpoint, make_poster):
    order = []
    endpoint = start_endpoint(lambda request: order.append(request.connection_id))
    endpoint.apply(answers={"mute": "never"})
    poster = make_poster(endpoint.url, request_timeout_seconds=0.3, max_http_connections=2)

    poster.post(["mute", *OTHERS], [b"x"], deadline=time.monotonic() + 10)

    assert sorted(order[:-1]) == sorted(["mute", *OTHERS])
    assert order[-1] == "mute", "the second try comes when all others are served"


def test_a_connection_that_was_silent_is_left_out_of_the_next_batch(endpoint, post):
    endpoint.apply(answers={"mute": "never"})
    post([*OTHERS, "mute"])
    endpoint.apply()

    report = post([*OTHERS, "mute"])

    assert report.unreached == {"mute"}
    assert report.delivered == report.requests == 30


def test_an_answer_to_one_that_was_silent_is_posted_and_lets_it_in_again(endpoint, post):
    endpoint.apply(answers={"mute": "never"})
    post([*OTHERS, "mute"])
    endpoint.apply()

    assert post(["mute"], b"the answer to its question").delivered == 1
    assert post([*OTHERS, "mute"]).delivered == 31


def test_one_on_probation_is_tried_once(endpoint, post, monkeypatch):
    monkeypatch.setattr("chalicelib.adapters.poster.quarantine.FIRST_SECONDS", 0.0)
    endpoint.apply(answers={"mute": "never"})
    post([*OTHERS, "mute"])
    endpoint.apply(answers={"mute": "never"})

    assert post([*OTHERS, "mute"]).unreached == {"mute"}
    assert endpoint.endpoint.statuses["never"] == 1


def test_a_slow_connection_is_waited_for(endpoint, post):
    endpoint.apply(answers={"slow": "slow:0.15"})

    assert post([*OTHERS, "slow"]).delivered == 31


def test_an_outage_of_the_whole_gateway_puts_nobody_into_quarantine(endpoint, post):
    endpoint.apply(answers={"*": "503"})
    assert post(OTHERS).unreached == set(OTHERS)
    endpoint.apply()

    assert post(OTHERS).delivered == 30


def test_the_deadline_is_kept(endpoint, post):
    endpoint.apply(answers=dict.fromkeys(OTHERS, "never"))

    report = post(["a", *OTHERS], seconds=0.35)

    assert report.delivered == 1
    assert report.unreached == set(OTHERS)
    assert report.errors == 0, "it is over before the first time-out"


def test_a_deadline_that_has_passed_sends_nothing(post):
    report = post(OTHERS, seconds=-1.0)

    assert report.requests == 0
    assert report.unreached == set(OTHERS)


def test_the_caller_can_stop_the_work(endpoint, post):
    endpoint.apply(rate=50, burst=1)
    asked = []

    report = post(
        OTHERS + [f"d{n}" for n in range(300)], on_progress=lambda: asked.append(1) or len(asked) < 2
    )

    assert len(asked) == 2
    assert report.unreached
    assert report.delivered + len(report.unreached) == 330


def test_an_endpoint_that_refuses_links_is_given_up_with_a_reason(make_poster, caplog):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    poster = make_poster(f"http://127.0.0.1:{port}/x")

    with caplog.at_level(logging.ERROR):
        report = poster.post(["a", "b"], [b"x"], deadline=time.monotonic() + 30)

    assert report.unreached == {"a", "b"}
    assert report.requests == 0
    assert any("refused" in record.getMessage() for record in caplog.records)


def test_quarantine_doubles_and_ends_with_the_first_success():
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
