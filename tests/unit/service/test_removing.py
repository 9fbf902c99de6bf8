"""Taking a person out of the chat, and deleting what they wrote."""

import uuid
from typing import Any

import pytest

from chalicelib.domain.messages import Message
from chalicelib.domain.sessions import Session
from chalicelib.errors import AccessDenied, Forbidden, NotFound, Unavailable
from chalicelib.service.keeping import Description
from testkit.world import Client, World

HERE = "127.0.0.1"
WRITTEN = 23


class House:
    """A world with an admin, Ada and Bob."""

    def __init__(self) -> None:
        self.world = World(admin_code="the admin code")
        self.chat = self.world.chat
        self.house = self.chat.house()
        self.admin = self.chat.sessions.create("Root", None, HERE, "the admin code")
        self.ada, self.bob = (self.chat.sessions.create(name, None, HERE) for name in ("Ada", "Bob"))

    def make(self, room: str, owner: Session, *members: Session, access: str = "private") -> None:
        self.house.keeping.create(owner, room, Description(access=access))  # type: ignore[arg-type]
        for member in members:
            self.house.keeping.put_member(owner, room, member.user.id, "member")

    def remove(self, session: Session) -> None:
        self.house.order.ban(self.admin, session.user.id, None, "spam", remove=True)
        self.world.run_purges()

    def roles(self, session: Session) -> dict[str, str]:
        belongings = self.chat.stored.register.belongings(session.user.id)
        return {room: its.role for room, its in belongings.items() if its.role is not None}

    def texts(self, room: str) -> list[str]:
        page = self.chat.reading.page(room, before=None, after=None, limit=200)
        return [entry.text for entry in page.entries if isinstance(entry, Message)]


def say(client: Client, room: str, text: str) -> None:
    client.say(room, text, str(uuid.uuid4()))


def test_who_is_removed_is_in_no_room_any_more_and_cannot_come_back() -> None:
    house = House()
    house.make("adas", house.ada, house.bob)
    house.make("bobs", house.bob, house.ada, access="open")
    house.make("alone", house.ada)
    direct, _ = house.house.keeping.direct(house.ada, [house.bob.user.id])
    house.house.bots.make(house.ada, "Hal", 1)
    _, secret = house.house.hooks.make(house.ada, "bobs", "CI")
    bob = house.world.connect(house.bob.token, "adas")
    house.remove(house.ada)
    assert house.roles(house.ada) == {direct.room: "member", "alone": "owner"}
    assert house.roles(house.bob)["adas"] == "owner", "another member becomes the owner"
    assert house.house.bots.list(house.ada) == []
    with pytest.raises(NotFound):
        house.house.hooks.post(secret, "hello", None)
    with pytest.raises(AccessDenied, match="spam"):
        house.chat.sessions.begin(house.ada.user, "member")
    assert "removed" not in [event["event"] for event in bob.events]
    (deed,) = [one for one in house.house.order.audit(house.admin, None, 9) if one.what == "remove-person"]
    assert (deed.target, deed.reason) == (house.ada.user.id, "spam")
    person = house.chat.stored.people.person(house.ada.user.id)
    assert person is not None
    assert person.ban is not None
    assert person.ban.removed


def test_the_admin_does_not_come_into_a_private_room_by_removing_its_owner() -> None:
    house = House()
    house.make("adas", house.ada)
    guest = house.house.inviting.sign_in("Gus", house.house.inviting.invite(house.ada, "adas", 1, 1).secret)
    house.remove(house.ada)
    assert house.roles(house.ada) == {"adas": "owner"}, "a guest owns no room"
    assert house.roles(house.admin) == {}
    assert house.roles(guest) == {"adas": "member"}


def test_a_removal_that_was_lifted_goes_no_further_and_gives_nothing_back() -> None:
    house = House()
    house.make("one", house.bob, house.ada)
    house.remove(house.ada)
    house.house.order.lift_ban(house.admin, house.ada.user.id)
    ada = house.chat.sessions.begin(house.ada.user, "member")
    assert house.roles(ada) == {}
    house.house.keeping.put_member(house.bob, "one", ada.user.id, "member")
    house.house.purging.begin("person", ada.user.id, house.admin.user)
    house.world.run_purges()
    assert house.roles(ada) == {"one": "member"}


def test_an_old_invite_lets_nobody_back_who_was_removed() -> None:
    house = House()
    house.make("one", house.bob, house.ada)
    invite = house.house.inviting.invite(house.bob, "one", 5, 5).secret
    house.remove(house.ada)
    house.house.order.lift_ban(house.admin, house.ada.user.id)
    with pytest.raises(NotFound):
        house.house.inviting.accept(house.chat.sessions.begin(house.ada.user, "member"), invite)


