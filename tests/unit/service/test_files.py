"""Files of messages: uploaded, sent once, had by who may join the room, gone with their message."""

import uuid
from typing import Any

import pytest

from chalicelib.domain.sessions import Session
from chalicelib.service.file_sharing import PER_HOUR
from chalicelib.service.keeping import Description
from testkit.rest import Rest
from testkit.world import Client, World
from tests.unit.domain.test_files import EVIL, PNG

HERE = "127.0.0.1"


class Chat:
    """Ada and Bob in a private room, and Eve outside."""

    def __init__(self) -> None:
        self.world = World()
        self.rest = Rest(self.world)
        self.ada, self.bob, self.eve = (
            self.world.chat.sessions.create(name, None, HERE) for name in ("Ada", "Bob", "Eve")
        )
        self.keeping = self.world.chat.house().keeping
        self.keeping.create(self.ada, "club", Description(access="private"))
        self.keeping.put_member(self.ada, "club", self.bob.user.id, "member")
        self.client = self.world.connect(self.ada.token, "club")

    def offer(self, who: Session, room: str = "club", **values: Any) -> tuple[int, Any]:
        body = {"name": "notes.txt", "type": "text/plain", "bytes": 5, **values}
        return self.rest.call("POST", f"/rooms/{room}/files", who.token, body)

    def upload(self, content: bytes = b"hello", who: Session | None = None, **values: Any) -> str:
        status, answer = self.offer(who or self.ada, bytes=len(content), **values)
        assert status == 201, answer
        self.world.bucket.uploads["club", answer["id"]] = content
        return str(answer["id"])

    def get(self, who: Session, file_id: str, room: str = "club") -> tuple[int, Any]:
        return self.rest.call("GET", f"/rooms/{room}/files/{file_id}", who.token)


@pytest.fixture
def chat() -> Chat:
    return Chat()


def send(client: Client, *files: str, text: str = "", room: str = "club", made: str = "") -> Any:
    made = made or str(uuid.uuid4())
    answer = client.send(action="send", room=room, id=made, text=text, files=list(files))[0]
    return answer["messages"][0] if answer["event"] == "messages" else answer


def test_a_message_carries_its_files_and_needs_no_text_beside_them(chat: Chat) -> None:
    picture, notes = chat.upload(PNG, name="cat.png", type=""), chat.upload()
    sent = send(chat.client, picture, notes)
    assert (sent["text"], sent["sentiment"]) == ("", None)
    size = {"bytes": len(PNG), "width": 640, "height": 480}
    assert sent["files"] == [
        {"id": picture, "name": "cat.png", "type": "image/png", **size},
        {"id": notes, "name": "notes.txt", "type": "text/plain", "bytes": 5},
    ]
    status, answer = chat.get(chat.bob, picture)
    assert status == 200
    assert answer["url"].endswith(picture)


def test_a_text_may_be_empty_only_beside_files(chat: Chat) -> None:
    assert send(chat.client)["code"] == "invalid"
    assert send(chat.client, chat.upload(), text="  ")["code"] == "invalid"


@pytest.mark.parametrize("files", [["a"] * 5, "a", [7], [""], ["x" * 65]])
def test_files_are_at_most_four_ids(chat: Chat, files: object) -> None:
    made = str(uuid.uuid4())
    [answer] = chat.client.send(action="send", room="club", id=made, text="x", files=files)
    assert answer["code"] == "invalid"


def test_a_file_is_in_one_message_and_the_log_stays_whole(chat: Chat) -> None:
    file = chat.upload()
    send(chat.client, file)
    send(chat.client, file)
    codes = [event["code"] for event in chat.client.events if event["event"] == "error"]
    assert codes == ["conflict"]
    assert send(chat.client, text="later", room="club")["text"] == "later"
    log = chat.client.send(action="history", room="club", after=0)[0]["messages"]
    assert [entry["at"] for entry in log] == [1, 2, 3]
    assert log[1]["void"]


def test_a_retry_is_answered_with_the_message_and_its_files(chat: Chat) -> None:
    file, made = chat.upload(PNG), str(uuid.uuid4())
    first = send(chat.client, file, made=made)
    del chat.world.bucket.uploads["club", file]  # the lifecycle of the bucket
    assert send(chat.client, file, made=made)["files"] == first["files"]


