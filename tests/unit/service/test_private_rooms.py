"""Rooms of one's own: who finds them, who may do what there, and what a removal takes away."""

import uuid
from typing import Any

import pytest

from chalicelib.domain.connections import Connection
from chalicelib.domain.sessions import Session
from chalicelib.errors import ChatError, Conflict, Forbidden, Invalid, NotFound
from chalicelib.service.keeping import Description
from testkit.world import Client, World

PRIVATE = Description(access="private")


class House:
    """A world with Olga's private room `club`, of which Ada is a member, and Bob, who is none."""

    def __init__(self) -> None:
        self.world = World()
        self.keeping = self.world.chat.house().keeping
        self.olga, self.ada, self.bob = (self.sign_in(name) for name in ("Olga", "Ada", "Bob"))
        self.keeping.create(self.olga, "club", PRIVATE)
        self.keeping.put_member(self.olga, "club", self.ada.user.id, "member")

    def sign_in(self, name: str) -> Session:
        return self.world.chat.sessions.create(name, None, "127.0.0.1")

    def connect(self, session: Session, *rooms: str) -> Client:
        return self.world.connect(session.token, *rooms)

    def listed(self, session: Session) -> dict[str, str | None]:
        return {line.room: line.role for line in self.world.chat.listing.rooms(session).rooms}


def say(client: Client, room: str, text: str) -> list[dict[str, Any]]:
    return client.say(room, text, str(uuid.uuid4()))


def codes(events: list[dict[str, Any]]) -> list[str]:
    return [event.get("code", event["event"]) for event in events]


def test_members_talk_in_a_private_room_and_nobody_else_finds_it() -> None:
    house = House()
    olga, ada, bob = (house.connect(who) for who in (house.olga, house.ada, house.bob))
    for client in (olga, ada):
        assert codes(client.send(action="join", room="club")) == ["joined"]
    say(olga, "club", "a good secret")
    assert [entry["text"] for entry in ada.entries("club")] == ["a good secret"]
    (refused,) = bob.send(action="join", room="club")
    assert (refused["code"], refused["message"]) == ("not_found", "There is no room club.")
    assert house.listed(house.olga) == {"club": "owner"}
    assert house.listed(house.ada) == {"club": "member"}
    assert house.listed(house.bob) == {}
    assert not [event for event in bob.events if event["event"] == "messages"]


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "send", "id": "11111111-2222-4333-8444-555555555555", "text": "hello"},
        {"action": "history"},
        {"action": "typing", "active": True},
        {"action": "edit", "seq": 1, "text": "mine"},
        {"action": "delete", "seq": 1},
        {"action": "react", "seq": 1, "emoji": "👍", "on": True},
        {"action": "label", "seq": 1, "label": "positive"},
        {"action": "report", "seq": 1, "reason": "because"},
        {"action": "ping"},
        {"action": "leave"},
    ],
    ids=lambda fields: str(fields["action"]),
)
def test_a_stranger_is_answered_as_for_a_room_that_nobody_has_made(fields: dict[str, Any]) -> None:
    house = House()
    say(house.connect(house.olga, "club"), "club", "a secret")
    bob = house.connect(house.bob)
    answers = [bob.send(room=room, **fields) for room in ("club", "clob")]
    assert codes(answers[0]) == codes(answers[1])
    told = [str(answer).replace("club", "clob") for answer in answers]
    assert told[0] == told[1]


def test_who_is_removed_gets_nothing_that_is_stored_after_the_removal() -> None:
    house = House()
    olga, ada = house.connect(house.olga, "club"), house.connect(house.ada, "club", "general")
    say(olga, "club", "before")
    house.keeping.drop_member(house.olga, "club", house.ada.user.id)
    say(olga, "club", "after")
    house.world.run_delivery()
    assert [entry["text"] for entry in ada.entries("club")] == ["before"]
    assert {"event": "removed", "room": "club"} in ada.events
    assert codes(say(ada, "club", "still here?")) == ["not_joined"]
    assert codes(ada.send(action="join", room="club")) == ["not_found"]
    assert codes(say(ada, "general", "but here")) == ["messages"]


def test_a_join_that_a_removal_overtakes_ends_outside() -> None:
    house = House()
    ada = house.connect(house.ada)
    subscribe = house.world.connections.subscribe

    def removed_first(
        connection: Connection, room: str, shard: int, *, members_only: bool = False
    ) -> int | None:
        house.world.connections.subscribe = subscribe  # type: ignore[method-assign]
        house.keeping.drop_member(house.olga, "club", house.ada.user.id)
        return subscribe(connection, room, shard, members_only=members_only)

    house.world.connections.subscribe = removed_first  # type: ignore[method-assign]
    assert codes(ada.send(action="join", room="club")) == ["not_found"]
    assert house.world.connections.subscribers("club", 0) == []
    assert codes(say(ada, "club", "in?")) == ["not_joined"]


def test_a_removal_that_died_midway_is_completed_by_the_next() -> None:
    house = House()
    ada = house.connect(house.ada, "club")
    facts = house.world.chat.stored.register.facts("club", house.ada.user.id, existence=True)
    house.world.chat.stored.register.drop_member(facts, house.ada.user.id)
    with pytest.raises(NotFound):
        house.keeping.drop_member(house.olga, "club", house.ada.user.id)
    assert house.world.connections.subscribers("club", 0) == []
    assert codes(say(ada, "club", "still?")) == ["not_joined"]


