"""The rooms that somebody opened on a day, on the fake and on both emulators."""

from chalicelib.domain.messages import User
from tests.integration.storage.conftest import Store

ADA, BOB = User("u-ada", "Ada"), User("u-bob", "Bob")


def test_each_room_is_counted_once_for_each_user_and_day(store: Store) -> None:
    assert store.new_rooms.open(ADA, "one", 1, 2)
    assert store.new_rooms.open(ADA, "one", 1, 2)
    assert store.new_rooms.open(ADA, "two", 1, 2)
    assert not store.new_rooms.open(ADA, "three", 1, 2)
    assert store.new_rooms.open(ADA, "two", 1, 2)
    assert store.new_rooms.open(BOB, "three", 1, 2)
    assert store.new_rooms.open(ADA, "three", 2, 2)
