"""Edits, deletions, reactions and labels: entries of the one log."""

import uuid
from typing import Any

import pytest

from chalicelib.domain.changes import MAX_EMOJI
from testkit.world import Client, World


def said(world: World, text: str = "a bad day") -> tuple[Client, Client]:
    ada, bob = world.client("Ada", "general"), world.client("Bob", "general")
    ada.say("general", text, str(uuid.uuid4()))
    return ada, bob


def change(client: Client, action: str, seq: int = 1, **fields: Any) -> list[dict[str, Any]]:
    return client.send(action=action, room="general", seq=seq, **fields)


def test_an_edit_reaches_everyone_as_a_new_state_with_a_new_sentiment() -> None:
    ada, bob = said(World())
    change(ada, "edit", text="a good day")
    first, second = bob.entries("general")
    assert (first["seq"], first["at"], first["editedAt"]) == (1, 1, None)
    assert (second["seq"], second["at"], second["text"]) == (1, 2, "a good day")
    assert second["editedAt"] is not None
    assert (second["id"], second["sentAt"]) == (first["id"], first["sentAt"])
    assert (first["sentiment"]["label"], second["sentiment"]["label"]) == ("neutral", "positive")


def test_a_deleted_message_keeps_its_position_and_nothing_of_its_text() -> None:
    world = World()
    ada, bob = said(world)
    change(bob, "react", emoji="👍", on=True)
    change(ada, "delete")
    got = bob.entries("general")[-1]
    assert (got["seq"], got["at"], got["text"], got["deleted"], got["sentiment"]) == (1, 3, "", True, None)
    assert (got["reactions"], got["labels"]) == ({}, {})
    (page,) = bob.send(action="history", room="general", after=0)
    assert [(e["seq"], e["at"], e["text"]) for e in page["messages"]] == [(1, 1, ""), (1, 2, ""), (1, 3, "")]


@pytest.mark.parametrize(("action", "fields"), [("edit", {"text": "mine now"}), ("delete", {})])
def test_only_the_author_changes_a_text(action: str, fields: dict[str, Any]) -> None:
    _, bob = said(World())
    (error,) = change(bob, action, **fields)
    assert (error["code"], error["action"]) == ("forbidden", action)
    assert ("Ada" if action == "edit" else "owners of general and admins") in error["message"]


def test_everyone_reacts_once_with_each_emoji_and_takes_it_back() -> None:
    ada, bob = said(World())
    for client in (ada, bob, bob):
        change(client, "react", emoji="👍", on=True)
    change(bob, "react", emoji="❤️", on=True)
    assert ada.entries("general")[-1]["reactions"] == {"👍": 2, "❤️": 1}
    change(bob, "react", emoji="👍", on=False)
    assert ada.entries("general")[-1]["reactions"] == {"👍": 1, "❤️": 1}
    change(ada, "react", emoji="👍", on=False)
    assert ada.entries("general")[-1]["reactions"] == {"❤️": 1}


def test_a_reaction_keeps_its_place_when_others_join_it_or_leave() -> None:
    ada, bob = said(World())
    for client, emoji, on in ((ada, "👍", True), (ada, "🎉", True), (bob, "👍", True), (ada, "👍", False)):
        change(client, "react", emoji=emoji, on=on)
        assert next(iter(ada.entries("general")[-1]["reactions"])) == "👍"


def test_a_reaction_is_taken_back_whatever_its_variation_selector() -> None:
    ada, bob = said(World())
    change(ada, "react", emoji="❤", on=True)
    change(bob, "react", emoji="❤️", on=True)
    assert ada.entries("general")[-1]["reactions"] == {"❤️": 2}
    change(bob, "react", emoji="❤", on=False)
    change(ada, "react", emoji="❤️", on=False)
    assert ada.entries("general")[-1]["reactions"] == {}


def test_a_change_that_changes_nothing_takes_no_position_and_is_answered() -> None:
    world = World()
    ada, bob = said(world)
    change(bob, "react", emoji="👍", on=True)
    before, last = len(ada.events), world.rooms.state("general").head
    (answer,) = change(bob, "react", emoji="👍", on=True)
    assert answer["messages"][0]["mine"]["reactions"] == ["👍"]
    assert (len(ada.events), world.rooms.state("general").head) == (before, last)


def test_a_message_cannot_have_more_different_emoji_than_allowed() -> None:
    ada, _ = said(World())
    for n in range(MAX_EMOJI):
        change(ada, "react", emoji=chr(0x1F600 + n), on=True)
    (error,) = change(ada, "react", emoji="🎉", on=True)
    assert error["code"] == "conflict"
    assert change(ada, "react", emoji="😀", on=False)


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇫🇷", "1️⃣", "©️", "‼️"])
def test_emoji_of_all_kinds_pass(emoji: str) -> None:
    ada, _ = said(World())
    change(ada, "react", emoji=emoji, on=True)
    assert ada.entries("general")[-1]["reactions"] == {emoji: 1}


