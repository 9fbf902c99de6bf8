"""Signing in: names, tokens and access codes."""

import unicodedata
from typing import Any

import pytest

from chalicelib.domain.looks import table
from chalicelib.errors import AccessDenied, Invalid, NameTaken, RateLimited, Unauthorized, Unavailable
from chalicelib.service.attempts import ATTEMPTS_WINDOW_SECONDS, MAX_ATTEMPTS
from chalicelib.service.identity_ports import Attempt
from testkit import memory
from testkit.memory import MemorySecrets
from testkit.world import Client, World

HERE = "192.0.2.1"
DAY = 24 * 3600


def test_a_token_names_its_user() -> None:
    sessions = World().chat.sessions
    session = sessions.create("  Ada ", None, HERE)
    assert session.user.name == "Ada"
    assert sessions.check(session.token).user == session.user
    assert session.expires_at == "2026-11-29T10:00:00Z"


@pytest.mark.parametrize("tampered", ["", "x", "a.b", "{token}x", "x{token}", "{token}=", "{token}=="])
def test_a_forged_token_is_refused(tampered: str) -> None:
    sessions = World().chat.sessions
    token = sessions.create("Ada", None, HERE).token
    with pytest.raises(Unauthorized):
        sessions.check(tampered.replace("{token}", token))


def test_a_token_expires() -> None:
    world = World()
    token = world.chat.sessions.create("Ada", None, HERE).token
    world.clock.sleep(7 * DAY - 1)
    assert world.chat.sessions.check(token).user.name == "Ada"
    world.clock.sleep(1)
    with pytest.raises(Unauthorized, match="expired"):
        world.chat.sessions.check(token)


