"""Replies, mentions, and what somebody has not read yet."""

import uuid
from typing import Any

from chalicelib.domain.rooms import RoomSummary
from testkit.world import Client, World


def say(client: Client, text: str = "hello", **fields: Any) -> list[dict[str, Any]]:
    identifier = str(uuid.uuid4())
    return client.send(action="send", room="general", id=identifier, text=text, **fields)


def line(world: World, client: Client) -> RoomSummary:
    [found] = world.chat.listing.rooms(world.chat.sessions.of(client.token)).rooms
    return found


def marks(world: World, client: Client) -> tuple[int, int, int]:
    found = line(world, client)
    return found.read_at, found.unread, found.mentions


def user_id(world: World, client: Client) -> str:
    return world.chat.sessions.of(client.token).user.id


def test_a_reply_quotes_what_it_answers_as_it_was() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    say(ada, "x" * 300)
    say(bob, "I agree", replyTo=1)
    ada.send(action="edit", room="general", seq=1, text="something else")
    reply = ada.entries("general")[1]
    assert reply["replyTo"]["user"]["name"] == "Ada"
    assert (reply["replyTo"]["seq"], reply["replyTo"]["text"]) == (1, "x" * 140)
    (refused,) = say(bob, "to nothing", replyTo=77)
    assert (refused["code"], refused["message"]) == (
        "not_found",
        "There is no message 77 in general to reply to.",
    )
    assert len(ada.entries("general")) == 3


def test_mentions_name_people_and_unknown_ones_are_left_out() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    bobs = user_id(world, bob)
    say(ada, "@Bob look", mentions=[bobs, "nobody", bobs])
    assert bob.entries("general")[0]["mentions"] == [{"id": bobs, "name": "Bob"}]
    assert (marks(world, bob)[2], marks(world, ada)[2]) == (1, 0)
    for wrong in ("Bob", [7], ["x" * 65], [str(n) for n in range(21)]):
        (refused,) = say(ada, "hm", mentions=wrong)
        assert (refused["code"], "mentions" in refused["message"]) == ("invalid", True)


def test_who_mentions_themselves_is_not_told() -> None:
    world = World()
    ada = world.client("Ada", "general")
    say(ada, "note to self", mentions=[user_id(world, ada)])
    assert marks(world, ada)[2] == 0


def test_what_is_unread_follows_what_was_read_however_long_the_log_is() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    for _ in range(3):
        say(ada)
    ada.send(action="react", room="general", seq=1, emoji="👍", on=True)  # position 4
    say(ada, mentions=[user_id(world, bob)])  # position 5
    assert marks(world, bob) == (0, 4, 1)
    bob.send(action="read", room="general", at=2)
    assert marks(world, bob) == (2, 2, 1)
    bob.send(action="read", room="general", at=4)
    assert marks(world, bob) == (4, 1, 1)
    bob.send(action="read", room="general", at=99)
    assert marks(world, bob) == (5, 0, 0)
    for _ in range(300):
        say(ada)
    assert marks(world, bob) == (5, 300, 0)
    bob.send(action="read", room="general", at=155)
    assert marks(world, bob) == (155, 150, 0)


def test_a_mark_never_goes_back_and_a_retry_is_not_unread() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    identifier = str(uuid.uuid4())
    for _ in range(2):
        ada.say("general", "once", identifier)
    assert marks(world, bob) == (0, 1, 0)
    bob.send(action="read", room="general", at=2)
    bob.send(action="read", room="general", at=1)
    assert marks(world, bob) == (2, 0, 0)


def test_the_other_connections_of_who_reads_hear_of_it_and_nobody_else_does() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    phone = world.connect(bob.token)
    say(ada)
    bob.send(action="read", room="general", at=1)
    bob.send(action="read", room="general", at=1)
    heard = {"event": "read", "room": "general", "at": 1}
    assert [client.events.count(heard) for client in (phone, bob, ada)] == [1, 0, 0]