def test_only_who_uploaded_a_file_sends_it_and_only_in_its_room(chat: Chat) -> None:
    file = chat.upload(who=chat.bob)
    assert send(chat.client, file)["code"] == "not_found"
    assert send(chat.client, "0" * 32)["code"] == "not_found"
    own = chat.upload()
    chat.client.send(action="join", room="general")
    assert send(chat.client, own, room="general")["code"] == "not_found"


def test_what_is_not_uploaded_cannot_be_sent_yet(chat: Chat) -> None:
    _, answer = chat.offer(chat.ada)
    refused = send(chat.client, answer["id"])
    assert refused["code"] == "conflict"
    assert "not uploaded yet" in refused["message"]
    chat.world.bucket.uploads["club", answer["id"]] = b"hello"
    assert send(chat.client, answer["id"])["files"][0]["id"] == answer["id"]


def test_another_length_than_was_said_is_refused(chat: Chat) -> None:
    file = chat.upload()
    chat.world.bucket.uploads["club", file] = b"hello, and more"
    refused = send(chat.client, file)
    assert refused["code"] == "invalid"
    assert "has 15 bytes, and 5 were said" in refused["message"]


@pytest.mark.parametrize("content", [c for c in EVIL.values() if c], ids=[n for n, c in EVIL.items() if c])
def test_what_only_says_that_it_is_a_picture_is_sent_as_a_download(chat: Chat, content: bytes) -> None:
    [file] = send(chat.client, chat.upload(content, type="image/png"))["files"]
    assert file["type"] == "application/octet-stream"
    assert "width" not in file


def test_a_file_that_was_not_sent_can_be_had_by_nobody(chat: Chat) -> None:
    file = chat.upload()
    assert chat.get(chat.ada, file)[0] == 404


def test_who_may_not_join_the_room_neither_uploads_nor_gets_a_file(chat: Chat) -> None:
    file = chat.upload()
    send(chat.client, file)
    for who in (chat.eve,):
        assert chat.offer(who)[1]["code"] == chat.get(who, file)[1]["code"] == "not_found"
    assert chat.get(chat.ada, file, room="general")[0] == 404
    assert chat.get(chat.bob, file)[0] == 200
    chat.keeping.drop_member(chat.ada, "club", chat.bob.user.id)
    assert chat.get(chat.bob, file)[1]["code"] == chat.offer(chat.bob)[1]["code"] == "not_found"


def test_a_deleted_message_has_no_files_and_they_are_gone(chat: Chat) -> None:
    file = chat.upload()
    sent = send(chat.client, file)
    assert ("club", file) in chat.world.bucket.kept
    [answer] = chat.client.send(action="delete", room="club", seq=sent["seq"])
    assert answer["messages"][0]["files"] == []
    assert chat.get(chat.ada, file)[0] == 404
    assert chat.world.bucket.kept == {}


def test_an_edit_keeps_the_files(chat: Chat) -> None:
    sent = send(chat.client, chat.upload(), text="look")
    [answer] = chat.client.send(action="edit", room="club", seq=sent["seq"], text="look!")
    assert answer["messages"][0]["files"] == sent["files"]


@pytest.mark.parametrize(
    "values",
    [
        {"bytes": 0},
        {"bytes": 25_000_001},
        {"bytes": 2.5},
        {"bytes": None},
        {"bytes": True},
        {"name": ""},
        {"name": None},
        {"name": "a/b"},
        {"name": "x" * 121},
        {"name": "a\u202etxt.exe"},
        {"name": "a\ud800"},
        {"name": "a\r\nSet-Cookie: b"},
        {"type": "html"},
        {"type": "text/html\r\n"},
    ],
)
def test_what_cannot_be_a_file_is_refused_before_anything_is_uploaded(
    chat: Chat, values: dict[str, Any]
) -> None:
    status, answer = chat.offer(chat.ada, **values)
    assert (status, answer["code"]) == (400, "invalid")
    assert next(iter(values)) in answer["message"]


def test_one_person_uploads_so_many_files_an_hour(chat: Chat) -> None:
    for _ in range(PER_HOUR):
        assert chat.offer(chat.ada)[0] == 201
    assert chat.offer(chat.ada)[1]["code"] == "rate_limited"
    assert chat.offer(chat.bob)[0] == 201
    chat.world.clock.sleep(3_600)
    assert chat.offer(chat.ada)[0] == 201