def test_what_somebody_wrote_is_deleted_entry_by_entry_and_everybody_is_told() -> None:
    house = House()
    ada, bob = (house.world.connect(one.token, "general", "lobby") for one in (house.ada, house.bob))
    for number in range(WRITTEN):
        say(ada, "general", f"spam {number}")
        say(bob, "general", f"kind {number}")
    say(ada, "lobby", "spam")
    house.house.order.ban(house.admin, house.ada.user.id, None, "spam")
    asked = house.house.erasing.ask(house.admin, house.ada.user.id, None)
    begun = house.world.clock.monotonic()
    house.world.run_purges()
    told = house.house.purging.told(house.admin, asked.id)
    assert (told.deleted, told.archived, told.done) == (WRITTEN + 1, 0, True)
    assert [text for text in house.texts("general") if text] == [f"kind {n}" for n in range(WRITTEN)]
    assert house.texts("lobby") == [""]
    last = house.chat.stored.rooms.state("general").head
    changes = [entry for entry in bob.entries("general") if entry["at"] > 2 * WRITTEN]
    assert [entry["at"] for entry in changes] == list(range(2 * WRITTEN + 1, last + 1)), "no gap, in order"
    assert {entry["deletedBy"]["name"] for entry in changes} == {"Root"}
    assert {entry["user"]["name"] for entry in changes} == {"Ada"}
    assert house.world.clock.monotonic() - begun >= 3, "ten a second at most"


def test_what_is_written_after_it_was_asked_for_stays() -> None:
    house = House()
    ada = house.world.connect(house.ada.token, "general")
    say(ada, "general", "before")
    house.house.erasing.ask(house.admin, house.ada.user.id, None)
    house.world.clock.sleep(1)
    say(ada, "general", "after")
    house.world.run_purges()
    assert house.texts("general") == ["", "after"]


def test_a_deletion_that_could_not_be_started_is_not_done_later_by_another() -> None:
    house = House()
    ada = house.world.connect(house.ada.token, "general")
    say(ada, "general", "here")
    house.world.invoker.cannot_purge = True
    with pytest.raises(Unavailable):
        house.house.erasing.ask(house.admin, house.ada.user.id, None)
    house.world.invoker.cannot_purge = False
    house.world.clock.sleep(4_000)
    house.house.erasing.ask(house.admin, house.bob.user.id, None)
    house.world.run_purges()
    assert house.texts("general") == ["here"]


def test_an_owner_deletes_in_their_room_alone() -> None:
    house = House()
    house.make("bobs", house.bob, access="open")
    ada = house.world.connect(house.ada.token, "bobs", "general")
    for room in ("bobs", "general"):
        say(ada, room, "spam")
    with pytest.raises(Forbidden):
        house.house.erasing.ask(house.bob, house.ada.user.id, None)
    with pytest.raises(Forbidden):
        house.house.erasing.ask(house.ada, house.bob.user.id, "bobs")
    asked = house.house.erasing.ask(house.bob, house.ada.user.id, "bobs")
    house.world.run_purges()
    assert (house.texts("bobs"), house.texts("general")) == ([""], ["spam"])
    assert house.house.purging.told(house.bob, asked.id).deleted == 1
    assert house.house.purging.told(house.admin, asked.id).done
    with pytest.raises(NotFound):
        house.house.purging.told(house.ada, asked.id)


def test_nothing_is_deleted_where_whoever_asked_may_not_look_or_nobody_writes() -> None:
    house = House()
    house.make("private", house.ada)
    house.make("archive", house.bob, access="open")
    ada = house.world.connect(house.ada.token, "private", "archive")
    for room in ("private", "archive"):
        say(ada, room, "spam")
    house.house.keeping.describe(house.bob, "archive", Description(archived=True))
    asked = house.house.erasing.ask(house.admin, house.ada.user.id, None)
    house.world.run_purges()
    told = house.house.purging.told(house.admin, asked.id)
    assert (told.deleted, told.archived, told.done) == (0, 1, True)
    assert (house.texts("private"), house.texts("archive")) == (["spam"], ["spam"])


def test_a_deletion_that_dies_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    ada = house.world.connect(house.ada.token, "general")
    for number in range(WRITTEN):
        say(ada, "general", f"spam {number}")
    asked = house.house.erasing.ask(house.admin, house.ada.user.id, None)
    honest, left = house.world.log.change, [15]

    def change(message: Message, **how: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Unavailable("died")
        honest(message, **how)

    monkeypatch.setattr(house.world.log, "change", change)
    with pytest.raises(Unavailable):
        house.world.run_purges()
    kept = house.house.purging.told(house.admin, asked.id)
    assert (kept.done, kept.deleted) == (False, 10)
    house.world.invoker.purged = [asked.id]  # Lambda repeats the event
    house.world.run_purges()
    assert set(house.texts("general")) == {""}
    assert house.house.purging.told(house.admin, asked.id).done


def test_what_takes_longer_than_a_function_runs_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.service.purging.RUN_SECONDS", 0.5)
    house = House()
    ada = house.world.connect(house.ada.token, "general")
    for number in range(WRITTEN):
        say(ada, "general", f"spam {number}")
    asked = house.house.erasing.ask(house.admin, house.ada.user.id, None)
    house.world.run_purges()
    told = house.house.purging.told(house.admin, asked.id)
    assert (told.deleted, told.done) == (WRITTEN, True)
