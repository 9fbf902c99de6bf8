"""The pulse of a room as its broadcaster keeps it, and what people are told of it."""

import uuid

import pytest

from chalicelib.domain.pulse import HOUR_MS, Hour, Moment
from chalicelib.domain.sentiment import Label, Sentiment
from chalicelib.errors import NotFound, Unavailable
from chalicelib.metrics import Metric
from chalicelib.service.keeping import Description
from testkit import memory
from testkit.clock import FakeClock
from testkit.fakes import FakeClassifier
from testkit.memory import MemoryPulses
from testkit.world import Client, World

NAMES = ("Ada", "Bob", "Cy")


class BrokenPulses(MemoryPulses):
    """Takes nothing."""

    def add(self, room: str, summed: Hour) -> Hour:
        raise Unavailable("The chat's storage did not answer.", retry_after=1)


class Scores(FakeClassifier):
    """Takes a text for the number that it begins with."""

    def classify(self, text: str) -> Sentiment | None:
        score = float(text.split(maxsplit=1)[0])
        label: Label = "positive" if score > 0.3 else "negative" if score < -0.3 else "neutral"
        return Sentiment(label, score, 0.9, "fake", tuple((word, score) for word in text.split()[1:]))


@pytest.fixture
def world() -> World:
    return World(classifier=Scores())


def say(client: Client, text: str, room: str = "general") -> None:
    client.say(room, text, str(uuid.uuid4()))


def three(world: World, room: str = "general") -> list[Client]:
    return [world.client(name, room) for name in NAMES]


def an_hour(world: World, people: list[Client], score: float, times: int = 4) -> None:
    for _ in range(times):
        for client in people:
            say(client, f"{score}")
    world.clock.sleep(HOUR_MS / 1000)


def test_the_pulse_counts_each_message_once_in_its_hour(world: World) -> None:
    people = three(world)
    for client, score in zip(people, (0.9, -0.6, 0.0), strict=True):
        say(client, f"{score}")
    world.clock.sleep(HOUR_MS / 1000)
    say(people[0], "0.5")
    first, second = world.chat.house().pulse.of("general", 1).hours
    assert (first.count, len(first.people), first.negative, first.neutral, first.positive) == (3, 3, 1, 1, 1)
    assert first.mean == pytest.approx(0.1)
    assert (second.count, len(second.people), second.mean) == (1, 1, None)


@pytest.mark.parametrize("count", [1, 7, 8, 9, 16, 20])
def test_every_message_is_counted_whether_or_not_its_block_has_ended(world: World, count: int) -> None:
    people = three(world)
    for number in range(count):
        say(people[number % 3], "0.5")
    [hour] = world.chat.house().pulse.of("general", 1).hours
    assert (hour.count, hour.positive) == (count, count)
    kept = [hour.count for hour in world.chat.stored.pulses.hours("general", 0, world.clock.now() + 1)]
    assert kept == ([count - count % 8] if count >= 8 else [])


def test_reactions_edits_and_retries_are_not_counted_again(world: World) -> None:
    ada = world.client("Ada", "general")
    ada.say("general", "0.9 lovely", "11111111-1111-4111-8111-111111111111")
    ada.say("general", "0.9 lovely", "11111111-1111-4111-8111-111111111111")
    ada.send(action="edit", room="general", seq=1, text="0.8 lovely")
    ada.send(action="react", room="general", seq=1, emoji="👍", on=True)
    [hour] = world.chat.house().pulse.of("general", 1).hours
    assert (hour.count, hour.positive) == (1, 1)


def test_moments_are_the_strongest_messages_as_they_are_now_with_their_words(world: World) -> None:
    ada = world.client("Ada", "general")
    for text in ("0.1 fine", "0.7 lovely day", "-0.9 awful", "0.8 lovely"):
        say(ada, text)
    ada.send(action="delete", room="general", seq=3)
    pulse = world.chat.house().pulse.of("general", 1)
    assert pulse.moments == [Moment(4, 0.8), Moment(2, 0.7)]
    assert [(term.term, round(term.weight, 3), term.count) for term in pulse.terms] == [
        ("lovely", 1.5, 2),
        ("day", 0.7, 1),
    ]


def test_usual_is_what_the_last_two_weeks_were_like_without_this_hour(world: World) -> None:
    people = three(world)
    assert world.chat.house().pulse.of("general", 1).usual is None
    an_hour(world, people, 0.2)
    an_hour(world, people, 0.4)
    for client in people:
        say(client, "-1")
    usual = world.chat.house().pulse.of("general", 1).usual
    assert usual is not None
    assert usual.mean == pytest.approx(0.3)
    assert usual.spread == pytest.approx(0.02**0.5)


def test_who_switches_it_off_for_their_messages_is_not_read_and_not_counted(world: World) -> None:
    ada = world.client("Ada", "general")
    for mood in (False, True):
        ada.send(action="send", room="general", id=str(uuid.uuid4()), text="0.9 lovely", mood=mood)
    assert [entry["sentiment"] is None for entry in ada.entries("general")] == [True, False]
    ada.send(action="edit", room="general", seq=2, text="0.8 lovely", mood=False)
    assert ada.entries("general")[-1]["sentiment"] is None
    assert world.chat.house().pulse.of("general", 1).hours == []


