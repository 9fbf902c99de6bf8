"""Who is a voice of their own: by sign-in, or by a week among others; nobody by a name alone."""

from datetime import date, timedelta

import pytest

from chalicelib.domain.messages import User
from chalicelib.domain.sessions import Person, Proof
from trainer.learning.voices import KNOWN, PROVEN, Labelled, Voice, voices_of

TEAM = [f"friend-{n}" for n in range(5)]
START = date(2026, 3, 2)


def person(one: str, proof: Proof | None = None, since: int = 0, *, bot: bool = False) -> Person:
    return Person(User(one, one, bot), "member", proof=proof, since=since)


def by_name(*ids: str, day: date = START) -> dict[str, Person]:
    ms = int((day - date(1970, 1, 1)).days) * 86_400_000
    return {one: person(one, since=ms) for one in ids}


def written(
    author: str, readers: list[str], first: date = START, every: int = 4, times: int = 3
) -> list[Labelled]:
    """Return messages of somebody, some days apart, that readers labelled."""
    return [
        Labelled(
            f"{author} {n}",
            {reader: "neutral" for reader in readers if reader != author},
            author,
            f"{first + timedelta(n * every)}T10:00:00.000Z",
        )
        for n in range(times)
    ]


def a_team() -> list[Labelled]:
    return [message for one in TEAM for message in written(one, TEAM)]


def test_a_name_alone_is_no_voice() -> None:
    messages = [Labelled(f"hm {n}", {"ann": "negative", "ben": "negative"}) for n in range(30)]
    assert voices_of(messages, by_name("ann", "ben")) == {}


@pytest.mark.parametrize("kind", ["provider", "admin"])
def test_whom_a_provider_or_the_admin_code_proves_is_a_voice_at_once(kind: str) -> None:
    people = {"ada": person("ada", Proof(kind))}  # type: ignore[arg-type]
    assert voices_of([], people) == {"ada": Voice("ada", PROVEN)}


def test_the_guests_of_one_invite_are_one_voice() -> None:
    people = {one: person(one, Proof("invite", "link")) for one in ("gus", "gil")}
    people["guy"] = person("guy", Proof("invite", "other"))
    assert voices_of([], people) == {
        "gus": Voice("link", PROVEN),
        "gil": Voice("link", PROVEN),
        "guy": Voice("other", PROVEN),
    }


def test_a_members_guests_speak_with_that_members_voice_if_there_is_one() -> None:
    guests = {one: person(one, Proof("guest", "olga")) for one in ("gus", "gil")}
    assert voices_of([], guests | by_name("olga")) == {}
    olga = {"olga": person("olga", Proof("provider"))}
    assert set(voices_of([], guests | olga).values()) == {Voice("olga", PROVEN)}


def test_people_who_wrote_among_each_other_for_a_week_are_known() -> None:
    assert voices_of(a_team(), by_name(*TEAM)) == {one: Voice(one, KNOWN) for one in TEAM}


def test_six_days_are_no_week_and_two_days_are_too_few() -> None:
    for every, times in ((3, 3), (8, 2)):
        messages = [m for one in TEAM for m in written(one, TEAM, every=every, times=times)]
        assert voices_of(messages, by_name(*TEAM)) == {}


def test_a_newcomer_is_known_once_two_who_are_answered_for_a_week() -> None:
    people = by_name(*TEAM) | by_name("new", day=START + timedelta(30))
    for readers, known in ((TEAM[:1], False), (TEAM[:2], True)):
        messages = [*a_team(), *written("new", readers, START + timedelta(30))]
        assert ("new" in voices_of(messages, people)) is known


def test_accounts_that_answer_each_other_stay_strangers_however_long_they_are_here() -> None:
    puppets = [f"puppet-{n}" for n in range(20)]
    people = by_name(*TEAM) | by_name(*puppets, day=START + timedelta(1))
    later = START + timedelta(1)
    theirs = [m for one in puppets for m in written(one, puppets, later, every=10, times=30)]
    assert voices_of([*a_team(), *theirs], people).keys() == set(TEAM)


def test_who_is_proven_takes_the_place_of_those_who_came_first() -> None:
    people = by_name(*TEAM) | {one: person(one, Proof("provider")) for one in ("p1", "p2", "p3")}
    proven = [m for one in ("p1", "p2", "p3") for m in written(one, ["p1", "p2", "p3"])]
    assert voices_of([*a_team(), *proven], people).keys() == {"p1", "p2", "p3"}


def test_a_bot_is_no_voice_and_makes_nobody_known() -> None:
    bots = {f"bot-{n}": person(f"bot-{n}", Proof("provider"), bot=True) for n in range(3)}
    messages = written("ann", list(bots))
    assert voices_of(messages, bots | by_name("ann")) == {}


def test_a_reaction_is_an_answer_as_a_label_is() -> None:
    people = by_name(*TEAM) | by_name("new", day=START + timedelta(30))
    reacted = [
        Labelled(m.text, {"other": "neutral"}, "new", m.sent_at, frozenset(TEAM[:2]))
        for m in written("new", TEAM[:2], START + timedelta(30))
    ]
    assert "new" in voices_of([*a_team(), *reacted], people)
