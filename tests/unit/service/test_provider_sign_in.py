"""Signing in with a provider: ids, names, roles, bans and limits."""

from typing import Any

import pytest

from chalicelib.domain.admission import Admission
from chalicelib.domain.sessions import Ban, CodeGrant, Proof, ProvidedIdentity, Session
from chalicelib.errors import AccessDenied, ChatError, RateLimited, Unauthorized, Unavailable
from chalicelib.service.attempts import MAX_ATTEMPTS
from chalicelib.service.provider_sign_in import ProviderSignIn, SignInProvider, user_id_of
from testkit.world import World

HERE = "192.0.2.1"
HOUR = 3600
GRANT = CodeGrant("code", "v" * 43, "https://chat.example/", "nonce")


class FakeProvider:
    """The port `IdentityProvider`: whoever ``comes`` next, or what goes wrong."""

    def __init__(self) -> None:
        self.comes: ProvidedIdentity | ChatError = somebody("ada")
        self.wanted: frozenset[str] = frozenset()

    def identity(self, grant: CodeGrant, wanted: frozenset[str]) -> ProvidedIdentity:
        assert grant == GRANT
        self.wanted = wanted
        if isinstance(self.comes, ChatError):
            raise self.comes
        return self.comes


def somebody(
    subject: str, name: str = "Ada", issuer: str = "https://id.example", **claims: Any
) -> ProvidedIdentity:
    address = {"email": f"{subject}@example.org", "email_verified": True}
    return ProvidedIdentity(issuer, subject, {"sub": subject, "name": name, **address, **claims})


class Entrance:
    """A chat with a provider."""

    def __init__(self, members: str = "@example.org", admins: str = "boss@example.org") -> None:
        self.provider = FakeProvider()
        provided = SignInProvider(self.provider, Admission.parse(members, admins), 48)
        self.world = World(provided=lambda: provided)
        by_provider = self.world.chat.house().provider_sign_in
        assert by_provider is not None
        self.use_case: ProviderSignIn = by_provider

    def enter(self, comes: ProvidedIdentity | ChatError, source: str = HERE) -> Session:
        self.provider.comes = comes
        return self.use_case.sign_in(GRANT, source)


def test_the_same_person_has_the_same_id_for_ever() -> None:
    entrance = Entrance()
    first = entrance.enter(somebody("ada"))
    entrance.world.clock.sleep(400 * 24 * HOUR)
    again = entrance.enter(somebody("ada", name="Ada Byron"))
    assert again.user == first.user
    assert again.id != first.id
    # Written down, because a change of the formula would make everybody somebody else.
    assert first.user.id == user_id_of(somebody("ada")) == "e7b680d5b667e380fb260f1797a8a124"


def test_it_is_kept_that_the_provider_proved_who_somebody_is() -> None:
    entrance = Entrance()
    session = entrance.enter(somebody("ada"))
    person = entrance.world.chat.stored.people.person(session.user.id)
    assert person is not None and person.proof == Proof("provider")


def test_another_subject_or_issuer_is_another_person() -> None:
    entrance = Entrance()
    sessions = [
        entrance.enter(one)
        for one in (somebody("ada"), somebody("ada2"), somebody("ada", issuer="https://other.example"))
    ]
    assert len({session.user.id for session in sessions}) == 3
    assert [session.user.name for session in sessions] == ["Ada", "Ada 2", "Ada 3"]


def test_a_name_keeps_its_number() -> None:
    entrance = Entrance()
    entrance.enter(somebody("ada"))
    assert entrance.enter(somebody("ada2")).user.name == "Ada 2"
    assert entrance.enter(somebody("ada3")).user.name == "Ada 3"
    assert entrance.enter(somebody("ada2")).user.name == "Ada 2"
    assert entrance.enter(somebody("ada")).user.name == "Ada"


def test_who_was_away_long_and_lost_the_name_gets_a_number() -> None:
    entrance = Entrance()
    entrance.enter(somebody("ada"))
    entrance.world.clock.sleep(100 * 24 * HOUR)
    entrance.enter(somebody("ada2"))
    assert entrance.enter(somebody("ada")).user.name == "Ada 2"


