"""The check of the stress tool finds each broken promise: it must not be green because it is blind."""

from typing import Any

import pytest

from bench.people import Person
from bench.stress.check import check
from bench.stress.client import StressClient
from bench.stress.views import Post

ROOM = "room-0"
Json = dict[str, Any]


def message(seq: int, at: int | None = None, **fields: Any) -> Json:
    return {
        "room": ROOM,
        "seq": seq,
        "at": at or seq,
        "id": f"id-{seq}",
        "user": {"id": "ada", "name": "Ada"},
        "text": f"text {seq}",
        "editedAt": None,
        "deleted": False,
        "reactions": {},
        "labels": {},
        **fields,
    }


def void(at: int) -> Json:
    return {"room": ROOM, "seq": at, "at": at, "void": True}


LOG = [
    message(1, reactions={"👍": 1}) | {"at": 1},
    void(2),
    message(3),
    message(1, 4, reactions={"👍": 1}),
]


@pytest.fixture
def client() -> StressClient:
    """Ada, who sent 1 and 3 and has seen the whole log."""
    ada = StressClient(None, "", Person("ada", "Ada", "token"), {ROOM: True})  # type: ignore[arg-type]
    view = ada.views[ROOM]
    view.log.begin(0)
    for seq in (1, 3):
        ada.sent[f"id-{seq}"] = Post(ROOM, f"text {seq}")
        ada.acknowledged[f"id-{seq}"] = seq
    return ada


def broken(client: StressClient, seen: list[Json], stored: list[Json]) -> dict[str, int]:
    for entry in seen:
        client.views[ROOM].log.add(entry)
    return dict(check([client], {ROOM: stored}, {ROOM: stored[-1]["at"]}).counts)


def test_a_client_that_has_everything_in_any_order_is_fine(client: StressClient) -> None:
    assert broken(client, LOG[::-1] + LOG, LOG) == {}
    assert client.views[ROOM].log.top == 4


def test_a_message_that_was_sent_and_is_not_stored_is_lost(client: StressClient) -> None:
    client.sent["id-9"] = Post(ROOM, "text 9")
    assert broken(client, LOG, LOG) == {"lost": 1}


def test_a_newest_entry_that_a_client_does_not_get_is_lost(client: StressClient) -> None:
    assert broken(client, LOG[:3], LOG)["lost"] == 1


def test_a_hole_in_what_a_client_has_is_a_gap(client: StressClient) -> None:
    assert broken(client, [LOG[0], LOG[2], LOG[3]], LOG) == {"gaps": 1}


def test_a_hole_in_the_stored_log_is_a_gap(client: StressClient) -> None:
    stored = [LOG[0], LOG[2], LOG[3]]
    assert broken(client, stored, stored)["gaps"] == 1


def test_an_id_at_two_positions_is_a_duplicate(client: StressClient) -> None:
    log = [*LOG, message(5, id="id-3", text="text 3")]
    counts = broken(client, log, log)
    assert counts["duplicated"] == 1


def test_a_position_that_means_something_else_is_reordered(client: StressClient) -> None:
    assert broken(client, [LOG[0], message(2), LOG[2], LOG[3]], LOG)["reordered"] >= 1


def test_a_position_that_changes_its_meaning_is_reordered(client: StressClient) -> None:
    assert broken(client, [*LOG, message(2)], LOG)["reordered"] == 1


def test_an_acknowledgement_for_another_position_is_reordered(client: StressClient) -> None:
    client.acknowledged["id-3"] = 2
    assert broken(client, LOG, LOG) == {"reordered": 1}


def test_a_text_that_is_not_what_was_sent_first_is_altered(client: StressClient) -> None:
    client.sent["id-3"] = Post(ROOM, "something else")
    assert broken(client, LOG, LOG) == {"altered": 1}


def test_a_state_that_a_client_never_got_is_altered(client: StressClient) -> None:
    stored = [*LOG[:3], message(1, 4, reactions={"👍": 2})]
    assert broken(client, LOG, stored) == {"altered": 1}


def test_what_is_stored_after_everybody_had_everything_is_not_due(client: StressClient) -> None:
    for entry in LOG:
        client.views[ROOM].log.add(entry)
    assert not check([client], {ROOM: [*LOG, message(5)]}, {ROOM: 4}).counts


def test_an_answer_that_is_delivered_twice_changes_nothing(client: StressClient) -> None:
    client._asked["r1"] = ("history", ROOM, 0)
    page = {"event": "history", "room": ROOM, "ref": "r1", "messages": LOG, "more": False}
    for _ in range(2):
        client._on_event(page)
    assert broken(client, [], LOG) == {}
