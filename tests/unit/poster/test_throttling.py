"""429: the pace goes down, and everybody still gets their turn."""

import logging

import pytest

from chalicelib.adapters.poster.pace import CUT, MIN_RATE, THROTTLE_MEMORY_SECONDS, Pace
from tests.unit.poster.live_endpoint import LiveEndpoint, Post

IDS = [f"c{n}" for n in range(10)]


def test_a_throttled_batch_reaches_everyone(endpoint: LiveEndpoint, post: Post) -> None:
    ids = [f"c{n}" for n in range(200)]
    # A busy machine may be slower than the limit, so some answers do not depend on the rate.
    endpoint.apply(rate=300, burst=20, answers={who: ["429"] for who in ids[:10]})

    report = post(ids)

    assert report.delivered == 200
    assert report.throttled > 0
    assert not report.unreached


def test_every_429_is_counted(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={who: ["429", "200", "429"] for who in IDS})

    report = post(IDS, b"one", b"two")

    assert report.throttled == 20
    assert (report.delivered, report.requests, report.errors) == (20, 40, 0)


def test_a_429_that_closes_its_http_connection_is_counted(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={who: ["429"] for who in IDS}, requests_per_connection=1)

    report = post(IDS)

    assert (report.throttled, report.delivered, report.errors) == (10, 10, 0)


def test_a_batch_with_other_failures_counts_only_429_as_throttled(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers={"a": ["429", "503"], "b": ["413"], "c": "410", "d": ["429", "close"]})

    report = post(["a", "b", "c", "d"])

    assert (report.throttled, report.delivered) == (2, 2)
    assert report.unreached == {"b"}
    assert report.gone == {"c"}


def test_a_throttled_batch_that_is_stopped_reports_its_429s(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(answers=dict.fromkeys(IDS, "429"))

    report = post(IDS, on_progress=lambda: endpoint.endpoint.statuses["429"] < 20)

    answered = endpoint.endpoint.statuses["429"]
    assert 10 <= report.throttled <= answered
    # Answers on their way when the batch is stopped are not read: at most one for each connection id.
    assert answered - report.throttled <= len(IDS)
    assert report.unreached == set(IDS)


def test_a_batch_logs_throttling_once(
    endpoint: LiveEndpoint, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint.apply(answers={who: ["429", "429"] for who in IDS})

    with caplog.at_level(logging.WARNING):
        post(IDS)
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        endpoint.apply(answers={"c1": ["429"]})
        post(IDS)

    assert [record.getMessage() for record in caplog.records] == [
        "a post was throttled by API Gateway (429); slowing down and retrying"
    ] * 2


def test_a_batch_without_a_429_logs_no_throttling(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert post(IDS).throttled == 0

    assert not caplog.records


def test_few_requests_are_wasted_on_a_throttled_endpoint(endpoint: LiveEndpoint, post: Post) -> None:
    endpoint.apply(rate=300, burst=20, answers={f"c{n}": ["429"] for n in range(10)})
    post([f"c{n}" for n in range(100)])
    # The burst is larger than the poster's own, so that a delayed thread of the endpoint admits it; the
    # latency lets a poster that has forgotten its pace send everything before the first 429.
    endpoint.apply(rate=300, burst=20, latency_seconds=0.1)

    report = post([f"c{n}" for n in range(300)])

    assert report.delivered == 300
    assert report.throttled < 100, "the pace learned in the batch before is kept, and probes carefully"


def test_a_connection_throttled_until_the_deadline_is_unreached_and_not_gone(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"a": "429"})

    report = post(["a"], seconds=2.0)

    assert report.unreached == {"a"}
    assert not report.gone
    assert report.throttled >= 2
    assert report.errors == 0


def test_one_throttled_connection_does_not_hold_up_the_room_for_ever(
    endpoint: LiveEndpoint, post: Post
) -> None:
    endpoint.apply(answers={"a": "429"})

    report = post(["a", *IDS])

    assert report.delivered == 10
    assert report.unreached == {"a"}


def test_the_pace_has_no_limit_without_a_429() -> None:
    assert Pace().allowance(1.0) == float("inf")


@pytest.fixture
def cut() -> Pace:
    pace = Pace()
    pace.begin(0.0)
    for n in range(100):
        pace.accepted(n / 1000)
    pace.throttled(0.1, sent_at=0.09)
    return pace


def test_a_429_cuts_the_pace_below_what_was_accepted(cut: Pace) -> None:
    assert cut.rate == pytest.approx(CUT * 1000)


def test_a_429_to_a_request_sent_before_the_cut_does_not_cut_again(cut: Pace) -> None:
    before = cut.rate
    cut.throttled(0.11, sent_at=0.095)
    assert cut.rate == before


def test_the_pace_grows_by_equal_steps_in_equal_times(cut: Pace) -> None:
    rates = []
    for second in (1.1, 2.1, 3.1):
        cut.allowance(second)
        rates.append(cut.rate)
    assert rates[1] - rates[0] == pytest.approx(rates[2] - rates[1])
    assert rates[1] > rates[0]


def test_requests_are_sent_at_the_pace(cut: Pace) -> None:
    sent = 0
    for tick in range(100, 1100):
        while cut.allowance(tick / 1000) >= 1:
            cut.spend()
            sent += 1
    assert 770 <= sent <= 800


def test_the_pace_never_falls_below_its_minimum(cut: Pace) -> None:
    for n in range(1, 50):
        cut.throttled(float(n), sent_at=float(n))
    assert cut.rate == MIN_RATE


def test_old_throttling_is_forgotten(cut: Pace) -> None:
    assert cut.allowance(0.2 + THROTTLE_MEMORY_SECONDS) == float("inf")
