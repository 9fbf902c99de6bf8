"""What the use cases rely on in a log, on the fake and on both emulators."""

import itertools
from dataclasses import fields, replace

import pytest

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.values import pack
from chalicelib.domain.files import Upload
from chalicelib.domain.messages import File, Message, Quote, User, Void
from chalicelib.domain.sentiment import Sentiment
from chalicelib.service.outcomes import FilesTaken, MessageChanged, PositionTaken
from tests.integration.storage.conftest import Store, uploads

BARE = Message("general", 0, 0, "", User("", ""), "", "", None)
DEFAULTS = {each.name: getattr(BARE, each.name) for each in fields(Message) if each.name != "room"}
ADA, BOB = User("u-ada", "Ada"), User("u-bob", "Bob")
MOOD = Sentiment("positive", 0.8123, 0.91, "v1", (("great", 0.52), ("not … bad", 0.11)))


def a_message(at: int, text: str = "héllo 👋", user: User = ADA, identifier: str | None = None) -> Message:
    return Message(
        room="general",
        seq=at,
        at=at,
        id=identifier or f"00000000-0000-4000-8000-{at:012d}",
        user=user,
        text=text,
        sent_at="2026-11-22T10:00:00.123Z",
        sentiment=MOOD,
    )


def fill(store: Store, first: int, last: int) -> None:
    for at in range(first, last + 1):
        store.log.append(a_message(at))


def test_each_room_hands_out_its_positions_one_after_another(store: Store) -> None:
    assert [store.rooms.next_position("general").head for _ in range(3)] == [1, 2, 3]
    assert store.rooms.next_position("other").head == 1


def test_a_message_comes_back_as_it_was_stored(store: Store) -> None:
    message = replace(
        a_message(1),
        edited_at="2026-11-22T10:00:01.000Z",
        deleted=True,
        reactions={"👍": frozenset({"u-ada", "u-bob"})},
        labels={"u-bob": "negative"},
        deleted_by=BOB,
        reply_to=Quote(7, BOB, "héllo"),
        mentions=(BOB, User("u-hal", "Hal", bot=True)),
        files=(
            File("f1", "a.png", "image/png", 7, 3, 4),
            File("f2", "b.txt", "text/plain", 5),
            File("f3", "c.mp4", "video/mp4", 9, plays="video"),
        ),
    )
    for file in message.files:
        uploads(store).add(Upload(file.id, "general", "u-ada", file.name, file.type, file.bytes))
    # A field that is never stored would come back as its default.
    assert not [name for name, default in DEFAULTS.items() if getattr(message, name) == default]
    assert store.log.append(message) is None
    assert store.log.message("general", 1) == message
    assert store.log.entries("general", 0, 10) == [message]


def test_a_file_is_in_one_message_and_an_unknown_one_in_none(store: Store) -> None:
    upload = Upload("f1", "general", "u-ada", "a.txt", "text/plain", 5)
    file = File("f1", "a.txt", "text/plain", 5)
    uploads(store).add(upload)
    assert uploads(store).find("general", "f1") == upload
    assert uploads(store).find("elsewhere", "f1") is None
    assert store.log.append(replace(a_message(1), files=(file,))) is None
    assert uploads(store).find("general", "f1") == upload._replace(seq=1)
    for other in (file, file._replace(id="f2")):
        with pytest.raises(FilesTaken):
            store.log.append(replace(a_message(2), files=(other,)))
    assert store.log.message("general", 2) is None
    # A retry of the message that has the file is one, whatever became of the file.
    first = store.log.message("general", 1)
    assert first is not None
    assert store.log.append(replace(first, seq=2, at=2)) == first


def test_reactions_come_back_in_the_order_of_their_first_use(store: Store) -> None:
    reactions = {emoji: frozenset({"u-ada"}) for emoji in ("👍", "🎉", "❤️", "👀")}
    store.log.append(replace(a_message(1), reactions=reactions))
    stored = store.log.message("general", 1)
    assert stored is not None
    assert list(stored.reactions) == list(reactions)


