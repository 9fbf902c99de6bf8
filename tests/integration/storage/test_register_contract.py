"""What rooms are and who belongs to them, on the fake and on both emulators."""

from collections.abc import Callable

import pytest

from chalicelib.adapters.clock import SystemClock
from chalicelib.domain.access import About, Belonging, Facts, Membership
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Session
from chalicelib.service.outcomes import Archived, WriteConflict
from testkit.world import World
from tests.integration.storage.conftest import Store

ADA, BOB, HAL = User("u-ada", "Ada"), User("u-bob", "Bob"), User("u-hal", "Hal", bot=True)
CLUB = About("Bücherclub", "読書", "private")


def facts(store: Store, user: User = ADA, room: str = "club") -> Facts:
    return store.register.facts(room, user.id, existence=True)


def test_a_room_that_nobody_has_made_has_no_facts(store: Store) -> None:
    assert facts(store) == Facts("club")


def test_a_room_comes_back_as_it_was_made(store: Store) -> None:
    assert store.register.create("club", CLUB, {ADA: "owner", HAL: "member"})
    assert facts(store) == Facts("club", CLUB, Membership("owner"), exists=True, version=1)
    assert facts(store, HAL).membership == Membership("member")
    assert facts(store, BOB).membership == Membership()
    assert [member.user for member in store.register.members("club")] == [ADA, HAL]
    assert [member.user for member in store.register.members("club", ADA.id, 5)] == [HAL]
    assert [member.user for member in store.register.members("club", limit=1)] == [ADA]
    assert store.register.belongings(ADA.id) == {"club": Belonging("owner")}
    assert store.register.abouts(["club", "other"]) == {"club": CLUB}


@pytest.mark.parametrize("room", ["about", "state"])
def test_a_room_may_be_called_as_what_is_kept_of_rooms(store: Store, room: str) -> None:
    store.rooms.counted(store.rooms.state(room), 1)
    store.register.describe(facts(store, room=room), About("Open"))
    store.register.describe(facts(store, room=room), CLUB)
    assert facts(store, room=room) == Facts(room, CLUB, exists=True, version=2)


def test_where_no_moods_are_read_the_state_of_the_room_says_so(store: Store) -> None:
    store.register.create("club", CLUB._replace(mood=False), {ADA: "owner"})
    assert store.rooms.next_position("club").moodless
    store.register.describe(facts(store), CLUB)
    assert not store.rooms.next_position("club").moodless
    assert facts(store).about == CLUB


