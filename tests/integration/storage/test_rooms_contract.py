"""Leases and cursors, on the fake and on both emulators."""

from chalicelib.adapters.clock import SystemClock
from tests.integration.storage.conftest import Store


def soon(seconds: float = 60) -> int:
    return SystemClock().now() + int(seconds * 1000)


def test_nobody_gets_a_lease_if_nothing_is_undelivered(store: Store) -> None:
    assert store.rooms.acquire("general", 0, "a", soon()) is None


def test_one_holder_at_a_time(store: Store) -> None:
    store.rooms.next_position("general")
    state = store.rooms.acquire("general", 0, "a", soon())
    assert state is not None
    assert (state.head, state.delivered, state.lease) == (1, 0, "a")
    assert store.rooms.acquire("general", 0, "b", soon()) is None


def test_an_expired_lease_is_taken_over_and_its_holder_finds_out(store: Store) -> None:
    store.rooms.next_position("general")
    store.rooms.acquire("general", 0, "a", soon(-1))
    assert store.rooms.acquire("general", 0, "b", soon()) is not None
    assert store.rooms.renew("general", 0, "a", soon()) is None
    assert store.rooms.advance("general", 0, "a", 1, soon()) is None
    assert store.rooms.release("general", 0, "a", 1) is None
    state = store.rooms.state("general")
    assert (state.delivered, state.lease) == (0, "b")


def test_a_lease_is_given_back_only_if_nothing_newer_is_stored(store: Store) -> None:
    store.rooms.next_position("general")
    store.rooms.acquire("general", 0, "a", soon())
    store.rooms.next_position("general")
    newer = store.rooms.release("general", 0, "a", 1)
    assert newer is not None
    assert (newer.head, newer.delivered, newer.lease) == (2, 0, "a")
    advanced = store.rooms.advance("general", 0, "a", 1, soon())
    assert advanced is not None
    assert advanced.delivered == 1
    assert store.rooms.release("general", 0, "a", 2) is None
    state = store.rooms.state("general")
    assert (state.head, state.delivered, state.lease) == (2, 2, None)


def test_a_lease_that_is_given_up_is_free_and_the_cursor_stays(store: Store) -> None:
    store.rooms.next_position("general")
    store.rooms.acquire("general", 0, "a", soon())
    store.rooms.give_up("general", 0, "b")
    assert store.rooms.acquire("general", 0, "c", soon()) is None
    store.rooms.give_up("general", 0, "a")
    state = store.rooms.acquire("general", 0, "c", soon())
    assert state is not None
    assert state.delivered == 0


def test_rooms_with_messages_are_listed_by_name(store: Store) -> None:
    for room in ("general", "art", "general"):
        store.rooms.next_position(room)
    listed = [known.room for known in store.rooms.listed()]
    assert listed == ["art", "general"]
    assert [(state.room, state.head) for state in store.rooms.states(listed)] == [("art", 1), ("general", 2)]


def test_the_list_keeps_how_many_people_were_counted_and_when(store: Store) -> None:
    store.rooms.next_position("general")
    [before] = store.rooms.listed()
    assert (before.online, before.counted) == (0, 0)
    store.rooms.counted(store.rooms.state("general"), 7)
    for _ in range(257):  # the room is listed anew now and then, which forgets nothing
        store.rooms.next_position("general")
    [after] = store.rooms.listed()
    assert after.online == 7
    assert abs(after.counted - soon(0)) < 60_000
    assert abs(after.used - soon(0)) < 60_000


def test_messages_are_counted_and_retries_and_changes_are_not(store: Store) -> None:
    for _ in range(2):
        store.rooms.next_position("general")
    store.rooms.next_position_of_change("general")
    store.rooms.not_a_message(store.rooms.next_position("general"))
    assert store.rooms.state("general").messages == 2


def test_a_room_that_was_only_counted_has_no_state(store: Store) -> None:
    store.rooms.counted(store.rooms.state("empty"), 1)
    assert [known.room for known in store.rooms.listed()] == ["empty"]
    assert store.rooms.states(["empty"]) == []


def test_a_further_shard_begins_at_the_cursor_of_the_first_and_has_its_own_lease(store: Store) -> None:
    store.rooms.next_position("general")
    store.rooms.acquire("general", 0, "a", soon())
    store.rooms.release("general", 0, "a", 1)
    store.rooms.next_position("general")
    store.rooms.acquire("general", 0, "a", soon())
    store.rooms.add_shard("general", 1)
    store.rooms.add_shard("general", 1)
    state = store.rooms.state("general", 1)
    assert (state.delivered, state.head, len(state.lease_ends)) == (1, 2, 2)
    assert state.idle_shards(soon(0)) == [1]
    held = store.rooms.acquire("general", 1, "b", soon())
    assert held is not None
    assert held.idle_shards(soon(0)) == []
    assert store.rooms.release("general", 1, "b", 2) is None
    assert store.rooms.state("general", 0).delivered == 1


def test_a_shard_that_does_not_exist_cannot_be_leased(store: Store) -> None:
    store.rooms.next_position("general")
    assert store.rooms.acquire("general", 3, "a", soon()) is None
