"""People who try what they should not get: strangers, guests, those who were put out, and owners."""

import pytest
from itsdangerous import URLSafeSerializer

from chalicelib.domain.access import Act
from chalicelib.domain.sessions import Session
from chalicelib.errors import Forbidden, NotFound, Unauthorized
from chalicelib.service.keeping import Description
from chalicelib.service.noise import NOISE_SECONDS
from chalicelib.service.opening import MAX_NEW_ROOMS
from testkit.world import Client, World
from tests.unit.service.test_private_rooms import PRIVATE, House, codes, say


def a_guest(house: House, room: str = "club", name: str = "Gus") -> Session:
    inviting = house.world.chat.house().inviting
    return inviting.sign_in(name, inviting.invite(house.olga, room, 1, 1).secret)


def token_of_version_1(world: World, name: str) -> str:
    """Return a token as it was made before sessions had ids and people had roles."""
    signer = URLSafeSerializer(
        world.chat.stored.secrets.token_keys().newest,
        salt="undertone-session",
        signer_kwargs={"key_derivation": "hmac", "digest_method": "sha256"},
    )
    expires = world.clock.now() // 1000 + 3600
    return str(signer.dumps({"sub": f"id-of-{name}", "name": name, "exp": expires}))


def test_a_guest_owns_no_room_and_is_in_no_direct_one() -> None:
    house = House()
    gus = a_guest(house)
    with pytest.raises(Forbidden, match="Guests cannot own"):
        house.keeping.put_member(house.olga, "club", gus.user.id, "owner")
    with pytest.raises(Forbidden, match="no direct room"):
        house.keeping.direct(house.ada, [gus.user.id])


def test_a_guest_who_is_removed_from_an_open_room_is_out_of_it() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", Description())
    gus = a_guest(house, "garden")
    client, olga = house.connect(gus, "garden"), house.connect(house.olga, "garden")
    house.keeping.drop_member(house.olga, "garden", gus.user.id)
    say(olga, "garden", "now among us")
    assert client.entries("garden") == []
    assert codes(client.send(action="join", room="garden")) == ["not_found"]


def test_who_was_put_out_does_not_come_back_by_an_old_link() -> None:
    house = House()
    inviting = house.world.chat.house().inviting
    old = inviting.invite(house.olga, "club", 5, 1)
    house.keeping.drop_member(house.olga, "club", house.ada.user.id)
    with pytest.raises(NotFound, match="used up"):
        inviting.accept(house.ada, old.secret)
    assert inviting.accept(house.bob, old.secret) == "club"
    house.world.clock.sleep(0.001)
    assert inviting.accept(house.ada, inviting.invite(house.olga, "club", 1, 1).secret) == "club"
    house.keeping.drop_member(house.ada, "club", house.ada.user.id)
    assert inviting.accept(house.ada, old.secret) == "club"  # who left by themselves may change their mind


def test_a_link_of_somebody_who_may_invite_no_more_is_void() -> None:
    house = House()
    inviting = house.world.chat.house().inviting
    house.keeping.put_member(house.olga, "club", house.ada.user.id, "owner")
    link = inviting.invite(house.ada, "club", 5, 1)
    house.keeping.drop_member(house.olga, "club", house.ada.user.id)
    for attempt in (
        lambda: inviting.accept(house.bob, link.secret),
        lambda: inviting.sign_in("Eve", link.secret),
    ):
        with pytest.raises(NotFound, match="used up"):
            attempt()


def test_an_admin_who_closes_a_room_without_owners_owns_it() -> None:
    house = House()
    admin = house.world.chat.sessions.begin(house.bob.user, "admin")
    client = house.connect(house.ada, "garden")
    say(client, "garden", "hello")
    house.keeping.describe(admin, "garden", PRIVATE)
    assert house.listed(admin)["garden"] == "owner"
    assert "garden" not in house.listed(house.ada)


def test_a_stranger_hears_nothing_of_a_room_from_which_somebody_removes_them() -> None:
    house = House()
    bob = house.connect(house.bob)
    with pytest.raises(NotFound):
        house.keeping.drop_member(house.olga, "club", house.bob.user.id)
    house.world.run_delivery()
    assert bob.events == []


def test_nobody_makes_rooms_without_end_nor_tries_names_of_rooms_without_end() -> None:
    house = House()
    for n in range(MAX_NEW_ROOMS):
        house.keeping.create(house.bob, f"den-{n}", PRIVATE)
    for room in ("den-new", "club"):
        with pytest.raises(Forbidden, match="new rooms today"):
            house.keeping.create(house.bob, room, PRIVATE)
    with pytest.raises(Forbidden, match="new rooms today"):
        house.keeping.direct(house.bob, [house.ada.user.id])
    assert house.keeping.direct(house.ada, [house.bob.user.id])[1]
    assert not house.keeping.direct(house.bob, [house.ada.user.id])[1]


def test_somebody_with_a_token_of_version_1_is_muted_removed_and_banned_as_everybody() -> None:
    house = House()
    token = token_of_version_1(house.world, "Vera")
    order, vera = house.world.chat.house().order, house.world.connect(token, "general")
    admin = house.world.chat.sessions.begin(house.bob.user, "admin")
    order.mute(admin, "general", "id-of-Vera", 5)
    assert codes(say(vera, "general", "hello")) == ["forbidden"]
    order.ban(admin, "id-of-Vera", None, "spam")
    with pytest.raises(Unauthorized, match="was ended"):
        house.world.chat.sessions.check(token)
    assert Client(house.world, "again=", token).connect()["statusCode"] == 401


def test_ending_all_sessions_ends_tokens_of_version_1_that_nobody_has_used() -> None:
    house = House()
    token = token_of_version_1(house.world, "Vera")
    session = house.world.chat.sessions.check(token)
    house.world.chat.house().ending.end_all(session.user)
    with pytest.raises(Unauthorized, match="was ended"):
        house.world.chat.sessions.check(token)


def test_a_connection_that_an_earlier_version_opened_is_taken_out_as_well() -> None:
    house = House()
    ada = house.connect(house.ada, "club")
    house.world.chat.stored.people.connections = lambda user_id: []  # type: ignore[method-assign]
    house.keeping.drop_member(house.olga, "club", house.ada.user.id)
    house.world.run_delivery()
    assert codes(say(ada, "club", "still?")) == ["not_joined"]
    assert {"event": "removed", "room": "club"} in ada.events


def test_how_long_a_refusal_takes_is_left_to_chance_whether_or_not_there_is_a_room() -> None:
    house = House()
    waited: dict[str, set[float]] = {"club": set(), "clob": set()}
    for room, times in waited.items():
        for _ in range(20):
            before = house.world.clock.monotonic()
            with pytest.raises(NotFound):
                house.keeping.facts(house.bob, room, Act.READ)
            times.add(house.world.clock.monotonic() - before)
        assert len(times) > 10
        assert max(times) <= NOISE_SECONDS