def test_a_message_without_sentiment_stays_without(store: Store) -> None:
    store.log.append(replace(a_message(1), sentiment=None))
    stored = store.log.message("general", 1)
    assert stored is not None
    assert stored.sentiment is None


def test_a_retry_gets_what_was_stored_first_and_its_position_stays_empty(store: Store) -> None:
    first = a_message(1, "first", identifier="AAAAAAAA-0000-4000-8000-000000000000")
    again = a_message(2, "again", identifier="aaaaaaaa-0000-4000-8000-000000000000")
    assert store.log.append(first) is None
    assert store.log.append(again) == first
    assert store.log.entries("general", 0, 10) == [first]


def test_the_same_id_of_another_user_or_in_another_room_is_another_message(store: Store) -> None:
    identifier = "aaaaaaaa-0000-4000-8000-000000000000"
    assert store.log.append(a_message(1, identifier=identifier)) is None
    assert store.log.append(a_message(2, identifier=identifier, user=BOB)) is None
    assert store.log.append(replace(a_message(1, identifier=identifier), room="other")) is None


def test_appending_a_message_to_its_own_position_again_is_no_error(store: Store) -> None:
    assert store.log.append(a_message(1)) is None
    assert store.log.append(a_message(1)) is None


def test_a_voided_position_takes_no_message_and_leaves_no_claim(store: Store) -> None:
    assert store.log.void("general", 1)
    with pytest.raises(PositionTaken):
        store.log.append(a_message(1))
    assert store.log.entries("general", 0, 10) == [Void("general", 1)]
    moved = replace(a_message(1), seq=2, at=2)
    assert store.log.append(moved) is None


def test_a_message_is_never_voided(store: Store) -> None:
    store.log.append(a_message(1))
    assert not store.log.void("general", 1)
    assert store.log.message("general", 1) == a_message(1)


def test_entries_come_in_order_across_partitions(store: Store) -> None:
    fill(store, 245, 265)
    assert [e.at for e in store.log.entries("general", 244, 1000)] == list(range(245, 266))
    assert [e.at for e in store.log.entries("general", 250, 10)] == list(range(251, 261))
    assert [e.at for e in store.log.entries("general", 255, 2)] == [256, 257]
    assert store.log.entries("general", 265, 10) == []


def test_newest_goes_back_across_partitions_and_says_whether_there_is_more(store: Store) -> None:
    fill(store, 245, 265)
    page = store.log.newest("general", 266, 15)
    assert [m.at for m in page.entries] == list(range(251, 266))
    assert page.more
    rest = store.log.newest("general", 251, 50)
    assert [m.at for m in rest.entries] == list(range(245, 251))
    assert not rest.more
    assert not store.log.newest("general", 251, 6).more
    assert store.log.newest("general", 251, 5).more


def test_newest_leaves_out_voids(store: Store) -> None:
    store.log.append(a_message(1))
    store.log.void("general", 2)
    store.log.append(a_message(3))
    assert [m.at for m in store.log.newest("general", 4, 2).entries] == [1, 3]


def test_positions_say_where_the_message_before_them_is(store: Store) -> None:
    rooms = store.rooms
    assert [rooms.next_position("general").previous for _ in range(3)] == [0, 1, 2]
    assert [rooms.next_position_of_change("general").previous for _ in range(2)] == [3, 3]
    retried = rooms.next_position("general")
    assert (retried.head, retried.previous) == (6, 3)
    rooms.not_a_message(retried)
    assert rooms.next_position_of_change("general").previous == 3
    assert rooms.next_position("general").previous == 3


def position_by_an_earlier_version(store: Store, room: str) -> None:
    """Hand out a position as version 1.0 did, which kept nothing but the counter."""
    store.client.update_item(
        TableName=store.messages_table,
        Key=dict(keys.room_state(room)),
        UpdateExpression="ADD last_place :one",
        ExpressionAttributeValues=pack({":one": 1}),
    )


