"""Who came and went, on the fake and on both emulators."""

import time

from chalicelib.adapters.clock import SystemClock
from chalicelib.domain.allowance import TYPING_CHANGE_MS
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import User
from chalicelib.domain.presence import MAX_KEPT_MOVES, MAX_NAMED_PEOPLE, Move
from tests.integration.storage.conftest import Store

CAME, WENT = Move(User("u-ada", "Ada"), came=True), Move(User("u-bob", "Bob"), came=False)


def soon(seconds: float = 60) -> int:
    return SystemClock().now() + int(seconds * 1000)


def test_moves_are_kept_until_somebody_takes_the_turn_to_announce_them(store: Store) -> None:
    store.presences.note("general", CAME)
    store.presences.note("general", WENT)
    assert store.presences.get("general").moves == (CAME, WENT)
    begun = store.presences.begin("general", soon())
    assert begun is not None
    assert begun.moves == (CAME, WENT)
    assert store.presences.begin("general", soon()) is None, "one at a time"


def test_what_is_noted_during_a_turn_is_seen_when_it_ends(store: Store) -> None:
    store.presences.note("general", CAME)
    store.presences.begin("general", soon())
    store.presences.note("general", WENT)
    kept = store.presences.finish("general", 7, 42)
    assert (kept.moves, kept.online, kept.paid_until) == ((WENT,), 7, 42)
    assert abs(kept.announced - soon(0)) < 60_000
    begun = store.presences.begin("general", soon())
    assert begun is not None
    assert begun.moves == (WENT,)


def test_what_a_dead_announcer_had_taken_is_taken_again(store: Store) -> None:
    store.presences.note("general", CAME)
    store.presences.begin("general", soon(-1))
    store.presences.note("general", WENT)
    begun = store.presences.begin("general", soon())
    assert begun is not None
    assert begun.moves == (CAME, WENT)
    assert store.presences.finish("general", 1, 0).moves == ()


def test_a_room_nobody_came_to_has_no_presence(store: Store) -> None:
    assert store.presences.get("general").moves == ()
    assert store.presences.get("general").announced == 0


def test_a_glance_sees_what_was_kept_before(store: Store) -> None:
    assert store.presences.glance("general").moves == ()
    store.presences.note("general", CAME)
    assert store.presences.glance("general") == store.presences.get("general")


def test_that_somebody_may_be_back_soon_is_noted_once_until_the_turn_is_taken(store: Store) -> None:
    before = soon(0)
    first = store.presences.note("general", WENT, back_soon=True)
    assert first.left_at >= before
    assert store.presences.note("general", CAME, back_soon=True).left_at == first.left_at
    store.presences.begin("general", soon())
    assert store.presences.get("general").left_at == 0
    assert store.presences.note("general", CAME).left_at == 0


def test_of_very_many_moves_only_so_many_are_kept_and_that_there_were_more(store: Store) -> None:
    for _ in range(MAX_KEPT_MOVES):
        assert not store.presences.note("general", CAME).more
    for _ in range(2):
        kept = store.presences.note("general", WENT)
        assert (kept.more, len(kept.moves)) == (True, MAX_KEPT_MOVES)
    begun = store.presences.begin("general", soon())
    assert begun is not None
    assert begun.more
    assert not store.presences.finish("general", 7, 0).more


def test_in_a_large_room_no_moves_are_kept(store: Store) -> None:
    store.presences.begin("general", soon())
    store.presences.finish("general", MAX_NAMED_PEOPLE + 1, 0)
    for _ in range(2):
        kept = store.presences.note("general", CAME)
        assert (kept.more, kept.moves, kept.online) == (True, (), MAX_NAMED_PEOPLE + 1)
    begun = store.presences.begin("general", soon(-1))
    assert begun is not None
    assert begun.more
    taken_over = store.presences.begin("general", soon())
    assert taken_over is not None
    assert taken_over.more, "what a dead announcer had taken is taken again"


def test_typing_is_told_when_it_changes_and_not_too_often(store: Store) -> None:
    store.connections.add(Connection("c=", CAME.user))
    assert store.connections.may_type("c=", "general", True)
    assert not store.connections.may_type("c=", "general", True)
    assert not store.connections.may_type("nobody=", "general", True)


def test_the_end_of_typing_is_always_told_once(store: Store) -> None:
    store.connections.add(Connection("c=", CAME.user))
    assert store.connections.may_type("c=", "general", True)
    began = time.monotonic()
    assert store.connections.may_type("c=", "general", False)
    assert not store.connections.may_type("c=", "general", False)
    again = store.connections.may_type("c=", "general", True)
    at_once = time.monotonic() - began < TYPING_CHANGE_MS / 1000  # unless the machine is very busy
    assert not (again and at_once)


def test_typing_in_another_room_is_news_there(store: Store) -> None:
    store.connections.add(Connection("c=", CAME.user))
    assert store.connections.may_type("c=", "general", True)
    assert store.connections.may_type("c=", "tea-room", True)
    assert not store.connections.may_type("c=", "tea-room", True)
