"""People, their sessions and connections, invites and the audit log, on the fake and on both emulators."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from chalicelib.adapters.dynamodb import keys
from chalicelib.domain.access import Belonging, Choice, Invitation
from chalicelib.domain.audit import Deed, Report
from chalicelib.domain.connections import Connection
from chalicelib.domain.messages import User
from chalicelib.domain.sessions import UNNAMED, Ban, DeviceLink, Person, Proof, Session
from tests.integration.storage.conftest import Store

ADA, HAL = User("u-ada", "Ada"), User("u-hal", "Hal", bot=True)
LATER = int(time.time()) + 24 * 3600  # after the last of the tests, however slow


def a_session(user: User = ADA, identifier: str = "s1") -> Session:
    return Session("token", user, LATER, identifier)


def test_somebody_who_signed_in_is_known_with_their_sessions(store: Store) -> None:
    store.people.signed_in(a_session())
    store.people.signed_in(a_session(identifier="s2"))
    store.people.signed_in(a_session(HAL))
    assert {one.id for one in store.people.sessions(ADA.id)} == {"s1", "s2"}
    person = store.people.person(HAL.id)
    assert person is not None
    assert (person.user, person.role, person.ban) == (HAL, "member", None)
    assert store.people.person("nobody") is None


def test_a_session_that_is_ended_stays_so(store: Store) -> None:
    store.people.signed_in(a_session())
    assert not store.people.is_ended(a_session())
    store.people.end(ADA.id, ["s1"])
    store.people.signed_in(a_session())  # renewed at the same moment
    assert store.people.is_ended(a_session())
    assert store.people.sessions(ADA.id) == []


def test_a_session_of_an_earlier_version_can_be_ended(store: Store) -> None:
    session = Session("token", ADA, LATER)
    assert not store.people.is_ended(session)
    assert store.connections.add(Connection("c1=", ADA, ends=LATER))
    store.people.end(ADA.id, [session.id])
    assert store.people.is_ended(session)
    assert not store.connections.add(Connection("c2=", ADA, ends=LATER, session=session.id))


def test_what_has_no_name_stays_ended_though_another_token_of_it_expires_later(dynamodb_store: Store) -> None:
    store = dynamodb_store
    assert store.connections.add(Connection("c1=", ADA, ends=LATER))
    store.people.end(ADA.id, [UNNAMED])
    item = store.client.get_item(TableName=store.messages_table, Key=keys.session(ADA.id, UNNAMED))["Item"]
    assert "expires" not in item


def test_only_a_session_that_is_not_ended_opens_connections(store: Store) -> None:
    store.people.signed_in(a_session())
    assert store.connections.add(Connection("c1=", ADA, session="s1", role="admin"))
    store.people.end(ADA.id, ["s1"])
    assert not store.connections.add(Connection("c2=", ADA, session="s1"))
    assert [(one.id, one.session) for one in store.people.connections(ADA.id)] == [("c1=", "s1")]
    known = store.connections.get("c1=")
    assert known is not None
    assert (known.role, known.session) == ("admin", "s1")
    assert store.connections.get("c2=") is None
    store.connections.remove("c1=")
    assert store.people.connections(ADA.id) == []


def test_everybody_s_connections_are_found_as_long_as_they_are_open(store: Store) -> None:
    for number, user in enumerate((ADA, HAL, ADA)):
        store.connections.add(Connection(f"c{number}=", user, session=f"s{number}"))
        store.connections.subscribe(Connection(f"c{number}=", user), "general", 0)
    store.connections.remove("c1=")
    found = {(one.id, one.user_id) for one in store.people.reachable(10)}
    assert found == {("c0=", ADA.id), ("c2=", ADA.id)}
    assert len(store.people.reachable(1)) == 1


def test_a_mute_is_kept_with_a_connection_for_rooms_in_which_it_is(store: Store) -> None:
    store.connections.add(Connection("c1=", ADA, session="s1"))
    store.connections.subscribe(Connection("c1=", ADA), "general", 0)
    for connection_id, room in (("c1=", "general"), ("c1=", "garden"), ("gone=", "general")):
        store.connections.mute(connection_id, room, 5)
    known = store.connections.spend("c1=")
    assert known is not None
    assert known.muted == {"general": 5}
    assert store.connections.get("gone=") is None


def test_people_are_found_by_the_beginning_of_their_names_but_guests_are_not(store: Store) -> None:
    for number, name in enumerate(["Ada", "ADÁN", "Bob"]):
        store.people.signed_in(a_session(User(f"u-{number}", name)))
    store.people.signed_in(Session("token", User("u-gus", "Adam"), LATER, "s", "guest"))
    assert [person.user.name for person in store.people.named("ad", 5)] == ["Ada", "ADÁN"]
    assert [person.user.name for person in store.people.named("", 2)] == ["Ada", "ADÁN"]


def test_people_are_found_by_their_ids_in_the_given_order(store: Store) -> None:
    for user in (ADA, HAL):
        store.people.signed_in(a_session(user))
    store.people.ban(Person(ADA, "member"), Ban("spam"))
    found = store.people.known([HAL.id, "nobody", ADA.id])
    assert [(one.user, one.role, one.ban) for one in found] == [
        (HAL, "member", None),
        (ADA, "member", Ban("spam")),
    ]


def test_how_somebody_signed_in_and_since_when_they_are_here_stays_known(store: Store) -> None:
    before = int(time.time() * 1000) - 60_000
    proof = Proof("invite", "u-olga")
    store.people.signed_in(replace(a_session(), proof=proof))
    first = store.people.person(ADA.id)
    assert first is not None and first.proof == proof
    store.people.signed_in(a_session())  # a token that is renewed does not say it again
    assert store.people.person(ADA.id) == first
    assert store.people.known([ADA.id]) == (first,)
    assert before < first.since <= int(time.time() * 1000) + 60_000
    store.people.signed_in(a_session(HAL))
    name_alone = store.people.person(HAL.id)
    assert name_alone is not None and name_alone.proof is None


def test_of_somebody_from_before_it_was_kept_nothing_is_proved(dynamodb_store: Store) -> None:
    store = dynamodb_store
    store.people.signed_in(a_session())
    store.client.update_item(
        TableName=store.messages_table,
        Key=keys.profile(ADA.id),
        UpdateExpression="REMOVE #since",
        ExpressionAttributeNames={"#since": "since"},
    )
    assert store.people.person(ADA.id) == Person(ADA, "member")


def test_a_mark_moves_forward_only_and_forgets_mentions_that_were_seen(store: Store) -> None:
    for seq in (3, 5):
        store.marks.mention(ADA.id, "general", seq)
    assert store.register.belongings(ADA.id) == {"general": Belonging(None, 0, 0, (3, 5))}
    assert store.marks.move(ADA.id, "general", 4, 2)
    assert not store.marks.move(ADA.id, "general", 4, 9)
    assert not store.marks.move(ADA.id, "general", 3, 9)
    assert store.register.belongings(ADA.id) == {"general": Belonging(None, 4, 2, (5,))}
    assert store.marks.move(ADA.id, "general", 6, 3)
    assert store.register.belongings(ADA.id) == {"general": Belonging(None, 6, 3)}
    for seq in range(7, 120):
        store.marks.mention(ADA.id, "general", seq)
    assert store.register.belongings(ADA.id)["general"].mentions == tuple(range(20, 120))


def test_a_choice_for_a_room_is_kept_beside_the_mark_and_a_mention_shows_the_room(store: Store) -> None:
    choices = store.choices
    assert choices.of(ADA.id, "general") == Choice()
    choices.hide(ADA.id, "general", 0)
    assert choices.set_notices(ADA.id, "general", "none", 1)
    assert store.marks.move(ADA.id, "general", 4, 2)
    kept = Belonging(None, 4, 2, (), Choice("none", 0))
    assert store.register.belongings(ADA.id) == {"general": kept}
    store.marks.mention(ADA.id, "general", 5)
    assert choices.of(ADA.id, "general") == Choice("none")
    choices.hide(ADA.id, "general", 5)
    choices.hide(ADA.id, "general", None)
    assert choices.of(ADA.id, "general") == Choice("none")


def test_a_room_counts_those_who_watch_it_each_once_and_no_more_than_so_many(store: Store) -> None:
    choices = store.choices
    store.rooms.next_position("general")
    for user in (ADA, ADA, HAL):
        assert choices.set_notices(user.id, "general", "all", 2)
    assert not choices.set_notices("eve", "general", "all", 2)
    assert choices.of("eve", "general") == Choice()
    assert choices.watchers("general") == tuple(sorted((ADA.id, HAL.id)))
    assert store.rooms.next_position("general").watchers == 2
    assert choices.set_notices(ADA.id, "general", "none", 2)
    assert choices.set_notices(HAL.id, "general", None, 2)
    assert choices.watchers("general") == ()
    assert store.rooms.state("general").watchers == 0
    assert choices.set_notices("eve", "general", "all", 1)


def test_the_newest_message_is_known_with_the_state(store: Store) -> None:
    assert store.rooms.state("general").newest == 0
    for _ in range(2):
        store.rooms.next_position("general")
    store.rooms.next_position_of_change("general")
    assert store.rooms.state("general").newest == 2
    store.rooms.not_a_message(store.rooms.next_position("general"))
    assert (store.rooms.state("general").head, store.rooms.state("general").newest) == (4, 2)


def test_a_ban_is_kept_until_it_is_lifted(store: Store) -> None:
    store.people.signed_in(a_session())
    for ban in (Ban("spam", 77), Ban("for good", networks=("abc", "def")), None):
        person = store.people.person(ADA.id)
        assert person is not None
        store.people.ban(person, ban)
        store.people.signed_in(a_session())
        known = store.people.person(ADA.id)
        assert known is not None
        assert known.ban == ban


def test_the_networks_of_somebody_s_sessions_are_those_of_last(store: Store) -> None:
    start = int(time.time() * 1000)
    for number, network in (("s1", "abc"), ("s2", "def")):
        session = a_session(identifier=number)
        store.people.signed_in(session)
        store.people.noted(session, network)
    store.connections.add(Connection("c1=", ADA, session="s1"))
    assert store.people.networks(ADA.id, start - 1_000) == {"abc", "def"}
    store.connections.add(Connection("c2=", ADA, session="s1"), "123")
    assert store.people.networks(ADA.id, start - 1_000) == {"123", "def"}
    assert store.people.networks(ADA.id, start + 3_600_000) == set()


def test_networks_are_barred_for_each_ban_until_it_ends(store: Store) -> None:
    later = int(time.time() * 1000) + 100_000
    store.bars.bar(("abc", "def"), "u-eve", later)
    store.bars.bar(("def",), "u-mallory", None)
    store.bars.bar((), "u-nobody", None)
    assert store.bars.barred(("abc", "123")) == {"u-eve"}
    assert store.bars.barred(("abc", "def")) == {"u-eve", "u-mallory"}
    store.bars.bar(("def",), "u-mallory", later - 200_000)
    assert store.bars.barred(("def",)) == {"u-eve"}
    assert store.bars.barred(()) == set()


def test_who_holds_a_name_is_known(store: Store) -> None:
    assert store.names.holder("ada") is None
    store.names.hold("ada", ADA, LATER)
    assert store.names.holder("ada") == ADA.id


def test_an_invite_is_used_as_often_and_as_long_as_it_says(store: Store) -> None:
    invitation = Invitation("club", ADA.id, made=7)
    store.invites.add("key", invitation, expires=100, uses=2)
    assert store.invites.find("key", 99) == invitation
    assert [store.invites.use("key", 99) for _ in range(3)] == [True, True, False]
    assert store.invites.find("key", 99) is None
    store.invites.add("late", invitation, expires=100, uses=2)
    assert store.invites.find("late", 100) is None
    assert not store.invites.use("late", 100)
    assert store.invites.find("never made", 1) is None


def test_deeds_and_reports_come_back_the_newest_first_even_of_one_moment(store: Store) -> None:
    for number in range(3):
        store.audit.note(Deed(1000, ADA, "mute", f"u-{number}", "club", "rude"))
        store.audit.report(Report(1000, ADA, "club", number + 1, "rude"))
    deeds = store.audit.deeds(None, 10)
    assert [(deed.at, deed.target) for deed in deeds] == [(1002, "u-2"), (1001, "u-1"), (1000, "u-0")]
    assert deeds[2] == Deed(1000, ADA, "mute", "u-0", "club", "rude")
    assert [deed.at for deed in store.audit.deeds(1002, 1)] == [1001]
    assert [report.seq for report in store.audit.reports(None, 10)] == [3, 2, 1]
    assert [report.seq for report in store.audit.reports(1001, 10)] == [1]
    store.audit.note(Deed(2000, ADA, "ban", "u-9"))
    assert store.audit.deeds(None, 1) == [Deed(2000, ADA, "ban", "u-9")]


def test_what_somebody_says_of_themselves_is_kept_part_by_part(store: Store) -> None:
    store.people.signed_in(a_session())
    store.people.describe(ADA.id, "Likes tea", None)
    store.people.describe(ADA.id, None, "0ff1ce")
    store.people.describe(ADA.id, None, None)
    store.people.signed_in(a_session(identifier="s2"))
    (ada,) = store.people.known([ADA.id])
    assert (ada.about, ada.picture) == ("Likes tea", "0ff1ce")
    store.people.describe(ADA.id, "", "")
    ada = store.people.known([ADA.id])[0]
    assert (ada.about, ada.picture) == ("", "")


def test_of_many_who_use_a_link_at_once_one_gets_in(store: Store) -> None:
    now, link = int(time.time()), DeviceLink(ADA, "member", "u-root", "s1", LATER)
    store.device_links.add("key", link, LATER)
    store.device_links.add("old", link._replace(ends=None), now)
    assert store.device_links.find("key", now) == link
    assert store.device_links.find("old", now) is None
    assert not store.device_links.use("old", now)
    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda _: store.device_links.use("key", now), range(8)))
    assert used.count(True) == 1
    assert store.device_links.find("key", now) is None
    assert not store.device_links.use("unknown", now)
