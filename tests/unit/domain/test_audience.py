"""Who may be sent what is stored, by the subscriptions, the mark of a closing and the room's state."""

import pytest

from chalicelib.domain.audience import Audience
from chalicelib.domain.connections import Subscription
from chalicelib.domain.messages import User
from chalicelib.domain.rooms import RoomState

ADA = Subscription("ada=", User("u-ada", "Ada"), member=True)
BOB = Subscription("bob=", User("u-bob", "Bob"))
CLOSED = 5


def state(rules: int, *, hidden: bool) -> RoomState:
    return RoomState("garden", 0, 0, rules=rules, hidden=hidden)


@pytest.mark.parametrize("hidden", [False, True])
def test_without_a_mark_all_subscribers_are_readers(hidden: bool) -> None:
    assert Audience((ADA, BOB)).readers(state(CLOSED, hidden=hidden)) == (ADA, BOB)


@pytest.mark.parametrize(
    ("rules", "hidden", "readers"),
    [
        pytest.param(CLOSED - 1, False, (ADA,), id="a state of before the closing"),
        pytest.param(CLOSED - 1, True, (ADA,), id="a state of an earlier time when it was closed"),
        pytest.param(CLOSED, True, (ADA,), id="the closing itself"),
        pytest.param(CLOSED + 1, True, (ADA,), id="something else was changed since"),
        pytest.param(CLOSED + 1, False, (ADA, BOB), id="open again"),
        # The mark of a request that completed an earlier one is of the same version.
        pytest.param(CLOSED, False, (ADA, BOB), id="a mark that came when it was open again"),
    ],
)
def test_in_a_room_that_was_closed_members_alone_are_readers_until_it_is_open_again(
    rules: int, hidden: bool, readers: tuple[Subscription, ...]
) -> None:
    assert Audience((ADA, BOB), CLOSED).readers(state(rules, hidden=hidden)) == readers


def test_the_state_matters_only_if_there_is_a_mark_and_somebody_in_doubt() -> None:
    assert Audience((ADA, BOB)).is_certain
    assert Audience((ADA,), CLOSED).is_certain
    assert not Audience((ADA, BOB), CLOSED).is_certain
