"""The counted cost, on the emulator."""

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from bench.__main__ import main


def counted() -> dict[str, Any]:
    """Return what the bench counts in a small room."""
    printed = StringIO()
    with redirect_stdout(printed):
        assert main(["cost", "--json", "--sizes", "5", "--seconds", "1"]) == 0
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return counted()


def test_the_units_of_a_message_are_counted_for_both_designs(figures: dict[str, Any]) -> None:
    units = figures["units_per_message"]["5"]
    ours, simple = units["ours"], units["simple"]
    # One frame in, five out; one request each for allowance, position, entry with claim, lease, subscribers
    # and release, the entry and the claim at twice the price of a write. Of eight messages one reads its
    # block and writes the hour's mood.
    assert (ours["websocket_messages"], ours["dynamodb_requests"]) == (6, 6 + 2 / 8)
    assert (ours["read_units"], ours["write_units"]) == (1.12, 8.12)
    assert (simple["websocket_messages"], simple["dynamodb_requests"]) == (6, 2)
    assert (simple["read_units"], simple["write_units"]) == (0.5, 1)
    assert takes_less_time(figures) or any(takes_less_time(counted()) for _ in range(2))


def takes_less_time(figures: dict[str, Any]) -> bool:
    """Whether a message takes less time in the functions than with the simple design."""
    units = figures["units_per_message"]["5"]
    return bool(units["ours"]["gb_seconds"] < units["simple"]["gb_seconds"])


def test_the_units_of_pings_and_visits_are_counted_by_rooms(figures: dict[str, Any]) -> None:
    for rooms in (1, 5, 20):
        usual, charged = (figures["units_per_ping"][str(rooms)][kind] for kind in ("usual", "charged"))
        # One read of half a unit for the connection, and for each room one of its state and of its presence.
        assert (usual["websocket_messages"], usual["dynamodb_requests"]) == (2, 1)
        assert (usual["read_units"], usual["write_units"]) == (0.5 + rooms, 0)
        assert (charged["dynamodb_requests"], charged["write_units"]) == (2, 1)
        visit = figures["units_per_visit"][str(rooms)]
        assert visit["websocket_messages"] == 2 * rooms, "joins and answers: the others hear nothing"
        read = figures["units_per_read"][str(rooms)]
        # The allowance, the room's state, the mark, and which other connections the person has.
        assert (read["websocket_messages"], read["dynamodb_requests"]) == (1, 4)
        assert (read["read_units"], read["write_units"]) == (2, 2)
    told, looked = figures["units_per_announcement"]["5"], figures["units_per_probe"]["5"]
    assert told["websocket_messages"] == 5, "a post to everybody"
    assert looked["websocket_messages"] == 0, "everybody was seen: nobody need be posted to"


def test_the_units_of_a_push_are_counted_by_people(figures: dict[str, Any]) -> None:
    units = figures["units_per_push"]
    for people in (0, 1, 3):
        push = units[str(people)]
        assert (push["websocket_messages"], push["lambda_invocations"]) == (0, 1)
        assert push["write_units"] == 0
    assert units["1"]["read_units"] > units["0"]["read_units"], "who has no browser is not looked up further"
    more = units["3"]["read_units"] - units["1"]["read_units"]
    assert more == 2 * (units["1"]["read_units"] - 1.5), "each person costs the same"


def test_the_units_of_a_watched_room_and_of_the_list_of_rooms_are_counted(figures: dict[str, Any]) -> None:
    one, three = (figures["units_per_watched"][count] for count in ("1", "3"))
    mentioned = figures["units_per_push"]["1"]
    # Who watches is read once, and what each of them chose is known by it.
    assert one["dynamodb_requests"] == mentioned["dynamodb_requests"]
    assert three["dynamodb_requests"] > one["dynamodb_requests"]
    few, many = (figures["units_per_list"][count] for count in ("5", "100"))
    assert few["write_units"] == many["write_units"] == 0
    assert many["read_units"] > 10 * few["read_units"]
