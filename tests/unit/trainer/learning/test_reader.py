"""Finding labelled messages: from the stored position on, as they are now, and never past a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.messages import Entry, Message, User, Void
from chalicelib.domain.sessions import Person, Proof
from trainer.errors import TrainerError
from trainer.learning import reader
from trainer.learning.index import Index, RoomIndex
from trainer.learning.reader import follow, labelled, people_of


class Log:
    """The port `Messages` in memory: entries by position, and what was asked for."""

    def __init__(self) -> None:
        self.entries_of: dict[str, dict[int, Message | Void]] = {}
        self.asked: list[tuple[str, int]] = []
        self.known: dict[str, Person] = {}

    def say(self, room: str, text: str) -> int:
        log = self.entries_of.setdefault(room, {})
        at = max(log, default=0) + 1
        log[at] = Message(room, at, at, "id", User("ada", "Ada"), text, "2026-11-22T10:00:00.000Z", None)
        return at

    def message(self, room: str, at: int) -> Message:
        entry = self.entries_of[room][at]
        assert isinstance(entry, Message)
        return entry

    def change(self, room: str, seq: int, **changes: Any) -> None:
        log = self.entries_of[room]
        at = max(log) + 1
        log[seq] = replace(self.message(room, seq), at=at, **changes)
        log[at] = log[seq]

    def rooms(self) -> Sequence[str]:
        return sorted(self.entries_of)

    def entries(self, room: str, after: int, limit: int) -> list[Entry]:
        self.asked.append((room, after))
        positions = sorted(at for at in self.entries_of[room] if at > after)[:limit]
        found: list[Entry] = []
        for at in positions:
            entry = self.entries_of[room][at]
            found.append(entry if isinstance(entry, Void) else replace(entry, at=at))
        return found

    def states(self, room: str, positions: Sequence[int]) -> list[Message]:
        found = (self.entries_of[room].get(position) for position in positions)
        return [entry for entry in found if isinstance(entry, Message)]

    def people(self, user_ids: Sequence[str]) -> Mapping[str, Person]:
        return {one: self.known[one] for one in user_ids if one in self.known}


@pytest.fixture
def log() -> Log:
    return Log()


def texts(log: Log, index: Index) -> list[str]:
    return [each.text for each in labelled(log, index)]


def test_labelled_messages_of_all_rooms_are_found_with_their_texts(log: Log) -> None:
    for room in ("general", "random"):
        log.say(room, "unlabelled")
        log.change(room, log.say(room, f"hello {room}"), labels={"bob": "positive"})
    assert texts(log, follow(log, Index())) == ["hello general", "hello random"]


def test_the_next_run_reads_on_from_where_the_last_one_stopped(log: Log) -> None:
    log.change("general", log.say("general", "first"), labels={"bob": "positive"})
    index = follow(log, Index())
    log.change("general", log.say("general", "second"), labels={"bob": "neutral"})
    log.asked.clear()
    index = follow(log, index)
    assert log.asked[0] == ("general", 2)
    assert texts(log, index) == ["first", "second"]


def test_a_log_of_many_pages_is_read_to_its_end(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LOG_PAGE_SIZE", 3)
    for n in range(10):
        log.change("general", log.say("general", str(n)), labels={"bob": "neutral"})
    assert len(texts(log, follow(log, Index()))) == 10


def test_a_position_that_is_still_empty_is_read_again_by_the_next_run(log: Log) -> None:
    log.say("general", "one")
    hole = log.say("general", "being written")
    late = log.message("general", hole)
    del log.entries_of["general"][hole]
    log.entries_of["general"][3] = replace(late, seq=3, at=3, text="three", labels={"bob": "neutral"})
    index = follow(log, Index())
    assert index.rooms["general"] == RoomIndex(1)
    log.entries_of["general"][hole] = Void("general", hole)
    assert texts(log, follow(log, index)) == ["three"]


def test_deleted_withdrawn_and_edited_messages_are_no_longer_learned_from(log: Log) -> None:
    seqs = [log.say("general", text) for text in ("deleted", "withdrawn", "edited", "kept")]
    for seq in seqs:
        log.change("general", seq, labels={"bob": "positive"})
    index = follow(log, Index())
    log.change("general", seqs[0], text="", deleted=True, labels={})
    log.change("general", seqs[1], labels={})
    log.change("general", seqs[2], text="other", labels={})
    assert texts(log, follow(log, index)) == ["kept"]


def test_everybody_concerned_is_looked_up_and_who_invited_a_guest(log: Log) -> None:
    log.known = {one: Person(User(one, one), "member") for one in ("ada", "cleo", "olga", "zoe")}
    log.known["bob"] = Person(User("bob", "bob"), "guest", proof=Proof("guest", "olga"))
    reactions = {"🎉": frozenset({"cleo"})}
    log.change("general", log.say("general", "hm"), labels={"bob": "neutral"}, reactions=reactions)
    found = list(labelled(log, follow(log, Index())))
    assert (found[0].author, found[0].sent_at[:10]) == ("ada", "2026-11-22")
    assert people_of(log, found).keys() == {"ada", "bob", "cleo", "olga"}


def test_the_index_holds_positions_and_nothing_that_anybody_wrote(log: Log) -> None:
    log.change("general", log.say("general", "a secret"), labels={"bob": "positive"})
    data = follow(log, Index()).to_json()
    assert data == b'{"format":1,"learned":"","rooms":{"general":{"after":2,"labelled":[1]}}}'
    assert Index.from_json(data) == follow(log, Index())


@pytest.mark.parametrize("data", [b"{", b"[]", b"{}", b'{"format": 2}', b'{"format": 1, "rooms": 3}'])
def test_a_damaged_index_is_an_error_that_names_it(data: bytes) -> None:
    with pytest.raises(TrainerError, match=r"models/learning\.json"):
        Index.from_json(data)
