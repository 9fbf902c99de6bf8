"""Order in the house: mutes, bans, reports, sessions that end, and the record of all that."""

import uuid

import pytest

from chalicelib.domain.sessions import Session
from chalicelib.errors import AccessDenied, Forbidden, NotFound, RateLimited, Unauthorized
from chalicelib.service.attempts import MAX_ATTEMPTS
from chalicelib.service.keeping import Description
from testkit.world import Client, World

HERE = "127.0.0.1"
MINUTE_SECONDS = 60


class House:
    """A world with an admin, Ada and Bob in the open room `general`."""

    def __init__(self) -> None:
        self.world = World(admin_code="the admin code")
        self.order = self.world.chat.house().order
        self.ending = self.world.chat.house().ending
        self.admin = self.world.chat.sessions.create("Root", None, HERE, "the admin code")
        self.ada, self.bob = (self.world.chat.sessions.create(name, None, HERE) for name in ("Ada", "Bob"))

    def connect(self, session: Session) -> Client:
        return self.world.connect(session.token, "general")


def say(client: Client) -> str:
    (event, *_) = client.say("general", "hello", str(uuid.uuid4()))
    return str(event.get("code", event["event"]))


def test_an_admin_code_makes_an_admin_and_a_wrong_one_nothing() -> None:
    house = House()
    assert house.admin.role == "admin"
    assert house.world.chat.sessions.renew(house.admin.token).role == "admin"
    with pytest.raises(AccessDenied, match="admin code is wrong"):
        house.world.chat.sessions.create("Eve", None, HERE, "guessed")
    with pytest.raises(AccessDenied, match="has no admin code"):
        World().chat.sessions.create("Eve", None, HERE, "guessed")


def test_admin_codes_cannot_be_guessed_without_end() -> None:
    house = House()
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(AccessDenied):
            house.world.chat.sessions.create("Eve", None, HERE, "guessed")
    with pytest.raises(RateLimited):
        house.world.chat.sessions.create("Eve", None, HERE, "the admin code")


def test_who_is_muted_writes_nothing_on_any_connection_until_it_ends() -> None:
    house = House()
    before, bob = house.connect(house.ada), house.connect(house.bob)
    house.order.mute(house.admin, "general", house.ada.user.id, 5)
    after = house.connect(house.ada)
    for client in (before, after):
        (refused,) = client.say("general", "hello", str(uuid.uuid4()))
        assert refused["code"] == "forbidden"
        assert "You are muted in general until 20" in refused["message"]
    assert say(bob) == "messages"
    house.world.clock.sleep(5 * MINUTE_SECONDS)
    assert (say(before), say(after)) == ("messages", "messages")


def test_a_mute_can_be_lifted() -> None:
    house = House()
    ada = house.connect(house.ada)
    house.order.mute(house.admin, "general", house.ada.user.id, 5)
    house.order.mute(house.admin, "general", house.ada.user.id, 0)
    assert say(ada) == "messages"


def test_who_is_banned_is_out_at_once_and_cannot_sign_in_again() -> None:
    house = House()
    ada = house.connect(house.ada)
    house.order.ban(house.admin, house.ada.user.id, 60, "spam")
    house.world.run_delivery()
    assert ada.id in house.world.gateway.closed
    with pytest.raises(Unauthorized):
        house.world.chat.sessions.check(house.ada.token)
    assert Client(house.world, "again=", house.ada.token).connect()["statusCode"] == 401
    with pytest.raises(AccessDenied, match=r"until 20.*: spam"):
        house.world.chat.sessions.create("Ada", None, HERE)
    house.order.lift_ban(house.admin, house.ada.user.id)
    with pytest.raises(NotFound):
        house.order.lift_ban(house.admin, house.ada.user.id)


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_session_that_ends_takes_its_tokens_and_connections_with_it(everywhere: bool) -> None:
    house = House()
    ada = house.connect(house.ada)
    second = house.world.chat.sessions.begin(house.ada.user, "member")
    other = house.connect(second)
    if everywhere:
        house.ending.end_all(house.ada.user)
    else:
        house.ending.end(house.ada)
    house.world.run_delivery()
    assert set(house.world.gateway.closed) == ({ada.id, other.id} if everywhere else {ada.id})
    for session, ended in ((house.ada, True), (second, everywhere)):
        if ended:
            with pytest.raises(Unauthorized, match="was ended"):
                house.world.chat.sessions.renew(session.token)
        else:
            assert house.world.chat.sessions.renew(session.token).id == session.id


def test_a_renewed_token_belongs_to_the_same_session() -> None:
    house = House()
    renewed = house.world.chat.sessions.renew(house.ada.token)
    house.ending.end(renewed)
    for token in (renewed.token, house.ada.token):
        with pytest.raises(Unauthorized):
            house.world.chat.sessions.check(token)


def test_somebody_sees_their_sessions_and_ends_one_of_them() -> None:
    house = House()
    house.world.clock.sleep(1)
    second = house.world.chat.sessions.begin(house.ada.user, "member")
    assert [one.id for one in house.ending.sessions(house.ada)] == [second.id, house.ada.id]
    assert house.ending.end_one(house.ada, second.id)
    assert not house.ending.end_one(house.ada, second.id)
    assert not house.ending.end_one(house.ada, house.bob.id)
    assert [one.id for one in house.ending.sessions(house.ada)] == [house.ada.id]


def test_only_admins_ban_and_read_reports_and_the_audit_log() -> None:
    house = House()
    for attempt in (
        lambda: house.order.ban(house.ada, house.bob.user.id, None, "mine"),
        lambda: house.order.lift_ban(house.ada, house.bob.user.id),
        lambda: house.order.reports(house.ada, None, 10),
        lambda: house.order.audit(house.ada, None, 10),
    ):
        with pytest.raises(Forbidden, match="Only admins"):
            attempt()


def test_a_report_reaches_the_admins() -> None:
    house = House()
    ada, bob = house.connect(house.ada), house.connect(house.bob)
    say(ada)
    assert bob.send(action="report", room="general", seq=1, reason="not kind") == []
    (refused,) = bob.send(action="report", room="general", seq=7, reason="not kind")
    assert refused["code"] == "not_found"
    [report] = house.order.reports(house.admin, None, 10)
    assert (report.by.name, report.room, report.seq, report.reason) == ("Bob", "general", 1, "not kind")


def test_everything_that_is_done_to_others_is_recorded_the_newest_first() -> None:
    house = House()
    keeping = house.world.chat.house().keeping
    ada = house.connect(house.ada)
    root = house.connect(house.admin)
    say(ada)
    root.send(action="delete", room="general", seq=1)
    ada.send(action="delete", room="general", seq=1)
    keeping.create(house.admin, "club", Description(access="private"))
    keeping.put_member(house.admin, "club", house.ada.user.id, "owner")
    keeping.drop_member(house.admin, "club", house.ada.user.id)
    keeping.describe(house.admin, "club", Description(access="open"))
    house.order.mute(house.admin, "general", house.ada.user.id, 5)
    house.order.mute(house.admin, "general", house.ada.user.id, 0)
    house.order.ban(house.admin, house.ada.user.id, None, "spam")
    house.order.lift_ban(house.admin, house.ada.user.id)
    deeds = house.order.audit(house.admin, None, 100)
    assert [deed.what for deed in deeds] == [
        "unban", "ban", "unmute", "mute", "access", "remove", "role", "delete",
    ]  # fmt: skip
    assert {deed.by.name for deed in deeds} == {"Root"}
    older = house.order.audit(house.admin, deeds[3].at, 2)
    assert [deed.what for deed in older] == ["access", "remove", "role"]  # one more than asked for
