"""Invites, and guests, who belong to one room alone."""

from dataclasses import replace

import pytest

from chalicelib.domain import links
from chalicelib.domain.sessions import Proof, Session
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


def test_an_invite_proves_as_much_as_who_made_it() -> None:
    world = World()
    house, olga = a_club(world)
    by_member = house.inviting.invite(olga, "club", 2, 1)
    world.chat.stored.people.signed_in(replace(olga, role="admin"))
    by_admin = house.inviting.invite(replace(olga, role="admin"), "club", 1, 1)
    guest = house.inviting.sign_in("Gus", by_admin.secret)
    assert proof_of(world, guest) == Proof("invite", links.stored(by_admin.secret))
    world.chat.stored.people.signed_in(olga)
    guests = [house.inviting.sign_in(name, by_member.secret) for name in ("One", "Two")]
    assert {proof_of(world, guest) for guest in guests} == {Proof("guest", olga.user.id)}


def proof_of(world: World, session: Session) -> Proof | None:
    person = world.chat.stored.people.person(session.user.id)
    return None if person is None else person.proof
