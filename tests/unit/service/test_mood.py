"""The mood of a room over time."""

import uuid

from testkit.world import World


def test_messages_are_summed_up_in_spans_of_equal_length() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for text in ("good", "neither", "good again"):
        ada.say("general", text, str(uuid.uuid4()))
        world.clock.sleep(20 * 60)
    buckets = world.chat.house().mood.of("general", 60)
    assert len(buckets) == 30
    assert all(b.end - b.begin == 2 * 60_000 for b in buckets)
    assert buckets[-1].end == world.clock.now()
    said = [(n, b.count, b.mean, b.positive, b.neutral) for n, b in enumerate(buckets) if b.count]
    assert said == [(0, 1, 0.8, 1, 0), (10, 1, 0.0, 0, 1), (20, 1, 0.8, 1, 0)]


def test_a_short_time_has_spans_of_a_minute() -> None:
    buckets = World().chat.house().mood.of("general", 5)
    assert [(b.count, b.mean) for b in buckets] == [(0, None)] * 5


def test_only_messages_of_that_time_with_a_sentiment_count() -> None:
    world = World()
    ada = world.client("Ada", "general")
    ada.say("general", "good but long ago", str(uuid.uuid4()))
    world.clock.sleep(3600)
    world.classifier.broken = True
    ada.say("general", "no model knows", str(uuid.uuid4()))
    world.classifier.broken = False
    ada.say("general", "good", str(uuid.uuid4()))
    ada.send(action="delete", room="general", seq=3)
    ada.say("general", "fine", str(uuid.uuid4()))
    world.clock.sleep(1)
    assert sum(b.count for b in world.chat.house().mood.of("general", 30)) == 1


def test_a_long_conversation_is_read_in_pages() -> None:
    world = World()
    ada = world.client("Ada", "general")
    for _ in range(250):
        ada.say("general", "good", str(uuid.uuid4()))
    world.clock.sleep(1)
    assert sum(b.positive for b in world.chat.house().mood.of("general", 10)) == 250
