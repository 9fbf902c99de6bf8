"""An open room is made private while others join it, and functions die."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.connections import Subscription
from chalicelib.service.keeping import Description
from testkit.world import Client
from tests.unit.service.test_access_races import first
from tests.unit.service.test_private_rooms import PRIVATE, House, codes, say

OPEN = Description(access="open")


class Died(BaseException):
    """The function dies, as a Lambda worker does: no handler of the chat may catch it."""


class Garden(House):
    """A house with Olga's open room `garden`, of which Ada is a member."""

    def __init__(self) -> None:
        super().__init__()
        self.keeping.create(self.olga, "garden", Description(title="Garden"))
        self.keeping.put_member(self.olga, "garden", self.ada.user.id, "member")
        self.owner = self.connect(self.olga, "garden")
        say(self.owner, "garden", "in the open")

    def close(self) -> None:
        self.keeping.describe(self.olga, "garden", PRIVATE)

    def say(self, text: str) -> None:
        say(self.owner, "garden", text)
        self.world.run_delivery()

    def ids(self, *, members: bool) -> set[str]:
        """Return the connections of those in the room who are known as members, or who are not."""
        found = self.world.connections.subscribers("garden", 0)
        return {one.connection_id for one in found if one.member is members}

    def left_behind(self) -> Client:
        """Return a stranger's connection whose join began before the closing, and died after it."""
        bob = self.connect(self.bob)

        def dies() -> None:
            raise Died

        first(self.world.connections, "subscribe", self.close)
        first(self.world.connections, "subscribe", dies, after=True)
        with pytest.raises(Died):
            bob.send(action="join", room="garden")
        assert self.ids(members=False) == {bob.id}
        return bob


def texts(client: Client) -> list[str]:
    return [entry["text"] for entry in client.entries("garden")]


def test_a_stranger_whose_join_began_before_the_closing_is_sent_nothing_meanwhile() -> None:
    garden = Garden()
    bob = garden.connect(garden.bob)

    def speak() -> None:
        garden.say("among us")
        assert garden.ids(members=False) == {bob.id}, "this is the moment that counts"

    first(garden.world.connections, "subscribe", speak, after=True)
    first(garden.world.connections, "subscribe", garden.close)
    assert codes(bob.send(action="join", room="garden")) == ["not_found"]
    assert garden.ids(members=False) == set()
    assert "among us" not in str(bob.events)


def test_a_stranger_who_came_to_the_name_of_a_private_room_is_sent_nothing_meanwhile() -> None:
    house = House()
    bob = house.connect(house.bob)

    def make() -> None:
        house.keeping.create(house.olga, "den", PRIVATE)

    def speak() -> None:
        say(house.connect(house.olga, "den"), "den", "among us")
        house.world.run_delivery()

    first(house.world.connections, "subscribe", speak, after=True)
    first(house.world.connections, "subscribe", make)
    assert codes(bob.send(action="join", room="den")) == ["not_found"]
    assert "among us" not in str(bob.events)


def test_who_a_dead_function_left_behind_hears_nothing_of_the_room() -> None:
    garden = Garden()
    bob = garden.left_behind()
    ada = garden.connect(garden.ada, "garden")
    garden.world.run_delivery()
    before = len(bob.events)
    garden.say("among us")
    ada.send(action="typing", room="garden", active=True)
    garden.keeping.describe(garden.olga, "garden", Description(title="Our garden"))
    ada.send(action="leave", room="garden")
    garden.world.run_delivery()
    garden.world.chat.repeating.repeat("garden", 0, 0, [bob.id, garden.owner.id])
    assert bob.events[before:] == []
    heard = [event["event"] for event in garden.owner.events]
    assert {"messages", "typing", "presence", "room"} <= set(heard), "others hear of all that"


@pytest.mark.parametrize(
    "asks",
    [
        {"action": "history"},
        {"action": "react", "seq": 1, "emoji": "👍", "on": False},
    ],
    ids=lambda asks: str(asks["action"]),
)
def test_who_a_dead_function_left_behind_is_answered_as_somebody_who_has_not_joined(
    asks: dict[str, Any],
) -> None:
    garden = Garden()
    bob = garden.left_behind()
    garden.say("among us")
    assert codes(bob.send(room="garden", **asks)) == ["not_joined"]


def test_who_a_dead_function_left_behind_is_outside_once_they_try_to_join_again() -> None:
    garden = Garden()
    bob = garden.left_behind()
    assert codes(bob.send(action="join", room="garden")) == ["not_found"]
    assert garden.ids(members=False) == set()
    assert codes(say(bob, "garden", "in?")) == ["not_joined"]


