"""What somebody chooses for a room: kept by the service, told to their devices, and obeyed by the list."""

import uuid
from typing import Any

import pytest

from chalicelib.service import choosing
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import Client, World


class House:
    """A chat in which Ada chooses and Bob writes; they have a direct room."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world)
        sessions, self.keeping = self.world.chat.sessions, self.world.chat.house().keeping
        self.ada, self.bob = (sessions.create(name, None, "127.0.0.1") for name in ("Ada", "Bob"))
        self.direct = self.keeping.direct(self.ada, [self.bob.user.id])[0].room
        self.phone, self.laptop = (self.world.connect(self.ada.token, "general") for _ in range(2))
        self.other = self.world.connect(self.bob.token, "general", self.direct)
        self.say("general")
        self.say(self.direct)

    def choose(self, room: str, **chosen: Any) -> dict[str, Any]:
        status, answer = self.rest.call("PUT", f"/rooms/{room}/mine", self.ada.token, chosen)
        assert status == 200, answer
        return dict(answer)

    def refused(self, room: str, **chosen: Any) -> dict[str, Any]:
        status, answer = self.rest.call("PUT", f"/rooms/{room}/mine", self.ada.token, chosen)
        assert status >= 400
        return dict(answer)

    def say(self, room: str, *mentions: str) -> None:
        self.other.send(action="send", room=room, id=str(uuid.uuid4()), text="hello", mentions=mentions)

    def listed(self, room: str) -> tuple[str | None, bool]:
        _, answer = self.rest.call("GET", "/rooms", self.ada.token)
        [line] = [line for line in answer["rooms"] if line["room"] == room]
        return line["notices"], line["hidden"]

    def told(self, client: Client) -> list[dict[str, Any]]:
        self.world.run_delivery()
        return [event for event in client.events if event["event"] == "mine"]


def test_a_choice_is_in_the_list_until_it_is_taken_back() -> None:
    house = House()
    assert house.listed("general") == (None, False)
    assert house.choose("general", notices="none") == {"room": "general", "notices": "none", "hidden": False}
    assert house.choose("general", hidden=True) == {"room": "general", "notices": "none", "hidden": True}
    assert house.listed("general") == ("none", True)
    assert house.choose("general", notices=None, hidden=False)["notices"] is None
    assert house.listed("general") == (None, False)


def test_all_of_ones_connections_hear_of_a_choice_and_nobody_else_does() -> None:
    house = House()
    house.choose("general", notices="all", hidden=True)
    told = {"event": "mine", "room": "general", "notices": "all", "hidden": True}
    assert house.told(house.phone) == house.told(house.laptop) == [told]
    assert house.told(house.other) == []


def test_of_two_choices_that_are_told_late_the_last_one_holds() -> None:
    house = House()
    house.choose("general", notices="all")
    house.choose("general", notices="none")
    assert [event["notices"] for event in house.told(house.phone)] == ["none", "none"]


def test_a_hidden_room_comes_back_with_a_mention_and_stays() -> None:
    house = House()
    house.choose("general", hidden=True)
    house.say("general")
    assert house.listed("general") == (None, True)
    house.say("general", house.ada.user.id)
    assert house.listed("general") == (None, False)
    house.phone.send(action="read", room="general", at=3)
    assert house.listed("general") == (None, False)


def test_a_hidden_direct_room_comes_back_with_any_message_and_not_with_a_change_of_one() -> None:
    house = House()
    house.choose(house.direct, hidden=True)
    house.other.send(action="edit", room=house.direct, seq=1, text="hello again")
    assert house.listed(house.direct) == (None, True)
    house.say(house.direct)
    assert house.listed(house.direct) == (None, False)
    house.choose(house.direct, hidden=True)
    assert house.listed(house.direct) == (None, True)


@pytest.mark.parametrize(("level", "hidden"), [("all", False), ("mentions", True), ("none", True)])
def test_what_one_hears_of_a_hidden_room_brings_it_back(level: str, hidden: bool) -> None:
    house = House()
    for room in ("general", house.direct):
        house.choose(room, notices=level, hidden=True)
        house.say(room)
        assert house.listed(room) == (level, hidden)


def test_reading_a_hidden_room_leaves_it_hidden() -> None:
    house = House()
    house.choose("general", hidden=True)
    house.phone.send(action="read", room="general", at=1)
    assert house.listed("general") == (None, True)


def test_more_than_so_many_people_cannot_hear_every_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MAX_WATCHERS", 1)
    house = House()
    house.rest.call("PUT", "/rooms/general/mine", house.bob.token, {"notices": "all"})
    assert house.refused("general", notices="all")["code"] == "conflict"
    assert house.listed("general") == (None, False)
    house.rest.call("PUT", "/rooms/general/mine", house.bob.token, {"notices": "mentions"})
    assert house.choose("general", notices="all")["notices"] == "all"


def test_who_is_removed_or_locked_out_by_closing_watches_no_longer() -> None:
    house = House()
    room = house.keeping.create(house.bob, "garden", Description(access="open")).room
    house.keeping.put_member(house.bob, room, house.ada.user.id, "member")
    choices, eve = house.world.chat.stored.choices, house.world.chat.sessions.create("Eve", None, "127.0.0.1")
    for session in (house.ada, house.bob, eve):
        house.rest.call("PUT", f"/rooms/{room}/mine", session.token, {"notices": "all"})
    assert len(choices.watchers(room)) == 3
    house.keeping.describe(house.bob, room, Description(access="private"))
    assert set(choices.watchers(room)) == {house.ada.user.id, house.bob.user.id}
    house.keeping.drop_member(house.bob, room, house.ada.user.id)
    assert choices.watchers(room) == (house.bob.user.id,)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "missing"),
        ({"hidden": None}, "missing"),
        ({"notices": "loud"}, "notices"),
        ({"hidden": 1}, "hidden"),
    ],
)
def test_what_is_no_choice_is_invalid(wrong: dict[str, Any], said: str) -> None:
    answer = House().refused("general", **wrong)
    assert answer["code"] == "invalid"
    assert said in answer["message"]


def test_a_bot_has_nothing_to_choose() -> None:
    house = House()
    _, bot = house.rest.call("POST", "/tokens", house.ada.token, {"name": "Hal", "hours": 1})
    status, answer = house.rest.call("PUT", "/rooms/general/mine", bot["token"], {"hidden": True})
    assert (status, answer["code"]) == (403, "forbidden")
