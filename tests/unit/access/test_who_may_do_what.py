"""Every action and every route, tried by every kind of person in every kind of room."""

import re
from pathlib import Path

import pytest

from chalicelib.domain.access import Access
from chalicelib.service.keeping import Description
from tests.unit.access import deeds
from tests.unit.access.people import NOT_IN_DIRECT, PEOPLE, ROOMS, RoomKind, Scene
from tests.unit.access.render import rendered
from tests.unit.access.table import in_rooms, in_the_house

ROOM_DEEDS = {**deeds.FRAMES, **deeds.ROOM_CALLS}
MODEL = Path(__file__).parents[3] / "docs" / "security-model.md"


def test_every_action_and_every_route_is_tried_and_has_a_row() -> None:
    assert deeds.missing() == set()
    assert list(in_rooms()) == list(ROOM_DEEDS)
    assert list(in_the_house()) == list(deeds.HOUSE_CALLS)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("deed", ROOM_DEEDS)
def test_in_a_room_everybody_gets_what_the_table_says(deed: str, room: RoomKind) -> None:
    here = [who for who in PEOPLE if not (room == "direct" and who in NOT_IN_DIRECT)]
    found = {who: ROOM_DEEDS[deed](Scene(room, who)) for who in here}
    letters = dict(zip(PEOPLE, in_rooms()[deed][ROOMS.index(room)], strict=True))
    assert found == {who: letter for who, letter in letters.items() if letter != "."}


@pytest.mark.parametrize("deed", deeds.HOUSE_CALLS)
def test_in_the_house_everybody_gets_what_the_table_says(deed: str) -> None:
    found = "".join(deeds.HOUSE_CALLS[deed](Scene("private", who)) for who in PEOPLE)
    assert found == in_the_house()[deed]


def test_who_is_removed_gets_the_message_that_was_being_delivered_and_none_after_it() -> None:
    scene = Scene("private", "removed")
    before = len(scene.client.entries(scene.room))
    scene.say(scene.host)
    scene.world.run_delivery()
    assert len(scene.client.entries(scene.room)) == before
    assert {"event": "removed", "room": scene.room} in scene.client.events


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("access", ["open", "private"])
def test_a_new_room_is_told_to_whoever_may_join_it_and_to_nobody_else(access: Access, who: str) -> None:
    scene = Scene("private", who)
    scene.world.run_delivery()
    scene.house.keeping.create(scene.olga, "orchard", Description(access=access))
    scene.world.run_delivery()
    told = [event for event in scene.client.events if event.get("room") == "orchard"]
    may_come = access == "open" and who not in ("guest", "guest elsewhere", "banned")
    assert [event["event"] for event in told] == (["room"] if may_come else [])


def test_the_document_shows_the_table() -> None:
    shown = re.search(r"<!-- table -->\n(.*)<!-- end of the table -->", MODEL.read_text("utf-8"), re.DOTALL)
    assert shown is not None
    assert shown.group(1) == rendered(), "PYTHONPATH=chalice_app python -m tests.unit.access.render"
