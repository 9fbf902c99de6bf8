"""Rooms that have no messages yet: everybody, or admins alone, may open some, nobody thousands."""

import uuid

import pytest

from chalicelib.errors import Forbidden
from chalicelib.service.keeping import Description
from chalicelib.service.opening import MAX_NEW_ROOMS
from testkit.world import Client, World

HERE, ADMIN_CODE = "127.0.0.1", "the admin code"


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


def test_where_admins_make_rooms_nobody_else_does() -> None:
    world = World(admin_code=ADMIN_CODE, admins_make_rooms=True)
    sessions, keeping = world.chat.sessions, world.chat.house().keeping
    root = sessions.create("Root", None, HERE, ADMIN_CODE)
    session, bob = (sessions.create(name, None, HERE) for name in ("Ada", "Bob"))
    ada = world.connect(session.token)
    (told,) = ada.send(action="join", room="new")
    assert (told["code"], "ask one of them" in told["message"]) == ("forbidden", True)
    with pytest.raises(Forbidden):
        keeping.create(session, "new", Description())
    keeping.create(root, "new", Description())
    assert ada.send(action="join", room="new")[0]["event"] == "joined"
    assert keeping.direct(session, [bob.user.id])[1], "direct rooms stay free"
    admin = world.connect(root.token, "newer")
    admin.say("newer", "hello", str(uuid.uuid4()))
    assert ada.send(action="join", room="newer")[0]["event"] == "joined"


def test_a_room_of_admins_that_is_empty_yet_is_nobodys_to_begin() -> None:
    world = World(admin_code=ADMIN_CODE, admins_make_rooms=True)
    root = world.chat.sessions.create("Root", None, HERE, ADMIN_CODE)
    world.connect(root.token, "new")
    assert world.client("Ada").send(action="join", room="new")[0]["code"] == "forbidden"
