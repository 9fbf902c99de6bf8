"""Keeping a name with a password."""

import hashlib

import pytest

from chalicelib.domain.sessions import Proof, Session
from chalicelib.errors import (
    AccessDenied,
    ChatError,
    Forbidden,
    Invalid,
    NameTaken,
    NotFound,
    RateLimited,
    Unauthorized,
)
from chalicelib.service.attempts import ATTEMPTS_WINDOW_SECONDS, MAX_ATTEMPTS
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import World

HERE, THERE = "198.51.100.7", "203.0.113.9"
ADMIN_CODE = "the admin code"
GEESE, DUCKS = "five green geese", "six swimming ducks"
YEAR_SECONDS = 366 * 24 * 3600


class House:
    """A chat in which Ada keeps her name, and Root is an admin."""

    def __init__(self, access_code: str = "") -> None:
        self.world = World(admin_code=ADMIN_CODE, access_code=access_code)
        self.sessions = self.world.chat.sessions
        self.house = self.world.chat.house()
        self.passwords = self.house.passwords
        self.ada = self.sessions.create("Ada", access_code, HERE)
        self.root = self.sessions.create("Root", access_code, HERE, ADMIN_CODE)
        self.passwords.change(self.ada, GEESE, None, HERE)
        self.pass_seconds(1)

    def sign_in(
        self, name: str = "Ada", password: object = GEESE, source: str = THERE, **codes: str
    ) -> Session:
        return self.passwords.sign_in(name, password, codes.get("access"), source, codes.get("admin"))

    def pass_seconds(self, seconds: float) -> None:
        self.world.clock.sleep(seconds)


@pytest.fixture
def house() -> House:
    return House()


def test_the_same_person_comes_back_on_any_device_long_after_their_tokens_ended(house: House) -> None:
    house.house.keeping.create(house.ada, "club", Description(access="private"))
    house.pass_seconds(YEAR_SECONDS)
    for alike in ("Ada", "ADA", "Аda"):  # the last one begins with a Cyrillic letter
        with pytest.raises(NameTaken):
            house.sessions.create(alike, None, HERE)
    back = house.sign_in("ada")
    assert (back.user, back.role) == (house.ada.user, "member")
    assert house.world.chat.listing.rooms(back, None, None).rooms[0].room == "club"
    house.sessions.renew(back.token)
    house.pass_seconds(YEAR_SECONDS)
    assert house.sign_in().user == house.ada.user


def test_a_taken_name_says_whether_a_password_lets_its_owner_in(house: House) -> None:
    told = {}
    for name in ("Ada", "Root"):
        status, told[name] = Rest(house.world).call("POST", "/session", body={"name": name})
        assert (status, told[name]["code"]) == (409, "name_taken")
    assert told["Ada"]["kept"] is True
    assert "kept" not in told["Root"]


