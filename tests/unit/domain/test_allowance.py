"""What a refused client is told to wait."""

import pytest

from chalicelib.domain.allowance import Allowance
from chalicelib.errors import RateLimited


@pytest.mark.parametrize("ahead", [1, 99, 100, 101, 140, 149, 1_049, 9_999])
def test_who_waits_as_long_as_told_is_not_refused_again(ahead: int) -> None:
    allowance, now = Allowance(per_second=20, burst=200), 1_000_000
    paid_until = allowance.latest(now) + ahead
    with pytest.raises(RateLimited) as refused:
        allowance.check(paid_until, now)
    told = refused.value.retry_after or 0
    assert told < ahead / 1000 + 0.1, "and not told to wait much longer"
    allowance.check(paid_until, now + round(told * 1000))
