"""Which rooms the trainer reads."""

import uuid

import pytest

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Ban, Proof
from chalicelib.service.keeping import Description
from tests.integration.storage.conftest import tables, world_on
from trainer.errors import TrainerError
from trainer.learning.index import Index
from trainer.learning.reader import follow, labelled, people_of
from trainer.learning.table import MessagesTable

PRIVATE = Description(access="private")


def test_labels_in_private_and_direct_rooms_teach_nothing_unless_the_deployment_says_so(
    moto_url: str,
) -> None:
    dynamodb, connections, messages = tables(moto_url)
    world = world_on(dynamodb, connections, messages)
    sessions, keeping = world.chat.sessions, world.chat.house().keeping
    ada, bob = (sessions.create(name, None, "127.0.0.1") for name in ("Ada", "Bob"))
    keeping.create(ada, "club", PRIVATE)
    keeping.create(ada, "once-open", Description())
    keeping.create(ada, "once-private", PRIVATE)
    direct = keeping.direct(ada, [bob.user.id])[0].room
    rooms = ["garden", "club", "once-open", "once-private", direct]
    speaker = world.connect(ada.token, *rooms)
    for room in rooms:
        speaker.say(room, f"a text in {room}", str(uuid.uuid4()))
        speaker.send(action="label", room=room, seq=1, label="positive")
    keeping.describe(ada, "once-open", PRIVATE)
    keeping.describe(ada, "once-private", Description(access="open"))

    def learned(*, private: bool) -> set[str]:
        table = MessagesTable(dynamodb, messages, private=private)
        return {found.text.removeprefix("a text in ") for found in labelled(table, follow(table, Index()))}

    assert learned(private=False) == {"garden", "once-private"}
    assert learned(private=True) == set(rooms)


def test_who_labelled_is_known_with_how_they_signed_in_unless_they_are_banned(moto_url: str) -> None:
    dynamodb, connections, messages = tables(moto_url)
    world = world_on(dynamodb, connections, messages)
    sessions = world.chat.sessions
    ada = sessions.begin(User("u-ada", "Ada"), "member", proof=Proof("provider"))
    bob, mallory = (sessions.create(name, None, "127.0.0.1") for name in ("Bob", "Mallory"))
    speaker = world.connect(ada.token, "garden")
    speaker.say("garden", "hello", str(uuid.uuid4()))
    for session in (ada, bob, mallory):
        world.connect(session.token, "garden").send(action="label", room="garden", seq=1, label="positive")
    banned = world.chat.stored.people.person(mallory.user.id)
    assert banned is not None
    world.chat.stored.people.ban(banned, Ban("spam"))
    table = MessagesTable(dynamodb, messages)
    people = people_of(table, labelled(table, follow(table, Index())))
    assert {one: person.proof for one, person in people.items()} == {
        ada.user.id: Proof("provider"),
        bob.user.id: None,
    }
    assert all(person.since for person in people.values())


def test_a_room_that_the_list_still_calls_open_is_not_read(moto_url: str) -> None:
    dynamodb, connections, messages = tables(moto_url)
    world = world_on(dynamodb, connections, messages)
    before = world.chat.stored.rooms.state("den")
    ada = world.chat.sessions.create("Ada", None, "127.0.0.1")
    world.chat.house().keeping.create(ada, "den", PRIVATE)
    world.chat.stored.rooms.counted(before, 1)  # by somebody who came before it was closed
    assert MessagesTable(dynamodb, messages).rooms() == []


@pytest.mark.parametrize(("given", "private"), [("", False), ("no", False), ("yes", True), ("1", True)])
def test_the_deployment_says_so_by_a_variable(
    monkeypatch: pytest.MonkeyPatch, given: str, private: bool
) -> None:
    from trainer.cli_bucket import _is_set  # noqa: PLC0415

    monkeypatch.setenv("TRAIN_ON_PRIVATE", given)
    assert _is_set("TRAIN_ON_PRIVATE") is private
    monkeypatch.setenv("TRAIN_ON_PRIVATE", "perhaps")
    with pytest.raises(TrainerError, match="perhaps"):
        _is_set("TRAIN_ON_PRIVATE")
