"""How much is unread, as a push says it."""

import pytest

from chalicelib.domain.rooms import RoomState
from chalicelib.errors import Unavailable
from chalicelib.service.keeping import Description
from chalicelib.service.pushing import COUNTING_SECONDS, LOOKING_SECONDS
from tests.unit.service.test_pushing import MESSAGE, House


def test_a_push_says_how_much_is_unread_in_all_rooms_as_it_was_read_on_any_device() -> None:
    house = House()
    house.subscribe()
    there = house.world.connect(house.bob.token, "general", house.direct)
    house.say(mentions=[])
    there.send(action="read", room="general", at=1)

    def unread(room: str = house.direct) -> int:
        house.world.clock.sleep(LOOKING_SECONDS + 1)
        [told] = house.say(room, mentions=[house.bob.user.id])
        return int(told["unread"])

    assert [unread(), unread(), unread("general")] == [1, 2, 3]
    there.send(action="read", room=house.direct, at=2)
    assert unread("general") == 2, "what was read elsewhere is taken off"
    status, answer = house.rest.call("PUT", "/rooms/general/mine", house.bob.token, {"hidden": True})
    assert status == 200, answer
    assert unread() == 1, "a hidden room is not counted"


def test_a_room_that_is_closed_to_somebody_or_was_never_read_is_not_counted() -> None:
    house = House()
    house.subscribe()
    house.keeping.create(house.ada, "den", Description(access="private"))
    house.keeping.put_member(house.ada, "den", house.bob.user.id, "member")
    there = house.world.connect(house.bob.token, "den")
    writer = house.world.connect(house.ada.token, "den", "hall")
    for number, room in enumerate(("den", "den", "hall")):
        writer.send(action="send", room=room, id=MESSAGE.format(50 + number), text="x")
    there.send(action="read", room="den", at=1)
    house.keeping.drop_member(house.ada, "den", house.bob.user.id)
    house.world.clock.sleep(LOOKING_SECONDS + 1)
    [told] = house.say(house.direct, mentions=[])
    assert told["unread"] == 1


def test_without_an_answer_of_the_storage_a_push_goes_without_a_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.subscribe()

    def unavailable(rooms: list[str]) -> None:
        raise Unavailable("The chat's storage did not answer.")

    house.say(house.direct, mentions=[])
    monkeypatch.setattr(house.world.rooms, "states", unavailable)
    [told] = house.say(house.direct, mentions=[])
    assert "unread" not in told


def test_what_takes_too_long_to_count_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    cy = house.sign_in("Cy")
    house.subscribe()
    house.subscribe("https://push.example.org/of-cy", cy)
    states = house.world.rooms.states

    def slowly(rooms: list[str]) -> list[RoomState]:
        house.world.clock.sleep(COUNTING_SECONDS)
        return states(rooms)

    house.say(mentions=[])
    for session in (house.bob, cy):
        house.world.connect(session.token, "general").send(action="read", room="general", at=1)
    house.world.clock.sleep(LOOKING_SECONDS + 1)
    monkeypatch.setattr(house.world.rooms, "states", slowly)
    told = house.say(mentions=[house.bob.user.id, cy.user.id])
    assert ["unread" in one for one in told] == [True, False]
