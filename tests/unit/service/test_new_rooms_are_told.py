"""A room that everybody may join is told to everybody who is connected, as soon as the list has it."""

import uuid
from typing import Any

import pytest

from chalicelib.domain.sessions import Session
from chalicelib.service import telling
from chalicelib.service.announcing import TOLD_PER_HOUR
from chalicelib.service.keeping import Description
from testkit.world import Client, World

ADMIN_CODE = "the admin code"
OPEN, PRIVATE = Description(title="Garden", access="open"), Description(access="private")


class House:
    """A chat with Olga, who makes rooms, and Bob; both are connected."""

    def __init__(self) -> None:
        self.world = World(admin_code=ADMIN_CODE)
        self.keeping = self.world.chat.house().keeping
        self.olga, self.bob = self.sign_in("Olga"), self.sign_in("Bob")
        self.host = self.world.connect(self.olga.token)
        self.client = self.world.connect(self.bob.token)

    def sign_in(self, name: str) -> Session:
        return self.world.chat.sessions.create(name, None, "127.0.0.1")

    def told(self, client: Client | None = None) -> list[dict[str, Any]]:
        """Let the delivery function run; return what somebody, Bob by default, was told of rooms."""
        self.world.run_delivery()
        return [event for event in (client or self.client).events if event["event"] == "room"]


def say(client: Client, room: str) -> None:
    client.say(room, "hello", str(uuid.uuid4()))


def test_an_open_room_that_somebody_makes_is_told_to_everybody() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", OPEN)
    [event] = house.told()
    assert (event["room"], event["title"], event["access"]) == ("garden", "Garden", "open")


def test_a_room_that_comes_into_being_by_its_first_message_is_told_once() -> None:
    house = House()
    olga = house.world.connect(house.olga.token, "garden")
    assert house.told() == []
    say(olga, "garden")
    say(olga, "garden")
    assert [event["room"] for event in house.told()] == ["garden"]


def test_the_first_message_in_a_room_that_somebody_made_is_no_news() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", OPEN)
    assert len(house.told()) == 1
    say(house.world.connect(house.olga.token, "garden"), "garden")
    assert len(house.told()) == 1


def test_a_private_room_is_told_when_it_is_opened_to_everybody_and_not_before() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", PRIVATE)
    say(house.world.connect(house.olga.token, "garden"), "garden")
    house.keeping.direct(house.olga, [house.sign_in("Ada").user.id])
    assert house.told() == []
    house.keeping.describe(house.olga, "garden", Description(access="open"))
    assert [event["room"] for event in house.told()] == ["garden"]
    house.keeping.describe(house.olga, "garden", Description(topic="roses"))
    assert len(house.told()) == 1


def test_a_room_that_was_closed_before_anybody_was_told_stays_unknown() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", OPEN)
    house.keeping.describe(house.olga, "garden", PRIVATE)
    assert house.told() == []


def test_guests_and_people_who_are_banned_are_not_told() -> None:
    house = House()
    house.keeping.create(house.olga, "den", PRIVATE)
    invite = house.world.chat.house().inviting.invite(house.olga, "den", 1, 1).secret
    guest = house.world.connect(house.world.chat.house().inviting.sign_in("Gus", invite).token)
    eve = house.sign_in("Eve")
    banned = house.world.connect(eve.token)
    [person] = house.world.chat.stored.people.known([eve.user.id])
    root = house.world.chat.sessions.create("Root", None, "127.0.0.1", ADMIN_CODE)
    house.keeping.create(house.olga, "garden", OPEN)
    house.world.chat.house().order.ban(root, person.user.id, None, "spam")
    assert house.told(guest) == house.told(banned) == []
    assert [event["room"] for event in house.told()] == ["garden"]


def test_no_more_than_so_many_connections_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    others = [house.world.client(f"Person {n}") for n in range(9)]
    monkeypatch.setattr(telling, "MOST_TOLD", 4)
    house.keeping.create(house.olga, "garden", OPEN)
    assert sum(len(house.told(one)) for one in [house.client, *others]) == 3  # and Olga


def test_people_are_told_of_a_limited_number_of_rooms_an_hour() -> None:
    house = House()
    for n in range(TOLD_PER_HOUR + 5):
        house.keeping.create(house.olga, f"garden-{n}", OPEN)
    assert len(house.told()) == TOLD_PER_HOUR
    house.world.clock.sleep(3600)
    house.keeping.create(house.olga, "orchard", OPEN)
    assert len(house.told()) == TOLD_PER_HOUR + 1