def test_the_message_before_is_unknown_after_a_position_of_an_earlier_version(store: Store) -> None:
    """Both versions run on one table during a deployment, and after a rollback."""
    if store.client is None:
        pytest.skip("earlier versions wrote to DynamoDB only")
    rooms = store.rooms
    position_by_an_earlier_version(store, "general")
    assert rooms.next_position_of_change("general").previous is None
    assert rooms.next_position("general").previous is None
    assert rooms.next_position_of_change("general").previous == 3
    position_by_an_earlier_version(store, "general")
    assert [rooms.next_position_of_change("general").previous for _ in range(2)] == [None, None]
    retried = rooms.next_position("general")
    assert (retried.head, retried.previous) == (8, None)
    rooms.not_a_message(retried)
    assert rooms.next_position_of_change("general").previous == 8
    assert rooms.next_position("general").previous == 8
    assert rooms.next_position("general").previous == 10


def test_what_is_not_a_message_is_only_taken_back_if_no_message_followed(store: Store) -> None:
    retried = store.rooms.next_position("general")
    assert store.rooms.next_position("general").previous == 1
    store.rooms.not_a_message(retried)
    assert store.rooms.next_position_of_change("general").previous == 2


def test_newest_finds_messages_between_runs_of_changes_and_voids(store: Store) -> None:
    """Whether or not the entries between say where the message before them is: earlier versions did not."""
    for at in (1, 2, 300, 301, 700):
        store.log.append(a_message(at))
    for at in (*range(3, 10), *range(290, 300)):
        store.log.void("general", at, previous=2)
    for at in (302, 303, 690, 698, 699):
        store.log.void("general", at, previous=None if at in (303, 699) else 301)
    assert [m.at for m in store.log.newest("general", 701, 2).entries] == [301, 700]
    page = store.log.newest("general", 701, 4)
    assert ([m.at for m in page.entries], page.more) == ([2, 300, 301, 700], True)
    page = store.log.newest("general", 701, 5)
    assert ([m.at for m in page.entries], page.more) == ([1, 2, 300, 301, 700], False)


def test_a_change_stands_in_the_log_and_the_message_in_its_newest_state(store: Store) -> None:
    store.log.append(a_message(1))
    store.log.append(a_message(2))
    edited = replace(a_message(1), at=3, text="edited")
    store.log.change(edited, was_at=1)
    assert store.log.message("general", 1) == edited
    entries = store.log.entries("general", 0, 10)
    assert [(e.at, getattr(e, "seq", None), getattr(e, "text", None)) for e in entries] == [
        (1, 1, "edited"),
        (2, 2, "héllo 👋"),
        (3, 1, "edited"),
    ]
    assert [m.at for m in store.log.newest("general", 4, 10).entries] == [3, 2]


def test_a_change_made_from_an_older_state_is_refused(store: Store) -> None:
    store.log.append(a_message(1))
    store.log.change(replace(a_message(1), at=2, text="one"), was_at=1)
    with pytest.raises(MessageChanged):
        store.log.change(replace(a_message(1), at=3, text="two"), was_at=1)
    assert store.log.entries("general", 2, 10) == []


def test_a_change_takes_no_place_that_is_taken(store: Store) -> None:
    store.log.append(a_message(1))
    store.log.void("general", 2)
    with pytest.raises(PositionTaken):
        store.log.change(replace(a_message(1), at=2, text="edited"), was_at=1)
    assert store.log.message("general", 1) == a_message(1)


def test_parts_of_a_log_follow_each_other_and_hold_its_messages(store: Store) -> None:
    fill(store, 1, 3)
    store.log.void("general", 4)
    for at in (255, 256, 257, 300):
        store.log.append(a_message(at))
    store.log.change(replace(a_message(2), at=301, text="edited"), was_at=2)
    parts = store.log.parts_before(300, 1_000)
    assert (parts[0][1], parts[-1][0]) == (300, 1)
    assert all(newer[0] == older[1] for newer, older in itertools.pairwise(parts))
    found = [m for part in reversed(parts) for m in store.log.messages("general", *part)]
    assert [m.seq for m in found] == [1, 2, 3, 255, 256, 257]
    assert found[1].text == "edited"
    assert store.log.parts_before(1, 5) == []
    assert len(store.log.parts_before(10_000, 2)) == 2
