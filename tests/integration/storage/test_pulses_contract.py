"""The hours of rooms, on the fake and on both emulators."""

from dataclasses import replace

import pytest

from chalicelib.domain.messages import Message, User
from chalicelib.domain.pulse import HOUR_MS, Hour, Moment, Turn, Usual
from tests.integration.storage.conftest import Store

NINE = 1_795_338_000_000
SAID = Hour(NINE, 2, 0.3, 0.89, 1, 0, 1, frozenset({"a", "b"}), (Moment(7, 0.8),))
USUAL = Usual(0.125, 0.25, 0.5)


def test_what_is_added_to_an_hour_is_summed_up(store: Store) -> None:
    assert store.pulses.add("general", SAID) == SAID
    more = Hour(NINE, 1, -0.9, 0.81, 1, 0, 0, frozenset({"b"}), (Moment(12, -0.9),))
    summed = store.pulses.add("general", more)
    assert (summed.count, summed.negative, summed.neutral, summed.positive) == (3, 2, 0, 1)
    assert summed.total == pytest.approx(-0.6)
    assert summed.squares == pytest.approx(1.7)
    assert summed.people == SAID.people
    assert summed.moments == (Moment(7, 0.8), Moment(12, -0.9))
    assert store.pulses.add("other", SAID) == SAID


def test_an_hour_without_a_moment_has_none(store: Store) -> None:
    quiet = replace(SAID, moments=())
    assert store.pulses.add("general", quiet) == quiet


def test_hours_are_found_by_their_beginning_the_oldest_first(store: Store) -> None:
    for number in (2, 0, 1, 3):
        store.pulses.add("general", replace(SAID, begin=NINE + number * HOUR_MS))
    found = store.pulses.hours("general", NINE, NINE + 3 * HOUR_MS)
    assert [hour.begin for hour in found] == [NINE, NINE + HOUR_MS, NINE + 2 * HOUR_MS]
    assert store.pulses.hours("elsewhere", NINE, NINE + HOUR_MS) == []


@pytest.mark.parametrize("usual", [USUAL, None])
def test_an_hour_keeps_what_is_usual_and_the_turn_that_goes_on(store: Store, usual: Usual | None) -> None:
    store.pulses.add("general", SAID)
    turn = Turn("cooler", NINE - 5)
    assert store.pulses.begin("general", NINE, usual, turn) == replace(SAID, usual=usual, turn=turn)
    assert store.pulses.hours("general", NINE, NINE + 1) == [replace(SAID, usual=usual, turn=turn)]


def test_of_two_who_notice_the_same_turn_one_keeps_it(store: Store) -> None:
    store.pulses.add("general", SAID)
    store.pulses.begin("general", NINE, USUAL, None)
    first, second = Turn("warmer", NINE + 1), Turn("warmer", NINE + 2)
    assert store.pulses.turn("general", NINE, first, None)
    assert not store.pulses.turn("general", NINE, second, None)
    assert store.pulses.turn("general", NINE, second, first)


def test_many_messages_are_read_at_once_in_their_newest_state(store: Store) -> None:
    ada = User("u-ada", "Ada")
    for seq in range(1, 4):
        at = f"2026-11-29T10:00:0{seq}.000Z"
        store.log.append(Message("general", seq, seq, f"id-{seq}", ada, f"text {seq}", at, None))
    third = store.log.message("general", 3)
    assert third is not None
    changed = replace(third, text="changed", at=4)
    store.log.change(changed, 3)
    found = sorted(store.log.newest_of("general", [3, 1, 99]), key=lambda message: message.seq)
    assert [(message.seq, message.text) for message in found] == [(1, "text 1"), (3, "changed")]
