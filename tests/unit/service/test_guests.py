"""Invites, and guests, who belong to one room alone."""

import pytest

from chalicelib.domain.sessions import Session
from chalicelib.errors import Forbidden, NotFound
from chalicelib.house import House
from chalicelib.service.keeping import Description
from testkit.world import World

HOUR_SECONDS = 3600


def a_club(world: World) -> tuple[House, Session]:
    house = world.chat.house()
    olga = world.chat.sessions.create("Olga", None, "127.0.0.1")
    house.keeping.create(olga, "club", Description(access="private"))
    return house, olga


def test_an_invite_makes_a_guest_who_belongs_to_its_room_and_to_nothing_else() -> None:
    world = World()
    house, olga = a_club(world)
    world.client("Ada", "garden")
    invite = house.inviting.invite(olga, "club", 1, 1)
    guest = house.inviting.sign_in("Gus", invite.secret)
    assert guest.role == "guest"
    gus = world.connect(guest.token)
    for room, answer in (("club", "joined"), ("garden", "not_found"), ("new-room", "not_found")):
        (event,) = gus.send(action="join", room=room)
        assert event.get("code", event["event"]) == answer
    assert [line.room for line in world.chat.listing.rooms(guest).rooms] == ["club"]
    with pytest.raises(Forbidden, match="Guests"):
        house.keeping.create(guest, "den", Description())
    with pytest.raises(Forbidden, match="Guests"):
        house.keeping.direct(guest, [olga.user.id])


def test_an_invite_works_as_often_and_as_long_as_it_says() -> None:
    world = World()
    house, olga = a_club(world)
    invite = house.inviting.invite(olga, "club", 2, 1)
    for name in ("One", "Two"):
        house.inviting.sign_in(name, invite.secret)
    with pytest.raises(NotFound, match="used up"):
        house.inviting.sign_in("Three", invite.secret)
    late = house.inviting.invite(olga, "club", 5, 1)
    world.clock.sleep(HOUR_SECONDS)
    with pytest.raises(NotFound, match="expired"):
        house.inviting.sign_in("Four", late.secret)
    with pytest.raises(NotFound):
        house.inviting.sign_in("Five", "guessed")


def test_a_member_of_the_chat_joins_by_an_invite_and_a_second_click_uses_nothing_up() -> None:
    world = World()
    house, olga = a_club(world)
    ada = world.chat.sessions.create("Ada", None, "127.0.0.1")
    invite = house.inviting.invite(olga, "club", 1, 1)
    assert house.inviting.accept(ada, invite.secret) == "club"
    with pytest.raises(NotFound):
        house.inviting.accept(ada, invite.secret)
    second = house.inviting.invite(olga, "club", 1, 1)
    assert house.inviting.accept(ada, second.secret) == "club"
    assert house.inviting.sign_in("Gus", second.secret).role == "guest"


def test_people_find_each_other_and_guests_only_those_of_their_rooms() -> None:
    world = World()
    house, olga = a_club(world)
    ada = world.chat.sessions.create("Ada", None, "127.0.0.1")
    gus = house.inviting.sign_in("Gus", house.inviting.invite(olga, "club", 1, 1).secret)

    def found(asker: Session, prefix: str = "") -> list[str]:
        people, more = house.directory.find(asker, prefix, 10)
        assert not more
        return [person.user.name for person in people]

    assert found(ada) == ["Ada", "Olga"]
    assert found(olga) == ["Ada", "Gus", "Olga"]
    assert found(gus) == ["Gus", "Olga"]
    assert found(ada, "oL") == ["Olga"]
    people, more = house.directory.find(ada, "", 1)
    assert ([person.user.name for person in people], more) == (["Ada"], True)
