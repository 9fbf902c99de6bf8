"""What API Gateway refuses."""

import logging

import pytest

from tests.unit.poster.live_endpoint import LiveEndpoint, Post

OTHERS = [f"c{n}" for n in range(30)]


def test_a_gone_connection_is_reported_and_not_posted_to_again(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={"left": "410"})

    report = post([*OTHERS, "left"], b"one", b"two")

    assert report.gone == {"left"}
    assert not report.unreached
    assert report.delivered == 60
    assert endpoint.endpoint.statuses["410"] == 1


def test_a_frame_that_is_too_big_is_logged_with_its_size(
    endpoint: LiveEndpoint, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint.apply(answers={"*": "413"})

    with caplog.at_level(logging.ERROR):
        report = post(["a", "b"], b"x" * 40_000)

    assert report.unreached == {"a", "b"}
    assert report.errors == 2
    assert [record.getMessage() for record in caplog.records] == [
        "a frame of 40000 bytes is too big for API Gateway (413)"
    ]


def test_after_a_refused_frame_the_later_ones_of_that_connection_are_not_sent(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"a": ["413"]})

    assert post(["a", "b"], b"one", b"two").unreached == {"a"}
    assert endpoint.frames("a") == []
    assert endpoint.frames("b") == [b"one", b"two"]


def test_a_request_that_the_gateway_rejects_is_not_repeated(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={"bad": "400"})

    assert post([*OTHERS, "bad"]).unreached == {"bad"}
    assert endpoint.endpoint.statuses["400"] == 1


def test_server_errors_are_retried(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={"a": ["500", "502", "503"], "b": ["504"]})

    report = post([*OTHERS, "a", "b"])

    assert report.delivered == 32
    assert report.errors == 4
    assert not report.unreached


def test_a_connection_that_always_fails_is_given_up_and_the_others_are_served(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"bad": "503"})

    report = post([*OTHERS, "bad"])

    assert report.unreached == {"bad"}
    assert report.delivered == 30
    assert endpoint.endpoint.statuses["503"] == 5


def test_a_short_outage_of_the_gateway_loses_nothing(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={who: ["503", "503"] for who in OTHERS})

    assert post(OTHERS).delivered == 30