@pytest.mark.parametrize(
    "emoji", [None, "", "a", "1", "👍👍", "👍 ", "<b>", "\u200d", "👩‍👩‍👧‍👦‍👩‍👩‍👧‍👦", "\ud83d", 7]
)
def test_what_is_not_one_emoji_is_refused(emoji: object) -> None:
    ada, _ = said(World())
    (error,) = change(ada, "react", emoji=emoji, on=True)
    assert error["code"] == "invalid"
    assert "emoji" in error["message"]


def test_labels_are_counted_and_can_be_changed_and_withdrawn() -> None:
    ada, bob = said(World())
    change(ada, "label", label="negative")
    change(bob, "label", label="negative")
    assert ada.entries("general")[-1]["labels"] == {"negative": 2}
    change(bob, "label", label="positive")
    assert ada.entries("general")[-1]["labels"] == {"negative": 1, "positive": 1}
    change(bob, "label", label=None)
    assert ada.entries("general")[-1]["labels"] == {"negative": 1}


def test_an_edit_drops_the_labels_of_the_text_that_is_gone() -> None:
    ada, bob = said(World())
    change(bob, "label", label="negative")
    change(bob, "react", emoji="👍", on=True)
    change(ada, "edit", text="a good day")
    got = bob.entries("general")[-1]
    assert (got["labels"], got["reactions"]) == ({}, {"👍": 1})


def test_pages_show_the_viewer_their_own_marks_alone() -> None:
    world = World()
    ada, bob = said(world)
    change(bob, "react", emoji="👍", on=True)
    change(bob, "label", label="negative")
    (page,) = bob.send(action="history", room="general")
    assert page["messages"][0]["mine"] == {"reactions": ["👍"], "label": "negative"}
    (page,) = ada.send(action="history", room="general")
    assert "mine" not in page["messages"][0]
    assert all("mine" not in entry for entry in ada.entries("general"))


@pytest.mark.parametrize(
    ("action", "fields"),
    [("edit", {"text": "back"}), ("react", {"emoji": "👍", "on": True}), ("label", {"label": "neutral"})],
)
def test_a_deleted_message_is_not_changed_any_more(action: str, fields: dict[str, Any]) -> None:
    ada, _ = said(World())
    change(ada, "delete")
    (error,) = change(ada, action, **fields)
    assert error["code"] == "conflict"


@pytest.mark.parametrize("action", ["edit", "delete", "react", "label"])
def test_a_message_that_does_not_exist_is_not_found(action: str) -> None:
    ada, _ = said(World())
    change(ada, "react", emoji="👍", on=True)
    for seq in (2, 99):
        (error,) = change(ada, action, seq=seq, text="x", emoji="🎉", on=True, label=None)
        assert error["code"] == "not_found", "a position of a change is no message"


def test_a_history_page_holds_each_message_once_in_its_newest_state() -> None:
    ada, bob = said(World())
    ada.say("general", "second", str(uuid.uuid4()))
    change(ada, "edit", text="first, edited")
    (page,) = bob.send(action="history", room="general")
    assert [(m["seq"], m["at"], m["text"]) for m in page["messages"]] == [
        (1, 3, "first, edited"),
        (2, 2, "second"),
    ]
    (joined, *_) = World.client(bob.world, "Cleo").send(action="join", room="general")
    assert joined["lastSeq"] == 3
    assert [m["seq"] for m in joined["messages"]] == [1, 2]


def test_a_position_that_a_change_gives_back_reaches_everybody_as_a_void() -> None:
    world = World()
    ada, bob = said(world)
    honest = world.log.change

    def raced(message: Any, *state: Any, **named: Any) -> None:
        world.log.change = honest  # type: ignore[method-assign]
        change(ada, "delete")
        honest(message, *state, **named)

    world.log.change = raced  # type: ignore[method-assign]
    change(ada, "delete")
    assert [(entry["at"], entry.get("void", False)) for entry in bob.entries("general")][-2:] == [
        (2, True),
        (3, False),
    ]
    assert world.rooms.state("general").delivered == world.rooms.state("general").head == 3


def test_two_changes_at_once_both_take_effect_and_the_log_has_no_gap() -> None:
    world = World()
    ada, bob = said(world)
    honest = world.log.change

    def raced(message: Any, *state: Any, **named: Any) -> None:
        world.log.change = honest  # type: ignore[method-assign]
        change(bob, "react", emoji="🎉", on=True)
        honest(message, *state, **named)

    world.log.change = raced  # type: ignore[method-assign]
    change(ada, "react", emoji="👍", on=True)
    (page,) = ada.send(action="history", room="general", after=0)
    assert [e["at"] for e in page["messages"]] == list(range(1, page["messages"][-1]["at"] + 1))
    assert page["messages"][-1]["reactions"] == {"👍": 1, "🎉": 1}