def test_who_is_not_among_those_who_may_enter_is_told_so() -> None:
    entrance = Entrance()
    with pytest.raises(AccessDenied, match="not among those who may enter"):
        entrance.enter(somebody("mallory", email="mallory@elsewhere.example"))
    assert entrance.world.chat.stored.people.person(user_id_of(somebody("mallory"))) is None


def test_the_role_follows_the_provider_at_each_sign_in() -> None:
    entrance = Entrance(members="*", admins="groups=admins")
    assert entrance.enter(somebody("ada", groups=["admins"])).role == "admin"
    assert entrance.enter(somebody("ada", groups=[])).role == "member"
    assert entrance.provider.wanted == {"groups", "name"}


def test_whoever_is_banned_is_told_why() -> None:
    entrance = Entrance()
    session = entrance.enter(somebody("ada"))
    people = entrance.world.chat.stored.people
    person = people.person(session.user.id)
    assert person is not None
    people.ban(person, Ban("spam"))
    with pytest.raises(AccessDenied, match="spam"):
        entrance.enter(somebody("ada"))
    people.ban(person, None)
    assert entrance.enter(somebody("ada"))


def test_a_banned_namesake_bans_nobody_else() -> None:
    entrance = Entrance()
    person = entrance.world.chat.stored.people.person(entrance.enter(somebody("ada")).user.id)
    assert person is not None
    entrance.world.chat.stored.people.ban(person, Ban("spam"))
    assert entrance.enter(somebody("ada2")).user.name == "Ada 2"


def test_a_ban_at_the_same_moment_ends_the_session_that_has_just_begun() -> None:
    entrance = Entrance()
    people = entrance.world.chat.stored.people
    person = people.person(entrance.enter(somebody("ada")).user.id)
    assert person is not None
    signed_in = people.signed_in

    def banned_meanwhile(session: Session) -> None:
        people.ban(person, Ban("spam"))
        signed_in(session)

    people.signed_in = banned_meanwhile  # type: ignore[method-assign]
    before = {one.id for one in people.sessions(person.user.id)}
    with pytest.raises(AccessDenied, match="spam"):
        entrance.enter(somebody("ada"))
    assert {one.id for one in people.sessions(person.user.id)} == before


def test_however_often_it_is_renewed_the_provider_is_asked_again_in_the_end() -> None:
    entrance = Entrance()
    clock, sessions = entrance.world.clock, entrance.world.chat.sessions
    session = entrance.enter(somebody("ada"))
    assert session.expires == clock.now() // 1000 + 48 * HOUR, "less than the week of other tokens"
    clock.sleep(47 * HOUR)
    renewed = sessions.renew(session.token)
    assert (renewed.expires, renewed.id, renewed.role) == (session.expires, session.id, session.role)
    clock.sleep(HOUR)
    with pytest.raises(Unauthorized, match="expired"):
        sessions.renew(renewed.token)


def test_refused_sign_ins_are_limited_and_right_ones_are_not() -> None:
    entrance = Entrance()
    for _ in range(3 * MAX_ATTEMPTS):
        entrance.enter(somebody("ada"))
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(AccessDenied):
            entrance.enter(AccessDenied("This sign-in was used already."))
    with pytest.raises(RateLimited, match="wait a few minutes"):
        entrance.enter(somebody("ada"))
    assert entrance.enter(somebody("ada"), source="192.0.2.2")


def test_a_provider_that_is_down_counts_against_nobody() -> None:
    entrance = Entrance()
    for _ in range(2 * MAX_ATTEMPTS):
        with pytest.raises(Unavailable):
            entrance.enter(Unavailable("The sign-in provider does not answer."))
    assert entrance.enter(somebody("ada"))


def test_a_deployment_may_know_nobody_by_a_name_alone() -> None:
    world = World(name_sign_in=False)
    with pytest.raises(AccessDenied, match="sign in with this chat's provider"):
        world.chat.sessions.create("Ada", None, HERE)
