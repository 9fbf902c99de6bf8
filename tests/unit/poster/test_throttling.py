"""429: the pace goes down, and everybody still gets their turn."""

import pytest

from chalicelib.adapters.poster.pace import CUT, MIN_RATE, THROTTLE_MEMORY_SECONDS, Pace


def test_a_throttled_batch_reaches_everyone(endpoint, post):
    endpoint.apply(rate=300, burst=20)

    report = post([f"c{n}" for n in range(200)])

    assert report.delivered == 200
    assert report.throttled > 0
    assert not report.unreached


def test_few_requests_are_wasted_on_a_throttled_endpoint(endpoint, post):
    endpoint.apply(rate=300, burst=20)
    post([f"c{n}" for n in range(100)])
    endpoint.apply(rate=300, burst=1)

    report = post([f"c{n}" for n in range(300)])

    assert report.delivered == 300
    assert report.throttled < 100, "the pace learned in the batch before is kept, and probes carefully"


def test_throttled_until_the_deadline_is_unreached_and_not_gone(endpoint, post):
    endpoint.apply(answers={"a": "429"})

    report = post(["a"], seconds=0.4)

    assert report.unreached == {"a"}
    assert report.throttled >= 2
    assert report.errors == 0


def test_one_throttled_connection_does_not_hold_up_the_room_for_ever(endpoint, post):
    endpoint.apply(answers={"a": "429"})

    report = post(["a", *(f"c{n}" for n in range(30))], seconds=60)

    assert report.delivered == 30
    assert report.unreached == {"a"}


def test_without_any_429_there_is_no_limit():
    assert Pace().allowance(1.0) == float("inf")


@pytest.fixture
def cut() -> Pace:
    pace = Pace()
    pace.begin(0.0)
    for n in range(100):
        pace.accepted(n / 1000)
    pace.throttled(0.1, sent_at=0.09)
    return pace


def test_a_429_cuts_the_pace_below_what_was_accepted(cut):
    assert cut.rate == pytest.approx(CUT * 1000)


def test_a_429_to_a_request_from_before_the_cut_does_not_cut_again(cut):
    before = cut.rate
    cut.throttled(0.11, sent_at=0.095)
    assert cut.rate == before


def test_the_pace_grows_by_equal_steps_in_equal_times(cut):
    rates = []
    for second in (1.1, 2.1, 3.1):
        cut.allowance(second)
        rates.append(cut.rate)
    assert rates[1] - rates[0] == pytest.approx(rates[2] - rates[1])
    assert rates[1] > rates[0]


def test_the_pace_is_kept_between_requests(cut):
    sent = 0
    for tick in range(100, 1100):
        while cut.allowance(tick / 1000) >= 1:
            cut.spend()
            sent += 1
    assert 770 <= sent <= 800


def test_the_pace_never_falls_so_low_that_nothing_is_tried(cut):
    for n in range(1, 50):
        cut.throttled(float(n), sent_at=float(n))
    assert cut.rate == MIN_RATE


def test_an_old_throttling_is_forgotten(cut):
    assert cut.allowance(0.2 + THROTTLE_MEMORY_SECONDS) == float("inf")
