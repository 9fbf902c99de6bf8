"""`send`: stored once, delivered in order, to everyone in the room and to nobody else."""

from chalicelib.metrics import Metric
from testkit.world import World

ID1 = "00000000-0000-4000-8000-000000000001"
ID2 = "00000000-0000-4000-8000-000000000002"


def test_everyone_in_the_room_gets_the_message_with_its_sentiment() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    ada.say("general", "a good day", ID1)
    (got,) = bob.entries("general")
    assert got == ada.entries("general")[0]
    assert (got["seq"], got["at"], got["id"], got["text"]) == (1, 1, ID1, "a good day")
    assert got["user"]["name"] == "Ada"
    assert got["sentiment"] == {
        "label": "positive",
        "score": 0.8,
        "confidence": 0.9,
        "model": "fake",
        "because": [["good", 0.8]],
    }
    assert got["sentAt"].endswith("Z")
    assert "mine" not in got


def test_nobody_outside_the_room_gets_the_message() -> None:
    world = World()
    ada, eve = world.client("Ada", "general"), world.client("Eve", "other")
    ada.say("general", "hello", ID1)
    assert eve.entries("general") == []
    assert all(event["event"] == "joined" for event in eve.events)


def test_one_connection_follows_several_rooms() -> None:
    world = World()
    ada, bob = world.client("Ada", "art", "general"), world.client("Bob", "general", "art")
    ada.say("art", "to art", ID1)
    ada.say("general", "to general", ID1)
    assert [e["text"] for e in bob.entries("art")] == ["to art"]
    assert [e["text"] for e in bob.entries("general")] == ["to general"]


def test_a_retried_send_is_stored_once_and_answered_with_the_first_text() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    ada.say("general", "first", ID1)
    (answer,) = ada.say("general", "again", ID1.upper())[:1]
    assert [(m["seq"], m["text"]) for m in answer["messages"]] == [(1, "first")]
    assert [e["text"] for e in bob.entries("general") if not e.get("void")] == ["first"]


def test_the_place_of_a_retry_is_voided_so_that_the_log_has_no_gap() -> None:
    world = World()
    ada = world.client("Ada", "general")
    ada.say("general", "first", ID1)
    ada.say("general", "first", ID1)
    ada.say("general", "second", ID2)
    (page,) = ada.send(action="history", room="general", after=0)
    assert [(e["at"], e.get("void", False)) for e in page["messages"]] == [(1, False), (2, True), (3, False)]


def test_a_send_to_a_room_that_was_not_joined_is_refused_and_nothing_is_stored() -> None:
    world = World()
    ada = world.client("Ada", "general")
    (error,) = ada.say("other", "hello", ID1)
    assert (error["event"], error["code"], error["action"], error["id"]) == (
        "error",
        "not_joined",
        "send",
        ID1,
    )
    assert world.log.positions.get("other", {}) == {}
    assert world.rooms.state("other").head == 0


def test_chat_does_not_wait_for_a_model() -> None:
    world = World()
    world.classifier.broken = True
    ada = world.client("Ada", "general")
    ada.say("general", "a good day", ID1)
    assert ada.entries("general")[0]["sentiment"] is None


def test_a_connection_that_is_gone_loses_its_subscriptions_and_the_others_get_the_message() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.gateway.vanish(bob.id)
    ada.say("general", "hello", ID1)
    assert len(ada.entries("general")) == 1
    assert [s.connection_id for s in world.connections.subscribers("general", 0)] == [ada.id]
    assert world.metrics.counted[Metric.CONNECTIONS_GONE] == 1


def test_who_missed_a_push_learns_it_from_pong_and_recovers() -> None:
    world = World()
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    world.gateway.unreachable.add(bob.id)
    ada.say("general", "missed", ID1)
    world.gateway.unreachable.clear()
    (pong,) = bob.send(action="ping", room="general")
    assert pong == {"event": "pong", "room": "general", "lastSeq": 1}
    (page,) = bob.send(action="history", room="general", after=0)
    assert [e["text"] for e in page["messages"]] == ["missed"]


def test_text_arrives_exactly_as_it_was_sent() -> None:
    world = World()
    ada = world.client("Ada", "general")
    text = '  <b>&amp;</b>\u202e "quoted" \\n \n\ttab 👩‍👩‍👧 \u2028 end  '
    ada.say("general", text, ID1)
    assert ada.entries("general")[0]["text"] == text
    frame = world.gateway.frames[ada.id][-1]
    assert "👩‍👩‍👧".encode() in frame


def test_text_is_normalised_to_nfc() -> None:
    world = World()
    ada = world.client("Ada", "general")
    ada.say("general", "e\u0301", ID1)
    assert ada.entries("general")[0]["text"] == "\u00e9"