def test_members_miss_nothing_of_a_room_that_is_closed() -> None:
    garden = Garden()
    there, late = garden.connect(garden.ada, "garden"), garden.connect(garden.ada)
    first(garden.world.connections, "subscribe", garden.close)
    assert codes(late.send(action="join", room="garden"))[0] == "joined"
    garden.say("among us")
    assert texts(there) == texts(late) == ["among us"]
    assert garden.ids(members=True) == {garden.owner.id, there.id, late.id}


def test_members_are_known_as_such_before_anybody_is_left_out() -> None:
    garden = Garden()
    ada = garden.connect(garden.ada, "garden")
    first(garden.world.chat.stored.audiences, "close", lambda: garden.say("in between"), after=True)
    garden.close()
    assert texts(ada) == ["in between"]


@pytest.mark.parametrize("back", [False, True])
def test_who_is_removed_before_their_join_is_done_is_outside(back: bool) -> None:
    """They were members still when the room was closed; ``back`` says whether they were let in again."""
    garden = Garden()
    ada, user_id = garden.connect(garden.ada), garden.ada.user.id

    def removed() -> None:
        garden.keeping.drop_member(garden.olga, "garden", user_id)
        if back:
            garden.keeping.put_member(garden.olga, "garden", user_id, "member")

    def close() -> None:
        garden.close()
        # Once the join that settles has read that Ada belongs to the room.
        first(garden.world.chat.stored.audiences, "confirm", removed)

    first(garden.world.connections, "subscribe", close)
    ends = {False: "not_found", True: "unavailable"}[back]
    answers = codes(ada.send(action="join", room="garden"))
    assert (answers[-1], "joined" in answers) == (ends, False)
    assert garden.ids(members=False) == set()
    assert garden.ids(members=True) == {garden.owner.id}


def test_a_room_that_is_open_again_is_everybodys_without_another_write() -> None:
    garden = Garden()
    garden.close()
    garden.keeping.describe(garden.olga, "garden", OPEN)
    audience = garden.world.chat.stored.audiences.of("garden", 0)
    assert audience.closed, "the mark stays"
    bob = garden.connect(garden.bob, "garden")
    garden.say("in the open again")
    ada = garden.connect(garden.ada, "garden")
    ada.send(action="typing", room="garden", active=True)
    assert texts(bob) == ["in the open again"]
    assert "typing" in codes(bob.events)
    assert codes(bob.send(action="history", room="garden")) == ["history"]
    garden.close()
    garden.say("and closed")
    assert texts(bob) == ["in the open again"]


def test_a_room_is_closed_in_every_shard() -> None:
    garden = Garden()
    for shards in (1, 2):
        garden.world.rooms.add_shard("garden", shards)
    garden.close()
    audiences = garden.world.chat.stored.audiences
    rules = garden.world.rooms.state("garden").rules
    assert [audiences.of("garden", shard).closed for shard in range(3)] == [rules] * 3


def test_a_join_uses_no_shard_that_is_younger_than_the_facts_it_goes_by() -> None:
    garden = Garden()
    register, known = garden.world.chat.stored.register, 1
    honest: Callable[..., Any] = register.facts

    def facts(*given: Any, **named: Any) -> Any:
        found = honest(*given, **named)
        garden.world.rooms.add_shard("garden", len(garden.world.rooms.state("garden").lease_ends))
        return found

    register.facts = facts  # type: ignore[method-assign]
    for n in range(30):
        known = len(garden.world.rooms.state("garden").lease_ends)
        client = garden.connect(garden.bob, "garden")
        connection = garden.world.connections.get(client.id)
        assert connection is not None
        assert connection.rooms["garden"] < known, f"join {n}"


def test_a_closing_that_died_midway_is_completed_by_the_next() -> None:
    garden = Garden()
    bob = garden.connect(garden.bob, "garden")

    def dies() -> None:
        raise Died

    audiences = garden.world.chat.stored.audiences
    first(audiences, "close", dies)
    with pytest.raises(Died):
        garden.close()
    assert audiences.of("garden", 0).closed == 0
    garden.close()
    assert audiences.of("garden", 0).closed == garden.world.rooms.state("garden").rules
    garden.say("among us")
    assert texts(bob) == []
    assert Subscription(bob.id, garden.bob.user) not in garden.world.connections.subscribers("garden", 0)
