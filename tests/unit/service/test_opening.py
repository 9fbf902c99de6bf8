"""Rooms that have no messages yet: everybody may open some, nobody thousands."""

import uuid

from chalicelib.service.opening import MAX_NEW_ROOMS
from testkit.world import Client, World


def visit(client: Client, room: str) -> str:
    (answer, *_) = client.send(action="join", room=room)
    client.send(action="leave", room=room)
    return str(answer.get("code", answer["event"]))


def test_somebody_opens_many_rooms_a_day_and_no_more() -> None:
    world = World()
    eve = world.client("Eve")
    answers = [visit(eve, f"room-{n}") for n in range(MAX_NEW_ROOMS)]
    assert set(answers) == {"joined"}
    (refused,) = eve.send(action="join", room="one-more")
    assert refused["code"] == "forbidden"
    assert f"{MAX_NEW_ROOMS} new rooms" in refused["message"]
    assert world.connections.subscribers("one-more", 0) == []
    world.clock.sleep(24 * 3600)
    assert visit(world.client("Eve again"), "one-more") == "joined"


def test_rooms_with_messages_and_rooms_opened_before_can_still_be_joined() -> None:
    world = World()
    world.client("Ada", "general").say("general", "hello", str(uuid.uuid4()))
    eve = world.client("Eve")
    for n in range(MAX_NEW_ROOMS + 3):
        visit(eve, f"room-{n}")
    assert visit(eve, "general") == "joined"
    assert visit(eve, "room-0") == "joined"


def test_somebody_who_was_refused_cannot_write_there() -> None:
    world = World()
    eve = world.client("Eve")
    for n in range(MAX_NEW_ROOMS + 1):
        eve.send(action="join", room=f"room-{n}")
        eve.send(action="leave", room=f"room-{n - 1}")
    (error,) = eve.say(f"room-{MAX_NEW_ROOMS}", "hello", str(uuid.uuid4()))
    assert error["code"] == "not_joined"


def test_a_room_that_somebody_has_just_opened_is_not_counted_for_those_who_come_after() -> None:
    world = World()
    world.client("Ada", "new-team")
    eve = world.client("Eve")
    for n in range(MAX_NEW_ROOMS):
        visit(eve, f"room-{n}")
    assert visit(eve, "one-more") == "forbidden"
    assert visit(eve, "new-team") == "joined"
