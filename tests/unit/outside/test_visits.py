"""The time that work with another host may take."""

import errno

import pytest

from chalicelib.adapters.outside.connecting import TooSlowError, Visit


def give_up() -> None:
    raise TimeoutError(errno.ETIMEDOUT, "no answer")


def test_a_socket_that_gives_up_when_the_time_is_over_is_too_slow() -> None:
    with pytest.raises(TooSlowError, match=r"longer than 0 s"):
        Visit[None](0).result(give_up)


def test_a_host_that_is_given_up_before_keeps_its_own_reason() -> None:
    with pytest.raises(TimeoutError, match="no answer"):
        Visit[None](60).result(give_up)
