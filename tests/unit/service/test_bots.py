"""Bots, and hooks through which other programs write."""

import uuid

import pytest

from chalicelib.domain.sessions import Session
from chalicelib.errors import ChatError, Conflict, Forbidden, Invalid, NotFound, RateLimited, Unauthorized
from chalicelib.service.bots import MAX_BOTS
from chalicelib.service.hooks import MAX_HOOKS, PER_MINUTE
from chalicelib.service.keeping import Description
from testkit.world import World

HOUR_SECONDS = 3600


class House:
    """A world with Ada, her private room `club`, and Bob, who is not in it."""

    def __init__(self) -> None:
        self.world = World()
        self.house = self.world.chat.house()
        self.ada, self.bob = (self.world.chat.sessions.create(n, None, "127.0.0.1") for n in ("Ada", "Bob"))
        self.house.keeping.create(self.ada, "club", Description(access="private"))

    def hook(self, session: Session, room: str) -> tuple[str, str]:
        hook, secret = self.house.hooks.make(session, room, "CI")
        return hook.id, secret


def test_a_bot_writes_as_a_bot_in_open_rooms_and_where_it_is_a_member() -> None:
    house = House()
    ada = house.world.connect(house.ada.token, "garden", "club")
    made = house.house.bots.make(house.ada, "Hal", hours=1)
    hal = house.world.connect(made.token, "garden")
    hal.say("garden", "good morning", str(uuid.uuid4()))
    assert ada.entries("garden")[0]["user"] == {"id": made.user.id, "name": "Hal", "bot": True}
    (refused,) = hal.send(action="join", room="club")
    assert refused["code"] == "not_found"
    house.house.keeping.put_member(house.ada, "club", made.user.id, "member")
    (joined, *_) = hal.send(action="join", room="club")
    assert joined["event"] == "joined"


def test_a_bots_token_ends_when_it_was_said_and_is_not_renewed_beyond() -> None:
    house = House()
    made = house.house.bots.make(house.ada, "Hal", hours=2)
    house.world.clock.sleep(HOUR_SECONDS)
    assert house.world.chat.sessions.renew(made.token).expires == made.expires
    house.world.clock.sleep(HOUR_SECONDS)
    with pytest.raises(Unauthorized):
        house.world.chat.sessions.check(made.token)
    assert house.house.bots.list(house.ada) == []


def test_whoever_made_a_bot_ends_its_token_and_nobody_else_does() -> None:
    house = House()
    made = house.house.bots.make(house.ada, "Hal", hours=1)
    assert [bot.user for bot in house.house.bots.list(house.ada)] == [made.user]
    with pytest.raises(NotFound):
        house.house.bots.end(house.bob, made.user.id)
    house.house.bots.end(house.ada, made.user.id)
    with pytest.raises(Unauthorized):
        house.world.chat.sessions.check(made.token)
    with pytest.raises(NotFound):
        house.house.bots.end(house.ada, made.user.id)


def test_neither_bots_nor_guests_make_bots_and_members_not_without_end() -> None:
    house = House()
    made = house.house.bots.make(house.ada, "Hal 0", hours=1)
    with pytest.raises(Forbidden):
        house.house.bots.make(made, "Hal", hours=1)
    for n in range(1, MAX_BOTS):
        house.house.bots.make(house.ada, f"Hal {n}", hours=1)
    with pytest.raises(Conflict):
        house.house.bots.make(house.ada, "One more", hours=1)


def test_the_bots_of_who_is_banned_end_too() -> None:
    world = World(admin_code="code")
    admin = world.chat.sessions.create("Root", None, "127.0.0.1", "code")
    ada = world.chat.sessions.create("Ada", None, "127.0.0.1")
    made = world.chat.house().bots.make(ada, "Hal", hours=1)
    world.chat.house().order.ban(admin, ada.user.id, None, "spam")
    with pytest.raises(Unauthorized):
        world.chat.sessions.check(made.token)


def test_a_hook_writes_once_for_each_id_and_everybody_in_the_room_hears_it() -> None:
    house = House()
    ada = house.world.connect(house.ada.token, "club")
    _, secret = house.hook(house.ada, "club")
    assert house.house.hooks.post(secret, "a good build", "build 7") == ("club", 1)
    assert house.house.hooks.post(secret, "again", "build 7") == ("club", 1)
    assert house.house.hooks.post(secret, "another", None)[1] > 1
    house.world.run_delivery()
    told = [entry for entry in ada.entries("club") if not entry.get("void")]
    assert [entry["text"] for entry in told] == ["a good build", "another"]
    assert (told[0]["user"]["name"], told[0]["user"]["bot"]) == ("CI", True)
    assert told[0]["sentiment"]["label"] == "positive"


def test_a_hook_that_is_deleted_or_was_never_made_writes_nothing() -> None:
    house = House()
    identifier, secret = house.hook(house.ada, "club")
    assert [hook.name for hook in house.house.hooks.list(house.ada, "club")] == ["CI"]
    house.house.hooks.delete(house.ada, "club", identifier)
    with pytest.raises(NotFound):
        house.house.hooks.delete(house.ada, "club", identifier)
    for known in (secret, "guessed"):
        with pytest.raises(NotFound):
            house.house.hooks.post(known, "hello", None)


def test_hooks_of_private_rooms_are_the_owners_and_of_open_ones_anybodys() -> None:
    house = House()
    expected: type[ChatError] = NotFound
    with pytest.raises(expected):
        house.hook(house.bob, "club")
    house.house.keeping.put_member(house.ada, "club", house.bob.user.id, "member")
    with pytest.raises(Forbidden):
        house.hook(house.bob, "club")
    house.world.connect(house.bob.token, "garden")
    for _ in range(MAX_HOOKS):
        house.hook(house.bob, "garden")
    with pytest.raises(Conflict):
        house.hook(house.bob, "garden")


def test_a_hook_writes_neither_nonsense_nor_without_end_nor_to_an_archive() -> None:
    house = House()
    _, secret = house.hook(house.ada, "club")
    for wrong in (None, 7, "", "x" * 4001):
        with pytest.raises(Invalid, match="text"):
            house.house.hooks.post(secret, wrong, None)
    for _ in range(PER_MINUTE - 4):
        house.house.hooks.post(secret, "tick", None)
    with pytest.raises(RateLimited):
        house.house.hooks.post(secret, "tick", None)
    house.world.clock.sleep(60)
    house.house.keeping.describe(house.ada, "club", Description(archived=True))
    with pytest.raises(Forbidden, match="archived"):
        house.house.hooks.post(secret, "tick", None)
