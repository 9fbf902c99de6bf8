"""Getting in on a second device, or when locked out."""

import pytest

from chalicelib.domain.sessions import Proof, Session
from chalicelib.errors import AccessDenied, Forbidden, RateLimited, Unauthorized
from chalicelib.service.attempts import MAX_ATTEMPTS
from chalicelib.service.device_links import LINK_SECONDS, PER_HOUR, DeviceLinking
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import World

HERE = "127.0.0.1"
ADMIN_CODE = "the admin code"
WORTHLESS = "used, has expired or was never made"


class House:
    """A chat with Ada and an admin."""

    def __init__(self) -> None:
        self.world = World(admin_code=ADMIN_CODE)
        self.sessions = self.world.chat.sessions
        self.linking = self.world.chat.house().device_links
        self.order = self.world.chat.house().order
        self.ending = self.world.chat.house().ending
        self.ada = self.sessions.create("Ada", None, HERE)
        self.root = self.sessions.create("Root", None, HERE, ADMIN_CODE)

    def use(self, secret: str, source: str = HERE) -> Session:
        return self.linking.sign_in(secret, source)

    def pass_seconds(self, seconds: int) -> None:
        self.world.clock.sleep(seconds)


@pytest.fixture
def house() -> House:
    return House()


def test_a_link_signs_the_same_person_in_once(house: House) -> None:
    link = house.linking.make(house.ada)
    there = house.use(link.secret)
    assert (there.user, there.role) == (house.ada.user, "member")
    assert there.id != house.ada.id
    assert {one.id for one in house.ending.sessions(there)} == {house.ada.id, there.id}
    with pytest.raises(AccessDenied, match=WORTHLESS):
        house.use(link.secret)


def test_a_link_holds_for_ten_minutes(house: House) -> None:
    in_time, late = house.linking.make(house.ada), house.linking.make(house.ada)
    house.pass_seconds(LINK_SECONDS - 1)
    house.use(in_time.secret)
    house.pass_seconds(1)
    with pytest.raises(AccessDenied, match=WORTHLESS):
        house.use(late.secret)


def test_only_a_hash_of_it_is_stored(house: House) -> None:
    link = house.linking.make(house.ada)
    assert link.secret not in repr(vars(house.world.chat.stored.device_links))


def test_the_other_devices_are_told(house: House) -> None:
    here = house.world.connect(house.ada.token)
    house.use(house.linking.make(house.ada).secret)
    house.world.run_delivery()
    assert here.events == [{"event": "session", "createdAt": "2026-11-22T10:00:00.000Z"}]


def test_a_link_dies_with_the_session_that_made_it(house: House) -> None:
    link = house.linking.make(house.ada)
    house.ending.end(house.ada)
    with pytest.raises(AccessDenied, match=WORTHLESS):
        house.use(link.secret)


def test_a_link_from_before_a_ban_is_worth_nothing_even_when_the_ban_is_lifted(house: House) -> None:
    own = house.linking.make(house.ada)
    given = house.linking.make_for(house.root, house.ada.user.id)
    house.order.ban(house.root, house.ada.user.id, None, "spam")
    for link in (own, given):
        with pytest.raises(AccessDenied):
            house.use(link.secret)
    house.order.lift_ban(house.root, house.ada.user.id)
    with pytest.raises(AccessDenied, match=WORTHLESS):
        house.use(own.secret)


def test_whoever_signs_out_everywhere_as_a_link_is_used_ends_that_session_too(house: House) -> None:
    link = house.linking.make(house.ada)
    begin = house.sessions.begin_under_any

    def beginning(*arguments: object, **named: object) -> Session:
        house.ending.end_all(house.ada.user)
        begun = begin(*arguments, **named)  # type: ignore[arg-type]
        begun_ids.append(begun)
        return begun

    begun_ids: list[Session] = []
    house.sessions.begin_under_any = beginning  # type: ignore[method-assign]
    with pytest.raises(AccessDenied, match=WORTHLESS):
        house.use(link.secret)
    with pytest.raises(Unauthorized):
        house.sessions.check(begun_ids[0].token)


def test_a_bot_makes_no_link_and_none_is_made_for_it(house: House) -> None:
    bot = house.world.chat.house().bots.make(house.ada, "Hal", 1)
    with pytest.raises(Forbidden, match="token"):
        house.linking.make(bot)
    with pytest.raises(Forbidden, match="token"):
        house.linking.make_for(house.root, bot.user.id)


def test_a_guest_stays_a_guest(house: House) -> None:
    house.world.chat.house().keeping.create(house.ada, "club", Description(access="private"))
    inviting = house.world.chat.house().inviting
    guest = inviting.sign_in("Gus", inviting.invite(house.ada, "club", 1, 1).secret)
    there = house.use(house.linking.make(guest).secret)
    assert (there.user, there.role) == (guest.user, "guest")


def test_an_admins_link_lets_somebody_in_who_is_locked_out_and_is_recorded(house: House) -> None:
    house.ending.end_all(house.ada.user)
    link = house.linking.make_for(house.root, house.ada.user.id)
    there = house.use(link.secret)
    assert (there.user, there.role) == (house.ada.user, "member")
    (deed,) = house.order.audit(house.root, None, 9)
    assert (deed.by, deed.what, deed.target) == (house.root.user, "link", house.ada.user.id)
    with pytest.raises(Forbidden):
        house.linking.make_for(there, house.root.user.id)


def test_who_was_locked_out_gets_a_number_if_somebody_took_their_name(house: House) -> None:
    house.pass_seconds(30 * 24 * 3600)
    house.sessions.create("Ada", None, HERE)
    admin = house.sessions.create("Another root", None, HERE, ADMIN_CODE)
    there = house.use(house.linking.make_for(admin, house.ada.user.id).secret)
    assert (there.user.id, there.user.name) == (house.ada.user.id, "Ada 2")


def test_nobody_gets_in_past_a_sign_in_provider(house: House) -> None:
    """A link lasts no longer than the provider's session, and an admin makes none for its people."""
    ends = house.world.clock.now() // 1000 + 3_600
    eve = house.sessions.begin_under_any("eve", ["Eve"], "member", ends=ends, proof=Proof("provider"))
    assert house.use(house.linking.make(eve).secret).expires == ends
    stored, chat = house.world.chat.stored, house.world.chat
    linking = DeviceLinking(
        stored.device_links,
        stored.people,
        chat.sessions,
        house.linking._news,
        house.linking._deeds,
        stored.attempts,
        chat.clock,
        by_provider=True,
    )
    with pytest.raises(Forbidden, match="provider"):
        linking.make_for(house.root, eve.user.id)
    linking.make_for(house.root, house.ada.user.id)


def test_guessing_is_limited_by_network_and_making_by_person(house: House) -> None:
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(AccessDenied):
            house.use("guess", "192.0.2.1")
    link = house.linking.make(house.ada)
    with pytest.raises(RateLimited):
        house.use(link.secret, "192.0.2.1")
    house.use(link.secret, "192.0.2.2")
    with pytest.raises(RateLimited):
        for _ in range(PER_HOUR):
            house.linking.make(house.ada)


def test_a_link_is_used_by_signing_in(house: House) -> None:
    rest = Rest(house.world)
    status, made = rest.call("POST", "/me/links", house.ada.token)
    assert status == 201
    assert made["expiresAt"] == "2026-11-22T10:10:00.000Z"
    status, answer = rest.call("POST", "/session", None, {"link": made["link"]})
    assert (status, answer["user"]["name"]) == (201, "Ada")
    assert rest.call("POST", "/session", None, {"link": 7})[1]["code"] == "invalid"