def test_when_somebody_was_removed_is_kept_until_they_are_let_in_again(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner", BOB: "member"})
    store.register.drop_member(facts(store, BOB), BOB.id, removed_at=7)
    assert facts(store, BOB).membership == Membership(None, removed_at=7)
    store.register.put_member(facts(store, BOB), BOB, Membership(None, 5, removed_at=7))
    assert facts(store, BOB).membership == Membership(None, 5, 7)
    store.register.put_member(facts(store, BOB), BOB, Membership("member"))
    assert facts(store, BOB).membership == Membership("member")


def test_a_direct_room_keeps_its_people(store: Store) -> None:
    about = About("", access="direct", people=(ADA, BOB))
    store.register.create("dm", about, {ADA: "member", BOB: "member"})
    known = facts(store, room="dm").about
    assert known is not None
    assert known.people == (ADA, BOB)


def test_a_name_is_taken_once_somebody_has_been_there(store: Store) -> None:
    store.rooms.next_position("written")
    store.rooms.counted(store.rooms.state("visited"), 1)
    store.register.create("made", CLUB, {ADA: "owner"})
    for name in ("written", "visited", "made"):
        assert facts(store, room=name).exists
        assert not store.register.create(name, About(name, access="private"), {BOB: "owner"})
        assert not store.register.create(name, About(name), {BOB: "owner"})
        assert name not in store.register.belongings(BOB.id)


def test_a_change_from_facts_that_are_not_true_any_more_is_refused(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner"})
    before = facts(store)
    store.register.put_member(facts(store, BOB), BOB, Membership("member"))
    changes: list[Callable[[], None]] = [
        lambda: store.register.describe(before, CLUB._replace(topic="late")),
        lambda: store.register.put_member(before, ADA, Membership("member")),
        lambda: store.register.drop_member(before, ADA.id),
    ]
    for change in changes:
        with pytest.raises(WriteConflict):
            change()
    assert facts(store)[1:4] == (CLUB, Membership("owner"), True)


def test_owners_are_counted(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner"})
    store.register.put_member(facts(store, BOB), BOB, Membership("owner"))
    assert store.register.owners("club") == 2
    store.register.put_member(facts(store, BOB), BOB, Membership("owner", muted_until=5))
    assert store.register.owners("club") == 2
    store.register.put_member(facts(store, BOB), BOB, Membership("member"))
    store.register.put_member(facts(store, BOB), BOB, Membership("owner"))
    store.register.drop_member(facts(store), ADA.id)
    assert store.register.owners("club") == 1
    assert [its.role for its in store.register.belongings(ADA.id).values()] in ([], [None])
    assert [member.user for member in store.register.members("club")] == [BOB]


def test_who_was_muted_and_left_is_still_muted_when_they_come_back(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner"})
    store.register.put_member(facts(store, BOB), BOB, Membership("member", muted_until=5))
    store.register.drop_member(facts(store, BOB), BOB.id)
    assert facts(store, BOB).membership == Membership(None, 5)


def test_somebody_can_be_muted_in_a_room_to_which_they_do_not_belong(store: Store) -> None:
    store.rooms.next_position("general")
    known = facts(store, BOB, "general")
    assert known == Facts("general", exists=True)
    store.register.put_member(known, BOB, Membership(None, muted_until=7))
    assert facts(store, BOB, "general").membership == Membership(None, 7)
    assert [its.role for its in store.register.belongings(BOB.id).values()] in ([], [None])
    assert store.rooms.next_position("general").head == 2


def test_rooms_that_not_everybody_may_join_are_listed_apart(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner"})
    store.register.create("garden", About("Garden"), {ADA: "owner"})
    for room in ("club", "garden"):
        store.rooms.counted(store.rooms.state(room), 3)
    assert [(one.room, one.title, one.online) for one in store.rooms.listed()] == [("garden", "Garden", 3)]
    assert [(one.room, one.online) for one in store.rooms.listed_hidden(["club", "garden"])] == [("club", 3)]
    assert store.rooms.state("club").hidden
    store.register.describe(facts(store, room="garden"), About("Garden", access="private"))
    assert store.rooms.listed() == []
    store.register.describe(facts(store), CLUB._replace(access="open"))
    assert [one.room for one in store.rooms.listed()] == ["club"]
    assert not store.rooms.state("club").hidden


def test_a_room_that_was_closed_is_not_listed_for_strangers_by_who_came_just_before(
    dynamodb_store: Store,
) -> None:
    store, clock = dynamodb_store, SystemClock()
    before = store.rooms.state("den")
    store.register.create("den", About("Den", access="private"), {ADA: "owner"})
    store.rooms.counted(before, 3)
    store.rooms.next_position("den")
    world = World(clock=clock, repositories=store)
    found = {user: world.chat.listing.rooms(Session("", user, 0)).rooms for user in (ADA, BOB)}
    assert [line.room for line in found[ADA]] == ["den"]
    assert found[BOB] == ()


def test_a_change_is_seen_in_the_state(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner"})
    assert store.rooms.state("club").rules == facts(store).version == 1
    store.register.put_member(facts(store, BOB), BOB, Membership("member"))
    assert store.rooms.state("club").rules == facts(store).version == 2


def test_an_archived_room_hands_out_no_position(store: Store) -> None:
    store.register.create("club", CLUB, {ADA: "owner"})
    assert store.rooms.next_position("club").head == 1
    store.register.describe(facts(store), CLUB._replace(archived=True))
    with pytest.raises(Archived):
        store.rooms.next_position("club")
    with pytest.raises(Archived):
        store.rooms.next_position_of_change("club")
    store.register.describe(facts(store), CLUB)
    assert store.rooms.next_position("club").head == 2
