"""A connection lasts no longer than the token that opened it."""

import uuid

from testkit.world import World

TOKEN_SECONDS = 168 * 3600


def test_somebody_whose_token_has_expired_cannot_go_on_sending() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.clock.sleep(TOKEN_SECONDS - 1)
    bob = world.client("Cleo", "general")
    assert ada.say("general", "still here", str(uuid.uuid4()))
    world.clock.sleep(2)
    assert ada.say("general", "not any more", str(uuid.uuid4())) == []
    assert ada.id not in world.gateway.frames
    assert [entry["text"] for entry in bob.entries("general")] == ["still here"]
    assert ada.connect()["statusCode"] == 401


def test_somebody_whose_token_has_expired_gets_nothing_and_is_not_counted() -> None:
    world = World()
    silent = world.client("Silent", "general")
    world.clock.sleep(TOKEN_SECONDS + 1)
    ada = world.client("Ada")
    (joined, *_) = ada.send(action="join", room="general")
    assert joined["online"] == 1
    ada.say("general", "among ourselves", str(uuid.uuid4()))
    assert silent.entries("general") == []


def test_others_hear_that_somebody_left_whose_token_expired() -> None:
    world = World()
    ada = world.client("Ada", "general")
    world.clock.sleep(TOKEN_SECONDS - 5)
    bob = world.client("Bob", "general")
    world.run_delivery()
    world.clock.sleep(10)
    ada.send(action="ping", room="general")
    world.run_delivery()
    presence = [event for event in bob.events if event["event"] == "presence"]
    assert [user["name"] for user in presence[-1]["left"]] == ["Ada"]