def test_a_wrong_password_and_a_name_without_one_are_the_same_refusal_after_the_same_work(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, costs = hashlib.scrypt, []

    def counting(*given: object, **named: object) -> bytes:
        costs.append((named["n"], named["r"], named["p"]))
        return honest(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("chalicelib.domain.passwords.hashlib.scrypt", counting)
    refusals = set()
    for name in ("Ada", "Root", "Nobody"):
        with pytest.raises(AccessDenied) as refused:
            house.sign_in(name, DUCKS)
        refusals.add(str(refused.value))
    assert len(refusals) == 1
    assert len(costs) == 3
    assert len(set(costs)) == 1
    # Whoever mistypes their name becomes nobody new.
    assert house.world.names.holder("nobody") is None


def test_a_network_is_wrong_only_so_often_and_a_name_is_guessed_at_only_so_often(house: House) -> None:
    for turn in range(MAX_ATTEMPTS):
        with pytest.raises(AccessDenied):
            house.sign_in("Ada", f"wrong password {turn}", source=f"198.51.100.{turn}")
    with pytest.raises(RateLimited):
        house.sign_in("Ada", source=THERE)
    house.pass_seconds(ATTEMPTS_WINDOW_SECONDS)
    for turn in range(MAX_ATTEMPTS):
        with pytest.raises(AccessDenied):
            house.sign_in(f"Somebody {turn}", DUCKS, source=f"2001:db8::{turn}")
    with pytest.raises(RateLimited):
        house.sign_in("Ada", source="2001:db8::ffff")
    assert house.sign_in("Ada", source=THERE).user == house.ada.user


def test_a_password_opens_neither_the_chat_s_door_nor_the_admins_one() -> None:
    house = House(access_code="sesame")
    house.passwords.change(house.root, DUCKS, None, HERE)
    with pytest.raises(AccessDenied, match="access code"):
        house.sign_in()
    assert house.sign_in("Root", DUCKS, access="sesame").role == "member"
    with pytest.raises(AccessDenied, match="admin code"):
        house.sign_in("Root", DUCKS, access="sesame", admin="wrong")
    root = house.sign_in("Root", DUCKS, access="sesame", admin=ADMIN_CODE)
    assert (root.role, root.user) == ("admin", house.root.user)
    person = house.world.chat.stored.people.person(root.user.id)
    assert person is not None
    assert person.proof == Proof("admin")


def test_changing_it_needs_the_present_one_and_can_end_all_other_sessions(house: House) -> None:
    other = house.sign_in()
    for wrong in (None, DUCKS, 7):
        with pytest.raises((AccessDenied, Invalid)):
            house.passwords.change(house.ada, DUCKS, wrong, HERE)
    assert house.sign_in().user == house.ada.user
    house.passwords.change(house.ada, DUCKS, GEESE, HERE, end_others=True)
    assert house.sessions.check(house.ada.token).user == house.ada.user
    with pytest.raises(Unauthorized):
        house.sessions.check(other.token)
    with pytest.raises(AccessDenied):
        house.sign_in(password=GEESE)
    assert house.sign_in(password=DUCKS).user == house.ada.user


def test_without_it_a_name_is_held_like_any_other(house: House) -> None:
    with pytest.raises(AccessDenied):
        house.passwords.change(house.ada, None, None, HERE)
    gone = house.passwords.change(house.ada, None, GEESE, HERE)
    assert (gone.kept, gone.current_needed) == (False, False)
    with pytest.raises(AccessDenied):
        house.sign_in()
    with pytest.raises(NotFound):
        house.passwords.change(house.ada, None, None, HERE)
    with pytest.raises(NameTaken) as taken:
        house.sessions.create("Ada", None, THERE)
    assert not taken.value.kept
    house.pass_seconds(YEAR_SECONDS)
    assert house.sessions.create("Ada", None, THERE).user != house.ada.user


def test_whom_an_admin_lets_in_again_sets_a_new_one_once(house: House) -> None:
    house.pass_seconds(YEAR_SECONDS)
    root = house.sessions.create("Rosa", None, HERE, ADMIN_CODE)
    link = house.house.device_links.make_for(root, house.ada.user.id)
    back = house.house.device_links.sign_in(link.secret, THERE)
    assert back.user == house.ada.user
    standing = house.passwords.standing(back)
    assert standing is not None
    assert (standing.kept, standing.current_needed) == (True, False)
    house.pass_seconds(1)
    house.passwords.change(back, DUCKS, None, THERE)
    with pytest.raises(AccessDenied):
        house.passwords.change(back, GEESE, None, THERE)
    assert house.sign_in(password=DUCKS).user == house.ada.user


def test_a_link_of_one_s_own_does_not_replace_the_present_one(house: House) -> None:
    link = house.house.device_links.make(house.ada)
    with pytest.raises(AccessDenied):
        house.passwords.change(house.house.device_links.sign_in(link.secret, THERE), DUCKS, None, THERE)


def test_guests_and_bots_have_none_nor_has_anybody_where_names_are_not_enough(house: House) -> None:
    house.house.keeping.create(house.ada, "club", Description(access="private"))
    guest = house.house.inviting.sign_in("Gus", house.house.inviting.invite(house.ada, "club", 1, 1).secret)
    bot = house.house.bots.make(house.ada, "Hal", 1)
    world = World(name_sign_in=False)
    member = world.chat.sessions.begin(guest.user, "member")
    for passwords, session in (
        (house.passwords, guest),
        (house.passwords, bot),
        (world.chat.house().passwords, member),
    ):
        assert passwords.standing(session) is None
        with pytest.raises(Forbidden):
            passwords.change(session, GEESE, None, HERE)
    with pytest.raises(AccessDenied, match="name alone"):
        world.chat.house().passwords.sign_in("Gus", GEESE, None, HERE)


def test_who_is_known_to_a_provider_has_theirs_there(house: House) -> None:
    known = house.sessions.begin_under_any("p-1", ["Pia"], "member", ends=2**40, proof=Proof("provider"))
    assert house.passwords.standing(known) is None
    with pytest.raises(Forbidden, match="provider"):
        house.passwords.change(known, GEESE, None, HERE)


def test_who_is_banned_does_not_get_in_and_keeps_the_name(house: House) -> None:
    house.house.order.ban(house.root, house.ada.user.id, 60, "spam")
    with pytest.raises(AccessDenied, match=r"until .*spam"):
        house.sign_in()
    house.pass_seconds(3600)
    assert house.sign_in().user == house.ada.user


def test_whoever_changes_it_as_somebody_signs_in_with_the_old_one_ends_that_session(house: House) -> None:
    begin, begun = house.sessions.begin, []

    def beginning(*given: object, **named: object) -> Session:
        house.passwords.change(house.ada, DUCKS, GEESE, HERE, end_others=True)
        begun.append(begin(*given, **named))  # type: ignore[arg-type]
        return begun[0]

    house.sessions.begin = beginning  # type: ignore[method-assign]
    with pytest.raises(AccessDenied):
        house.sign_in()
    with pytest.raises(Unauthorized):
        house.sessions.check(begun[0].token)


def test_the_person_is_told_and_the_record_says_what_was_done_but_no_secret(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    here = house.world.connect(house.ada.token)
    rest = Rest(house.world)
    status, _ = rest.call("POST", "/session", body={"name": "Ada", "password": GEESE})
    assert status == 201
    house.world.run_delivery()
    assert [event["event"] for event in here.events] == ["session"]
    for body in ({"password": DUCKS, "current": "no " + DUCKS}, {"password": DUCKS, "current": GEESE}):
        rest.call("PUT", "/me/password", house.ada.token, body)
    deeds = house.house.order.audit(house.root, None, 10)
    assert [(deed.what, deed.reason, deed.target) for deed in deeds] == [
        ("password", "changed", house.ada.user.id),
        ("password", "set", house.ada.user.id),
    ]
    kept = repr(vars(house.world.passwords.stored)) + repr(deeds) + caplog.text
    assert not [secret for secret in (GEESE, DUCKS) if secret in kept]


def test_the_route_says_how_the_name_is_kept(house: House) -> None:
    rest = Rest(house.world)
    assert rest.call("GET", "/me", house.ada.token)[1]["password"] == {"set": True, "currentNeeded": True}
    assert rest.call("GET", "/me", house.root.token)[1]["password"] == {"set": False, "currentNeeded": False}
    status, told = rest.call("PUT", "/me/password", house.ada.token, {"current": GEESE})
    assert (status, told["code"]) == (400, "invalid")
    answer = rest.call("PUT", "/me/password", house.ada.token, {"password": None, "current": GEESE})
    assert answer == (200, {"set": False, "currentNeeded": False})


def test_a_fault_in_between_leaves_nobody_without_their_name(house: House) -> None:
    put = house.world.passwords.stored.put
    house.world.passwords.stored.put = lambda *given: (_ for _ in ()).throw(ChatError("x"))  # type: ignore[method-assign]
    with pytest.raises(ChatError):
        house.passwords.change(house.root, DUCKS, None, HERE)
    house.world.passwords.stored.put = put  # type: ignore[method-assign]
    house.passwords.change(house.root, DUCKS, None, HERE)
    assert house.sign_in("Root", DUCKS).user == house.root.user
