"""Who may be sent what is stored in a room, on the fake and on both emulators."""

import string

import pytest

from chalicelib.adapters.clock import SystemClock
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.connections import LIFETIME_SECONDS
from chalicelib.adapters.dynamodb.values import unpack
from chalicelib.domain.access import About, Membership
from chalicelib.domain.audience import Audience
from chalicelib.domain.connections import Connection, Subscription
from chalicelib.domain.messages import User
from tests.integration.storage.conftest import Store

ADA, BOB = User("u-ada", "Ada"), User("u-bob", "Bob")
ROOM = "garden"


@pytest.fixture
def store(store: Store) -> Store:
    """Return the repositories with an open room, of which Ada is a member, and with both connected."""
    store.register.create(ROOM, About("Garden"), {ADA: "member"})
    for user in (ADA, BOB):
        store.connections.add(connection(user))
    return store


def connection(user: User) -> Connection:
    return Connection(f"{user.name}=", user)


def subscription(user: User, *, member: bool) -> Subscription:
    return Subscription(f"{user.name}=", user, member)


def join(store: Store, user: User, *, members_only: bool = False, shard: int = 0) -> None:
    assert store.connections.subscribe(connection(user), ROOM, shard, members_only=members_only) == shard


def lose(store: Store, user: User) -> None:
    facts = store.register.facts(ROOM, user.id)
    store.register.drop_member(facts, user.id)


def test_a_subscription_is_a_members_if_nothing_else_could_have_been_written(store: Store) -> None:
    join(store, ADA, members_only=True)
    join(store, BOB)
    both = (subscription(ADA, member=True), subscription(BOB, member=False))
    assert store.audiences.of(ROOM, 0) == Audience(both)
    assert store.connections.subscribers(ROOM, 0) == list(both)
    assert store.audiences.of(ROOM, 1) == Audience(())


def test_a_glance_shows_the_same_and_what_everybody_is_in_the_chat(store: Store) -> None:
    guest = Connection("Gus=", User("u-gus", "Gus"), role="guest")
    store.connections.add(guest)
    join(store, ADA, members_only=True)
    store.connections.subscribe(guest, ROOM, 0)
    expected = (subscription(ADA, member=True), Subscription(guest.id, guest.user, role="guest"))
    assert store.audiences.glance(ROOM, 0) == store.audiences.of(ROOM, 0) == Audience(expected)
    store.audiences.close(ROOM, 0, 7)
    assert store.audiences.glance(ROOM, 0) == Audience(expected, 7)


def test_a_subscription_is_in_doubt_again_if_it_is_written_anew_without_that_condition(store: Store) -> None:
    join(store, ADA, members_only=True)
    join(store, ADA)
    assert store.audiences.of(ROOM, 0) == Audience((subscription(ADA, member=False),))


def test_a_member_is_confirmed_and_a_stranger_is_not(store: Store) -> None:
    for user in (ADA, BOB):
        join(store, user)
    assert store.audiences.confirm(ROOM, 0, subscription(ADA, member=False))
    assert store.audiences.confirm(ROOM, 0, subscription(ADA, member=True)), "once more changes nothing"
    assert not store.audiences.confirm(ROOM, 0, subscription(BOB, member=False))
    both = (subscription(ADA, member=True), subscription(BOB, member=False))
    assert store.audiences.of(ROOM, 0) == Audience(both)
    assert store.connections.spend("Ada=") is not None


def test_who_was_removed_is_not_confirmed(store: Store) -> None:
    join(store, ADA)
    lose(store, ADA)
    assert not store.audiences.confirm(ROOM, 0, subscription(ADA, member=False))
    assert store.audiences.of(ROOM, 0) == Audience((subscription(ADA, member=False),))


def test_confirming_a_subscription_that_is_gone_makes_none(store: Store) -> None:
    assert not store.audiences.confirm(ROOM, 0, subscription(ADA, member=False))
    join(store, ADA, shard=1)
    assert not store.audiences.confirm(ROOM, 0, subscription(ADA, member=False)), "it is in another shard"
    assert store.audiences.of(ROOM, 0) == Audience(())


def test_the_mark_of_the_newest_closing_stays_in_its_shard(store: Store) -> None:
    for version in (4, 7, 7, 5):
        store.audiences.close(ROOM, 0, version)
    assert store.audiences.of(ROOM, 0) == Audience((), 7)
    assert store.audiences.of(ROOM, 1) == Audience(())
    assert store.audiences.of("elsewhere", 0) == Audience(())


def test_the_mark_is_nobody_who_is_there(store: Store) -> None:
    for user in (ADA, BOB):
        join(store, user)
    store.audiences.close(ROOM, 0, 2)
    both = [subscription(ADA, member=False), subscription(BOB, member=False)]
    for limit, wanted in ((None, both), (3, both), (2, both), (1, both[:1])):
        assert store.connections.subscribers(ROOM, 0, limit) == wanted
    for user in (ADA, BOB):
        assert store.connections.remove(f"{user.name}=") is not None
    assert store.connections.subscribers(ROOM, 0) == []
    assert store.audiences.of(ROOM, 0) == Audience((), 2)


def test_one_connection_is_found_with_the_mark_of_its_shard(store: Store) -> None:
    join(store, ADA, members_only=True)
    join(store, BOB)
    assert store.audiences.of(ROOM, 0, "Bob=") == Audience((subscription(BOB, member=False),))
    store.audiences.close(ROOM, 0, 3)
    assert store.audiences.of(ROOM, 0, "Ada=") == Audience((subscription(ADA, member=True),), 3)
    assert store.audiences.of(ROOM, 0, "nobody=") == Audience((), 3)
    assert store.audiences.of(ROOM, 1, "Ada=") == Audience(())


def test_whose_token_has_expired_is_no_audience(store: Store) -> None:
    past = Connection("past=", BOB, ends=SystemClock().now() // 1000 - 1)
    store.connections.add(past)
    store.connections.subscribe(past, ROOM, 0)
    assert store.audiences.of(ROOM, 0) == store.audiences.of(ROOM, 0, "past=") == Audience(())


def test_the_facts_tell_how_many_shards_there_were(store: Store) -> None:
    assert store.register.facts(ROOM, BOB.id).shards == 1
    assert store.register.facts("nowhere", BOB.id).shards == 1
    store.rooms.next_position(ROOM)
    store.rooms.add_shard(ROOM, 1)
    facts = store.register.facts(ROOM, BOB.id)
    assert (facts.shards, facts.membership) == (2, Membership())


def test_the_mark_is_read_last_outlives_connections_and_ends(dynamodb_store: Store) -> None:
    """Who takes it for a subscription, as an earlier version does, finds that its token has expired."""
    stored = dynamodb_store
    for character in string.ascii_letters + string.digits + "-_=+/":
        one = Connection(character * 12 + "=", BOB)
        stored.connections.add(one)
        stored.connections.subscribe(one, ROOM, 0)
    before = SystemClock().now() // 1000
    stored.audiences.close(ROOM, 0, 3)
    found = stored.client.query(
        TableName=stored.messages_table.replace("messages", "connections"),
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": keys.subscribers(ROOM, 0)}},
    )["Items"]
    mark = unpack(found[-1])
    assert (len(found), mark["sk"], mark["token_ends"]) == (68, keys.CLOSED, 0)
    assert mark["expires"] > before + 2 * LIFETIME_SECONDS