def test_an_open_room_that_becomes_private_keeps_its_members_only() -> None:
    house = House()
    house.keeping.create(house.olga, "garden", Description(title="Garden"))
    olga, bob = house.connect(house.olga, "garden"), house.connect(house.bob, "garden")
    house.world.chat.house().order.mute(house.olga, "garden", house.bob.user.id, 5)
    house.keeping.describe(house.olga, "garden", PRIVATE)
    say(olga, "garden", "now among us")
    house.world.run_delivery()
    assert bob.entries("garden") == []
    assert {"event": "removed", "room": "garden"} in bob.events
    assert house.listed(house.bob) == {}


def test_those_in_a_room_hear_what_it_is_now_and_newcomers_that_they_were_added() -> None:
    house = House()
    ada, bob = house.connect(house.ada, "club"), house.connect(house.bob)
    house.keeping.describe(house.olga, "club", Description(title="Bücherclub", topic="読書"))
    house.keeping.put_member(house.olga, "club", house.bob.user.id, "member")
    house.world.run_delivery()
    changed = {"event": "room", "room": "club", "title": "Bücherclub", "topic": "読書", "access": "private"}
    for client in (ada, bob):
        (event,) = [event for event in client.events if event["event"] == "room"]
        assert event.items() >= changed.items()


def test_a_room_keeps_an_owner() -> None:
    house = House()
    for attempt in (
        lambda: house.keeping.drop_member(house.olga, "club", house.olga.user.id),
        lambda: house.keeping.put_member(house.olga, "club", house.olga.user.id, "member"),
    ):
        with pytest.raises(Conflict, match="must keep an owner"):
            attempt()
    house.keeping.put_member(house.olga, "club", house.ada.user.id, "owner")
    house.keeping.drop_member(house.olga, "club", house.olga.user.id)
    assert house.listed(house.olga) == {}
    assert house.listed(house.ada) == {"club": "owner"}


def test_a_name_is_taken_by_a_room_that_was_made_and_by_one_that_came_into_being() -> None:
    house = House()
    house.connect(house.bob, "garden")
    for name in ("club", "garden"):
        with pytest.raises(Conflict, match=name):
            house.keeping.create(house.ada, name, PRIVATE)
    with pytest.raises(Invalid, match="direct"):
        house.keeping.create(house.ada, "dm-" + "0" * 32, PRIVATE)


def test_two_people_have_one_direct_room_that_nobody_can_open_in_its_place() -> None:
    house = House()
    bob = house.connect(house.bob)
    facts, made = house.keeping.direct(house.ada, [house.olga.user.id])
    again, made_again = house.keeping.direct(house.olga, [house.ada.user.id])
    assert (facts.room, made, made_again) == (again.room, True, False)
    assert facts.about is not None
    assert {user.name for user in facts.about.people} == {"Ada", "Olga"}
    assert codes(bob.send(action="join", room=facts.room)) == ["not_found"]
    assert codes(bob.send(action="join", room="dm-" + "a" * 32)) == ["not_found"]
    assert codes(house.connect(house.ada).send(action="join", room=facts.room)) == ["joined"]
    for refused in (
        lambda: house.keeping.put_member(house.ada, facts.room, house.bob.user.id, "member"),
        lambda: house.keeping.drop_member(house.ada, facts.room, house.ada.user.id),
        lambda: house.keeping.describe(house.ada, facts.room, Description(title="Us")),
    ):
        with pytest.raises(Forbidden, match="direct room"):
            refused()


@pytest.mark.parametrize("others", [[], ["nobody"], [str(n) for n in range(8)]])
def test_a_direct_room_is_of_two_to_eight_people_who_exist(others: list[str]) -> None:
    house = House()
    with pytest.raises((Invalid, NotFound)):
        house.keeping.direct(house.ada, others)


def test_nobody_writes_in_an_archived_room_and_everybody_in_it_reads() -> None:
    house = House()
    ada = house.connect(house.ada, "club")
    say(ada, "club", "the last word")
    house.keeping.describe(house.olga, "club", Description(archived=True))
    (refused,) = say(ada, "club", "one more")
    assert (refused["code"], "archived" in refused["message"]) == ("forbidden", True)
    (refused,) = ada.send(action="react", room="club", seq=1, emoji="👍", on=True)
    assert refused["code"] == "forbidden"
    (page,) = ada.send(action="history", room="club")
    assert [entry["text"] for entry in page["messages"]] == ["the last word"]
    house.keeping.describe(house.olga, "club", Description(archived=False))
    assert codes(say(ada, "club", "back")) == ["messages"]


def test_owners_delete_what_others_wrote_and_members_do_not() -> None:
    house = House()
    olga, ada = house.connect(house.olga, "club"), house.connect(house.ada, "club")
    say(olga, "club", "mine")
    say(ada, "club", "not kind")
    (refused,) = ada.send(action="delete", room="club", seq=1)
    assert refused["code"] == "forbidden"
    olga.send(action="delete", room="club", seq=2)
    last = ada.entries("club")[-1]
    assert (last["seq"], last["deleted"], last["deletedBy"]["name"]) == (2, True, "Olga")
    ada.send(action="delete", room="club", seq=2)  # nothing changes any more
    assert ada.entries("club")[-1]["deletedBy"]["name"] == "Olga"


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_only_owners_change_a_room_and_strangers_do_not_find_it(who: str) -> None:
    house = House()
    asker: Session = getattr(house, who)
    expected: type[ChatError] = Forbidden if who == "ada" else NotFound
    for attempt in (
        lambda: house.keeping.describe(asker, "club", Description(title="Ours")),
        lambda: house.keeping.put_member(asker, "club", house.bob.user.id, "member"),
        lambda: house.keeping.drop_member(asker, "club", house.olga.user.id),
        lambda: house.world.chat.house().inviting.invite(asker, "club", 1, 1),
        lambda: house.world.chat.house().order.mute(asker, "club", house.olga.user.id, 5),
    ):
        with pytest.raises(expected):
            attempt()