def test_a_token_outlives_one_rotation_of_the_key_and_not_two() -> None:
    secrets = MemorySecrets()
    world = World()
    stored = memory.repositories(world.clock, secrets=secrets)
    sessions = World(clock=world.clock, repositories=stored).chat.sessions
    token = sessions.create("Ada", None, HERE).token
    for rotation in ("second", "third"):
        assert sessions.check(token).user.name == "Ada"
        secrets.rotate(rotation, world.clock.now() // 1000)
    with pytest.raises(Unauthorized):
        sessions.check(token)


@pytest.mark.parametrize("same", ["Ada", "ADA", " ada ", "Ａｄａ"])
def test_a_name_that_is_held_is_refused_however_it_is_written(same: str) -> None:
    sessions = World().chat.sessions
    sessions.create("Ada", None, HERE)
    with pytest.raises(NameTaken):
        sessions.create(same, None, HERE)


@pytest.mark.parametrize("alike", ["Аda", "АDА", "𝐀𝐝𝐚", "Adа"])
def test_a_name_that_looks_like_a_held_one_is_refused(alike: str) -> None:
    world = World()
    world.chat.sessions.create("Ada", None, HERE)
    with pytest.raises(NameTaken, match="looks like it"):
        world.chat.sessions.create(alike, None, HERE)
    world.clock.sleep(8 * DAY + 1)
    assert world.chat.sessions.create(alike, None, HERE).user.name == unicodedata.normalize("NFC", alike)


def test_who_held_a_name_before_its_look_was_held_keeps_it() -> None:
    world = World()
    ada = world.chat.sessions.create("Ada", None, HERE)
    looks = {key: held for key, held in world.names.held.items() if "#" in key}
    for key in looks:
        del world.names.held[key]
    world.chat.sessions.create("Аda", None, HERE)
    assert world.chat.sessions.renew(ada.token).user == ada.user
    with pytest.raises(NameTaken):
        world.chat.sessions.create("Ada", None, HERE)


def test_nobody_reads_the_table_of_look_alikes_to_connect() -> None:
    world = World()
    token = world.chat.sessions.create("Ada", None, HERE).token
    table.cache_clear()
    world.connect(token, "general")
    assert table.cache_info().currsize == 0


def test_renewing_keeps_id_and_name_and_lasts_longer() -> None:
    world = World()
    session = world.chat.sessions.create("Ada", None, HERE)
    world.clock.sleep(DAY)
    renewed = world.chat.sessions.renew(session.token)
    assert renewed.user == session.user
    assert renewed.expires == session.expires + DAY


def test_a_name_is_held_for_a_day_after_its_last_token_expired() -> None:
    world = World()
    world.chat.sessions.create("Ada", None, HERE)
    world.clock.sleep(8 * DAY)
    with pytest.raises(NameTaken):
        world.chat.sessions.create("Ada", None, HERE)
    world.clock.sleep(1)
    assert world.chat.sessions.create("Ada", None, HERE)


@pytest.mark.parametrize(
    "name",
    [
        None,
        7,
        "",
        "   ",
        "x" * 33,
        "a\tb",
        "a\nb",
        "a\u202eb",
        "\u200b",
        "\u200d",
        "\u2800",
        "\ud800",
        "a\u2066b",
    ],
)
def test_a_name_that_cannot_be_seen_is_refused(name: object) -> None:
    with pytest.raises(Invalid, match="name"):
        World().chat.sessions.create(name, None, HERE)


@pytest.mark.parametrize("name", ["x" * 32, "José", "日本", "👩‍👩‍👧", "می‌خواهم", "O'Brien & co."])
def test_names_of_all_scripts_pass(name: str) -> None:
    assert World().chat.sessions.create(name, None, HERE).user.name == name


def test_an_access_code_is_asked_for_if_the_deployment_sets_one() -> None:
    sessions = World(access_code="söup").chat.sessions
    for wrong in (None, "", "soup", 7, "\ud800"):
        with pytest.raises(AccessDenied):
            sessions.create("Ada", wrong, HERE)
    assert sessions.create("Ada", "söup", HERE)


def test_wrong_access_codes_are_limited_for_each_source() -> None:
    world = World(access_code="soup")
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(AccessDenied):
            world.chat.sessions.create("Ada", "wrong", HERE)
    with pytest.raises(RateLimited) as refused:
        world.chat.sessions.create("Ada", "soup", HERE)
    assert world.chat.sessions.create("Bob", "soup", "192.0.2.2")
    world.clock.sleep(refused.value.retry_after or 0)
    assert (refused.value.retry_after or 0) <= ATTEMPTS_WINDOW_SECONDS
    assert world.chat.sessions.create("Ada", "soup", HERE)


def test_right_access_codes_are_not_limited() -> None:
    world = World(access_code="soup")
    for n in range(3 * MAX_ATTEMPTS):
        assert world.chat.sessions.create(f"user {n}", "soup", HERE)


def test_a_crowd_with_the_right_code_waits_for_its_turn() -> None:
    world = World(access_code="soup")
    window = world.clock.now() // 1000 // ATTEMPTS_WINDOW_SECONDS
    for _ in range(MAX_ATTEMPTS):  # as many are under way
        world.attempts.begin(HERE, window, MAX_ATTEMPTS, 0)
    honest = world.clock.sleep
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            world.attempts.succeeded(HERE, window)
        honest(seconds)

    world.clock.sleep = sleep  # type: ignore[method-assign]
    assert world.chat.sessions.create("Ada", "soup", HERE)
    assert len(waited) == 3


def test_somebody_whose_turn_never_comes_is_told_to_try_again() -> None:
    world = World(access_code="soup")
    window = world.clock.now() // 1000 // ATTEMPTS_WINDOW_SECONDS
    for _ in range(MAX_ATTEMPTS):
        world.attempts.begin(HERE, window, MAX_ATTEMPTS, 0)
    with pytest.raises(Unavailable, match="at once"):
        world.chat.sessions.create("Ada", "soup", HERE)


def test_no_more_access_codes_are_compared_than_allowed_however_many_come_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(access_code="soup")
    honest = world.attempts.begin
    others: list[type[Exception]] = []

    def begin(*given: Any) -> Attempt:
        """Let a crowd guess while the first guess is under way."""
        monkeypatch.undo()
        for _ in range(3 * MAX_ATTEMPTS):
            with pytest.raises((AccessDenied, RateLimited)) as refused:
                world.chat.sessions.create("Eve", "wrong", HERE)
            others.append(refused.type)
        return honest(*given)

    monkeypatch.setattr(world.attempts, "begin", begin)
    with pytest.raises(RateLimited):
        world.chat.sessions.create("Eve", "soup", HERE)
    assert others.count(AccessDenied) == MAX_ATTEMPTS


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_handshake_without_a_valid_token_is_refused_and_nothing_is_stored(token: str) -> None:
    world = World()
    assert Client(world, "c=", token).connect()["statusCode"] == 401
    assert world.connections.connections == {}
