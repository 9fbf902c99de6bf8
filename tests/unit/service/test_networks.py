"""Bans that reach the networks of somebody."""

import pytest

from chalicelib.domain.networks import mark
from chalicelib.domain.sessions import Session
from chalicelib.entrypoints import websocket
from chalicelib.errors import AccessDenied, NotFound
from chalicelib.service.keeping import Description
from chalicelib.service.networks import REMEMBERED_MS
from testkit.rest import Rest
from testkit.world import World

ADMIN_CODE = "the admin code"
HERE, THERE, ELSEWHERE = "198.51.100.7", "203.0.113.9", "192.0.2.77"
CLOSED = "Nobody new may enter this chat from your network"
HOUR_SECONDS = 3600


class House:
    """A chat with an admin and Eve, who began her session here and has connected from there."""

    def __init__(self) -> None:
        self.world = World(admin_code=ADMIN_CODE)
        self.sessions, self.networks = self.world.chat.sessions, self.world.chat.networks
        self.order = self.world.chat.house().order
        self.root = self.sessions.create("Root", None, HERE, ADMIN_CODE)
        self.eve = self.sign_in("Eve", HERE)

    def sign_in(self, name: str, source: str, **more: str) -> Session:
        """Sign somebody new in as the route does."""
        session = self.sessions.create(name, None, source, more.get("admin"))
        self.networks.note(session, source)
        return session

    def connect(self, session: Session, source: str) -> None:
        context = {"connectionId": f"c-{source}=", "identity": {"sourceIp": source}}
        query = {"token": session.token}
        event = {"requestContext": context, "queryStringParameters": query}
        assert websocket.connect(self.world.chat, event)["statusCode"] == 200

    def ban(self, minutes: int | None = 60, *, addresses: bool = True) -> None:
        self.order.ban(self.root, self.eve.user.id, minutes, "spam", addresses=addresses)


@pytest.fixture
def house() -> House:
    return House()


def test_nobody_new_comes_from_where_somebody_banned_was_last_until_the_ban_ends(house: House) -> None:
    house.connect(house.eve, THERE)
    second = house.world.chat.house().device_links
    house.networks.note(second.sign_in(second.make(house.eve).secret, ELSEWHERE), ELSEWHERE)
    house.ban()
    for source in (THERE, ELSEWHERE):
        with pytest.raises(AccessDenied, match=rf"{CLOSED} until 2026-11-22T11:00"):
            house.sign_in("Mallory", source)
    assert house.sign_in("Ida", HERE).user.name == "Ida"  # she was there before, and not last
    house.world.clock.sleep(HOUR_SECONDS)
    assert house.sign_in("Mallory", THERE).user.name == "Mallory"


def test_a_ban_closes_no_network_unless_it_says_so_and_lifting_it_opens_them(house: House) -> None:
    house.ban(addresses=False)
    house.sign_in("Ida", HERE)
    house.ban(None)
    with pytest.raises(AccessDenied, match=rf"{CLOSED}: "):
        house.sign_in("Mallory", HERE)
    house.order.lift_ban(house.root, house.eve.user.id)
    house.sign_in("Mallory", HERE)
    house.ban(addresses=False)  # what an earlier ban closed stays open
    house.sign_in("Nina", HERE)


def test_who_was_there_before_gets_in_as_ever(house: House) -> None:
    ida = house.sign_in("Ida", HERE)
    passwords = house.world.chat.house().passwords
    passwords.change(ida, "five green geese", None, HERE)
    link = house.world.chat.house().device_links.make(ida)
    house.ban()
    rest = Rest(house.world)
    assert rest.call("POST", "/session", ida.token, {})[0] == 201
    assert passwords.sign_in("Ida", "five green geese", None, HERE).user == ida.user
    assert house.world.chat.house().device_links.sign_in(link.secret, HERE).user == ida.user
    assert house.sign_in("Rosa", HERE, admin=ADMIN_CODE).role == "admin"


def test_a_guest_is_somebody_new_too(house: House) -> None:
    house.world.chat.house().keeping.create(house.root, "club", Description(access="private"))
    invite = house.world.chat.house().inviting.invite(house.root, "club", 2, 1).secret
    rest = Rest(house.world)
    assert rest.call("POST", "/session", body={"name": "Gus", "invite": invite})[0] == 201
    house.ban()
    honest = house.networks.check  # the test's requests come from this machine
    house.networks.check = lambda source: honest(HERE)  # type: ignore[method-assign]
    status, told = rest.call("POST", "/session", body={"name": "Guy", "invite": invite})
    assert (status, told["code"]) == (403, "access_denied")


def test_the_networks_of_the_last_thirty_days_count(house: House) -> None:
    house.world.clock.sleep(REMEMBERED_MS / 1000 + 1)
    house.ban(None)
    house.sign_in("Mallory", HERE)


def test_whoever_keeps_several_out_opens_one_network_at_a_time(house: House) -> None:
    ida = house.sign_in("Ida", HERE)
    house.ban(30)
    house.order.ban(house.root, ida.user.id, 60, "spam", addresses=True)
    with pytest.raises(AccessDenied, match=r"until 2026-11-22T11:00"):
        house.sign_in("Mallory", HERE)
    house.order.lift_ban(house.root, ida.user.id)
    with pytest.raises(AccessDenied, match=r"until 2026-11-22T10:30"):
        house.sign_in("Mallory", HERE)


def test_a_rotation_of_the_key_keeps_a_network_closed_and_a_second_forgets_it(house: House) -> None:
    house.ban(None)
    secrets = house.world.chat.stored.secrets
    for number in (1, 2):
        secrets.rotate(f"key {number} " + "x" * 40, house.world.clock.now() // 1000)  # type: ignore[attr-defined]
        if number == 1:
            with pytest.raises(AccessDenied, match=CLOSED):
                house.sign_in("Mallory", HERE)
    house.sign_in("Mallory", HERE)


@pytest.mark.parametrize("source", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "unknown", ""])
def test_this_machine_never_counts(house: House, source: str) -> None:
    assert mark("a key", source) == ""
    mallory = house.sign_in("Mallory", source)
    house.order.ban(house.root, mallory.user.id, None, "spam", addresses=True)
    house.sign_in("Nina", source)


def test_a_mark_tells_the_network_and_no_address(house: House) -> None:
    one = mark("a key", "2001:db8:1:2::3")
    assert one == mark("a key", "2001:db8:1:2:ffff::9") != mark("a key", "2001:db8:1:3::3")
    assert mark("a key", "::ffff:198.51.100.7") == mark("a key", HERE) != mark("another key", HERE)
    assert len(one) == 6  # so few digits that 256 IPv4 addresses have the same
    stored = repr(vars(house.world.chat.stored.people)) + repr(vars(house.world.chat.stored.bars))
    assert HERE not in stored


def test_admins_see_that_networks_are_closed_and_the_record_says_so(house: House) -> None:
    rest = Rest(house.world)
    body = {"minutes": 60, "reason": "spam", "addresses": True}
    assert rest.call("PUT", f"/people/{house.eve.user.id}/ban", house.root.token, body) == (200, {})
    people = rest.call("GET", "/people?prefix=Eve", house.root.token)[1]["people"]
    assert people[0]["ban"]["addresses"] is True
    assert [deed.what for deed in house.order.audit(house.root, None, 9)] == ["bar", "ban"]
    body["addresses"] = "yes"
    assert rest.call("PUT", f"/people/{house.eve.user.id}/ban", house.root.token, body)[0] == 400
    with pytest.raises(NotFound):
        house.order.ban(house.root, "nobody", None, "spam", addresses=True)
