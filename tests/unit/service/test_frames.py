"""Frames that make no sense: a precise error, nothing stored, and the connection stays open."""

import json
from typing import Any

import pytest

from chalicelib.domain.allowance import Allowance
from chalicelib.metrics import Metric
from testkit.world import World

UUID = "3f0c6d3e-8f57-4c8b-9d7e-0a1b2c3d4e5f"
SEND = {"action": "send", "room": "general", "id": UUID, "text": "hi"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "bad_json"),
        ("nonsense", "bad_json"),
        ('{"action": "ping"', "bad_json"),
        ('{"action": "ping", "n": NaN}', "bad_json"),
        ('{"n": ' + "9" * 5000 + "}", "bad_json"),
        ("[]", "bad_frame"),
        ("null", "bad_frame"),
        ('"ping"', "bad_frame"),
        ("{}", "unknown_action"),
        ('{"action": null}', "unknown_action"),
        ('{"action": ["ping"]}', "unknown_action"),
        ('{"action": "dance"}', "unknown_action"),
        ('{"action": "\\ud800"}', "unknown_action"),
        ('{"action": "ping", "x": "' + "y" * 16_384 + '"}', "too_large"),
    ],
)
def test_a_frame_that_is_not_understood_gets_its_error(body: str, code: str) -> None:
    world = World()
    ada = world.client("Ada", "general")
    (error,) = ada.send_raw(body)
    assert (error["event"], error["code"]) == ("error", code)
    assert error["message"]
    assert ada.say("general", "still here", UUID)


def test_a_client_is_told_which_of_its_frames_was_too_large() -> None:
    ada = World().client("Ada", "general")
    (error,) = ada.send(**SEND, ref="r1", more="y" * 20_000)
    assert (error["code"], error["ref"], error["action"], error["id"]) == ("too_large", "r1", "send", UUID)


@pytest.mark.parametrize("inner", ["[" * 5000 + "]" * 5000, "9" * 5000])
def test_json_that_python_cannot_read_is_refused_with_a_clear_sentence(inner: str) -> None:
    ada = World().client("Ada", "general")
    (answer,) = ada.send_raw(f'{{"action": "ping", "x": {inner}}}')
    assert answer["event"] == "pong" or answer["code"] == "bad_json"
    assert not any(word in str(answer) for word in ("recursion", "sys.", "limit"))


def test_deep_nesting_is_refused_whether_or_not_this_python_can_read_it() -> None:
    world = World()
    ada = world.client("Ada", "general")
    (error,) = ada.send_raw("[" * 5000 + "]" * 5000)
    assert error["code"] in ("bad_json", "bad_frame")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"room": None}, "room"),
        ({"room": "Général"}, "room"),
        ({"room": "-a"}, "room"),
        ({"room": "a" * 65}, "room"),
        ({"room": "general\n"}, "room"),
        ({"id": None}, "id"),
        ({"id": "42"}, "id"),
        ({"id": UUID + "0"}, "id"),
        ({"text": None}, "text"),
        ({"text": ""}, "text"),
        ({"text": 7}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "\ud83d"}, "text"),
        ({"ref": 7}, "ref"),
        ({"ref": "x" * 65}, "ref"),
    ],
)
def test_a_field_out_of_range_is_named_and_nothing_is_stored(change: dict[str, Any], named: str) -> None:
    world = World()
    ada = world.client("Ada", "general")
    (error,) = ada.send(**{**SEND, **change})
    assert (error["code"], error["action"]) == ("invalid", "send")
    assert named in error["message"].split()
    assert world.rooms.state("general").head == 0


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"before": 0}, "before"),
        ({"before": "7"}, "before"),
        ({"before": 1.5}, "before"),
        ({"before": True}, "before"),
        ({"after": -1}, "after"),
        ({"after": 2**60}, "after"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"before": 9, "after": 1}, "before"),
    ],
)
def test_bounds_of_a_page_are_checked(fields: dict[str, Any], named: str) -> None:
    ada = World().client("Ada", "general")
    (error,) = ada.send(action="history", room="general", **fields)
    assert error["code"] == "invalid"
    assert named in error["message"]


def test_a_binary_frame_is_refused() -> None:
    ada = World().client("Ada", "general")
    (error,) = ada.send_raw("eyJhY3Rpb24iOiAicGluZyJ9", isBase64Encoded=True)
    assert error["code"] == "bad_frame"


def test_the_longest_text_passes_in_code_points_and_not_in_bytes() -> None:
    ada = World().client("Ada", "general")
    (answer,) = ada.send_raw(json.dumps({**SEND, "text": "😀" * 4000}, ensure_ascii=False))
    assert answer["messages"][0]["text"] == "😀" * 4000


def test_answers_repeat_the_ref_and_errors_the_id_of_a_refused_send() -> None:
    ada = World().client("Ada", "general")
    assert ada.send(action="ping", ref="p") == [{"event": "pong", "ref": "p"}]
    (error,) = ada.send(**{**SEND, "room": "elsewhere", "ref": "s"})
    assert (error["ref"], error["id"]) == ("s", UUID)


def test_unknown_fields_are_ignored() -> None:
    ada = World().client("Ada", "general")
    assert ada.send(action="ping", colour="blue", ref=None) == [{"event": "pong"}]


def test_who_sends_too_fast_is_told_when_to_try_again() -> None:
    world = World(allowance=Allowance(per_second=2, burst=3))
    ada = world.client("Ada", "general")
    answers = [ada.send(action="ping")[0] for _ in range(3)]
    assert [a["event"] for a in answers] == ["pong", "pong", "error"]
    assert answers[-1]["code"] == "rate_limited"
    world.clock.sleep(answers[-1]["retryAfter"])
    assert ada.send(action="ping") == [{"event": "pong"}]


def test_nonsense_uses_up_the_allowance_as_well() -> None:
    world = World(allowance=Allowance(per_second=2, burst=3))
    ada = world.client("Ada", "general")
    answers = [ada.send_raw("nonsense")[0]["code"] for _ in range(3)]
    assert answers == ["bad_json", "bad_json", "rate_limited"]


def test_an_unexpected_fault_is_told_and_counted_and_the_connection_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    ada = world.client("Ada", "general")
    monkeypatch.setattr(world.classifier, "classify", lambda text: 1 / 0)
    (error,) = ada.send(**SEND, ref="x")
    assert (error["code"], error["ref"], error["id"]) == ("unavailable", "x", UUID)
    assert world.metrics.counted[Metric.HANDLER_FAULTS] == 1
