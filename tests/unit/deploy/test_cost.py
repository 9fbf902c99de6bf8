"""The bill of a month."""

import json
import re
from pathlib import Path

import pytest

from chalicelib.domain.presence import Presence
from deploy_extras import cli
from deploy_extras.cost import Use, announcements, being_there, bill, pings, probe_seconds, reads, total
from deploy_extras.prices import PRICES
from deploy_extras.units import BY_ROOMS, COUNTED, PRESENCE, of_message

DOCS = Path(__file__).parents[3] / "docs" / "cost.md"
USE = Use(users=200, hours=8, messages=5000, rooms=20)


def test_the_documentation_has_the_counted_units() -> None:
    names = {
        "connections, ours": "ours",
        "connections, scan and post one by one": "simple",
        "rooms, a usual ping": "usual",
        "rooms, a charged ping": "charged",
        "rooms, a visit": "visit",
        "rooms, a report": "read",
        "connections, an announcement": "announcement",
        "connections, a probe": "probe",
    }
    row = re.compile(
        rf"^\| ([\d,]+) ({'|'.join(names)}) \| ([\d,.]+) \|[^|]*"
        r"\| ([\d.]+) \|[^|]*\| ([\d.]+) \| ([\d.]+) \|"
    )
    found: dict[str, dict[int, tuple[float, ...]]] = {name: {} for name in names.values()}
    for line in DOCS.read_text("utf-8").splitlines():
        match = row.match(line)
        if match:
            size = int(match[1].replace(",", ""))
            found[names[match[2]]][size] = tuple(float(match[i].replace(",", "")) for i in (3, 4, 5, 6))
    assert found == COUNTED | BY_ROOMS | PRESENCE


def test_pings_probe_for_lost_connections_as_often_as_the_bill_assumes() -> None:
    for people in (1, 20, 100, 1000):
        assert Presence(announced=0, online=people).next_probe() == 1000 * probe_seconds(people)


def test_a_bill_includes_pings_visits_announcements_and_probes() -> None:
    units = {item.what: item.units for item in bill(Use(users=200, hours=8, messages=0, rooms=20))}
    pings = 200 * 30 * (3600 / 57 + 7 * 3600 / 240)  # somebody looks for one hour of eight
    probes, visits, moves = 20 * 8 * 12 * 30, 200 * 4 * 30, 2 * 200 * 30
    assert units["presence: pings and answers"] == pytest.approx(2 * pings)
    assert units["presence: joins and announcements"] == pytest.approx(2 * visits + 10 * moves)
    written = 0.5 * pings + 3 * probes + 19 * visits + 3 * moves
    assert units["presence: writes"] == pytest.approx(written)


def test_messages_make_pings_needless_and_more_so_in_a_room_that_one_has_joined_alone() -> None:
    quiet, busy = (pings(Use(200, 8, messages, 20)) for messages in (0, 5000))
    assert busy == pytest.approx(0.48 * quiet, rel=0.03)
    assert pings(Use(200, 8, 5000, 20, rooms_each=5)) == pytest.approx(0.86 * quiet, rel=0.01)
    assert pings(Use(200, 8, 100_000, 2)) < quiet / 1_000


def test_what_is_read_is_reported_for_each_room_that_is_opened_and_now_and_then_while_somebody_stays() -> (
    None
):
    looks = 200 * 30 * 6
    assert reads(Use(200, 8, 0, 20)) == 0
    # Messages come all the time: one report for what was missed, one in four minutes, and one on leaving.
    assert reads(Use(200, 8, 10_000_000, 20)) == pytest.approx(looks * 4)
    assert reads(Use(200, 8, 10_000_000, 20, rooms_each=5)) == pytest.approx(looks * 3 * 2)
    found = {item.what: item.units for item in bill(Use(200, 8, 5000, 20))}
    assert found["presence: reports of what was read"] == reads(Use(200, 8, 5000, 20))


def test_somebody_who_joined_more_rooms_costs_more_and_the_goals_of_the_bill_hold() -> None:
    team, company = Use(20, 2, 200, 4), Use(200, 8, 5000, 20)
    five = Use(200, 8, 5000, 20, rooms_each=5)
    town = Use(2000, 8, 100_000, 20)
    bills = [bill(use) for use in (team, company, five, town)]
    assert [total(items) <= goal for items, goal in zip(bills, (1.5, 12, 18, 420), strict=True)] == [True] * 4
    assert being_there(bills[1]) <= 4
    assert total(bills[1]) < total(bills[2])


def test_announcements_are_as_many_as_people_move_but_for_the_pace_of_large_rooms() -> None:
    assert announcements(Use(users=20, hours=2, messages=0, rooms=4)) == 2 * 20 * 30
    assert announcements(Use(users=2000, hours=8, messages=0, rooms=2)) == 2 * 8 * 6 * 30


def test_units_between_counted_sizes_are_interpolated() -> None:
    assert of_message("ours", 10).websocket_messages == 11
    assert of_message("ours", 55).websocket_messages == pytest.approx(56)
    assert of_message("ours", 2000).websocket_messages == pytest.approx(2001)
    assert of_message("ours", 1).websocket_messages == pytest.approx(2)


def test_the_bill_is_the_sum_of_its_items() -> None:
    items = bill(USE)
    assert total(items) == pytest.approx(
        sum(i.units * PRICES[i.price].dollars / PRICES[i.price].per for i in items)
    )
    [frames] = [i for i in items if i.what == "messages: frames in and out"]
    assert frames.units == 5000 * 30 * 11
    [minutes] = [i for i in items if i.price == "connection_minute"]
    assert minutes.units == 200 * 8 * 60 * 30


def test_more_people_hours_and_messages_cost_more() -> None:
    small = total(bill(USE))
    for more in (Use(400, 8, 5000, 20), Use(200, 12, 5000, 20), Use(200, 8, 50_000, 20)):
        assert total(bill(more)) > small


def test_functions_of_the_simple_design_cost_more_in_big_rooms() -> None:
    def functions(design: str) -> float:
        items = bill(Use(2000, 8, 100_000, 2, design))
        return sum(i.dollars for i in items if i.what == "messages: functions")

    assert functions("simple") > 20 * functions("ours")


def test_every_price_has_a_source() -> None:
    assert all(price.source.startswith("https://aws.amazon.com/") for price in PRICES.values())


def test_the_command_prints_items_and_their_sum(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["cost", "--users", "200", "--hours", "8", "--messages", "5000", "--rooms", "20"]
    assert cli.main([*given, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == pytest.approx(sum(i["dollars"] for i in found["items"]), abs=0.2)
    assert cli.main(given) == 0
    assert "connection minutes" in capsys.readouterr().out


def test_a_day_has_24_hours(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["cost", "--users", "1", "--hours", "25", "--messages", "1", "--rooms", "1"]
    assert cli.main(given) == 1
    assert "a day has 24 hours" in capsys.readouterr().err