def test_a_room_can_switch_it_off_and_on_again(world: World) -> None:
    ada = world.client("Ada")
    session = world.chat.sessions.check(ada.token)
    keeping = world.chat.house().keeping
    keeping.create(session, "club", Description(mood=False))
    ada.send(action="join", room="club")
    say(ada, "0.9 lovely", "club")
    ada.send(action="edit", room="club", seq=1, text="0.8 lovely")
    assert [entry["sentiment"] for entry in ada.entries("club")] == [None, None]
    assert world.chat.house().pulse.of("club", 1).hours == []
    keeping.describe(session, "club", Description(mood=True))
    say(ada, "0.9 lovely", "club")
    ada.send(action="react", room="club", seq=3, emoji="👍", on=True)
    assert ada.entries("club")[-1]["sentiment"]["score"] == 0.9


def test_older_hours_than_asked_for_are_left_out(world: World) -> None:
    people = three(world)
    an_hour(world, people, 0.2)
    world.clock.sleep(2 * 24 * 3600)
    an_hour(world, people, 0.2)
    assert len(world.chat.house().pulse.of("general", 1).hours) == 1
    assert len(world.chat.house().pulse.of("general", 7).hours) == 2


def test_a_direct_room_has_no_pulse(world: World) -> None:
    room = "dm-" + 32 * "0"
    with pytest.raises(NotFound):
        world.chat.house().pulse.of(room, 1)
    assert isinstance(world.chat.stored.pulses, MemoryPulses)
    world.client("Ada", room)
    assert world.chat.stored.pulses.kept == {}


def test_an_open_room_whose_name_only_begins_like_a_direct_one_has_a_pulse(world: World) -> None:
    ada = world.client("Ada", "dm-news")
    say(ada, "0.5", "dm-news")
    assert [hour.count for hour in world.chat.house().pulse.of("dm-news", 1).hours] == [1]


def test_a_message_that_goes_out_in_several_shards_is_counted_once(world: World) -> None:
    ada = world.client("Ada", "general")
    say(ada, "0.5")
    world.rooms.add_shard("general", 1)
    for _ in range(15):
        say(ada, "0.5")
        world.run_delivery()
    assert world.rooms.state("general", 1).delivered == 16
    [hour] = world.chat.stored.pulses.hours("general", 0, world.clock.now() + 1)
    assert hour.count == 16


def turned(client: Client) -> list[dict[str, object]]:
    return [event for event in client.events if event["event"] == "mood"]


def turn_cool(world: World, people: list[Client], room: str) -> None:
    """Let a room be as usual for eight hours, and then much cooler."""
    for _ in range(8):
        for _ in range(4):
            for client in people:
                say(client, "0.2", room)
        world.clock.sleep(HOUR_MS / 1000)
    for _ in range(10):
        for client in people:
            say(client, "-0.8", room)
    world.run_delivery()


def test_a_turn_is_told_once_to_everybody_in_a_room_without_an_owner(world: World) -> None:
    people = three(world)
    for _ in range(8):
        an_hour(world, people, 0.2)
    for _ in range(10):
        for client in people:
            say(client, "-0.8")
    world.run_delivery()
    [told] = turned(people[2])
    assert (told["room"], told["direction"], told["usual"]) == ("general", "cooler", 0.2)
    assert told["mean"] == pytest.approx(-0.8)
    assert len(turned(people[0])) == 1


def test_a_turn_is_not_told_anew_in_every_hour(world: World) -> None:
    people = three(world)
    for _ in range(8):
        an_hour(world, people, 0.2)
    for _ in range(3):
        an_hour(world, people, -0.8, times=10)
        world.run_delivery()
    assert len(turned(people[0])) == 1


def test_only_the_owners_of_a_room_are_told_where_there_are_any(world: World) -> None:
    people = three(world)
    session = world.chat.sessions.check(people[0].token)
    world.chat.house().keeping.create(session, "club", Description(title="Club"))
    for client in people:
        client.send(action="join", room="club")
    turn_cool(world, people, "club")
    assert [len(turned(client)) for client in people] == [1, 0, 0]
    [(turn, title)] = world.heralds.told
    assert (turn.room, turn.direction, title) == ("club", "cooler", "Club")


def test_of_the_turn_of_a_private_room_nobody_outside_is_told(world: World) -> None:
    people = three(world)
    session = world.chat.sessions.check(people[0].token)
    world.chat.house().keeping.create(session, "club", Description(access="private"))
    for client in people[1:]:
        other = world.chat.sessions.check(client.token).user.id
        world.chat.house().keeping.put_member(session, "club", other, "member")
    for client in people:
        client.send(action="join", room="club")
    turn_cool(world, people, "club")
    assert len(turned(people[0])) == 1
    assert world.heralds.told == []


def test_a_fault_of_the_rollup_loses_no_message_and_is_counted() -> None:
    broken = World(classifier=Scores(), repositories=memory.repositories(FakeClock(), pulses=BrokenPulses()))
    ada = broken.client("Ada", "general")
    for _ in range(8):
        say(ada, "0.5")
    assert [entry["text"] for entry in ada.entries("general")] == ["0.5"] * 8
    assert broken.metrics.counted[Metric.ROLLUP_FAULTS] == 1
