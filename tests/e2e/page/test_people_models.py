"""The classes that decide about people, invites and order, each by itself in an empty page."""

from typing import Any

import pytest

from .conftest import Run
from .test_house_models import ROOMS

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("hash_", "invite"),
    [
        ("#/invite/abc_-9", "abc_-9"),
        ("#/invite/abc/", "abc"),
        ("#/invite/", None),
        ("#/invite/a?b", None),
        ("#/r/invite", None),
    ],
)
def test_an_address_holds_an_invite(run: Run, hash_: str, invite: str | None) -> None:
    assert run("models/router.js", "return router.readInvite(argument);", hash_) == invite


def test_the_link_of_an_invite_is_read_as_that_invite(run: Run) -> None:
    body = (
        "const link = router.inviteLink('s-1_', 'https://chat.example/app/?x#/r/club'); "
        "return [link, router.readInvite(new URL(link).hash)];"
    )
    assert run("models/router.js", body) == ["https://chat.example/app/?x#/invite/s-1_", "s-1_"]


@pytest.mark.parametrize(
    ("user", "invite", "rooms", "gone", "problem"),
    [
        ({"role": "member"}, None, [], [], None),
        ({"role": "member"}, "good", [], ["club"], None),
        ({"role": "member"}, "used", [], [], "This invite is used up."),
        ({"role": "guest"}, None, ["club"], ["club"], None),
        ({"role": "guest"}, None, ["general"], [], None),
        ({"role": "guest"}, "used", ["club"], ["club"], "This invite is used up."),
        ({"role": "guest"}, None, [], [], "Your invite's room is not there any more"),
    ],
)
def test_who_signs_in_goes_to_where_they_were_invited(
    run: Run, user: Json, invite: str | None, rooms: list[str], gone: list[str], problem: str | None
) -> None:
    body = (
        f"{ROOMS} const gone = []; let held = argument.invite; "
        "const router = { room: 'general', takeInvite: () => { const taken = held; held = null; "
        "return taken; }, go: (room) => gone.push(room) }; "
        "const house = { rooms: async () => argument.rooms.map((room) => ({ room })), "
        "accept: async (secret) => { if (secret === 'used') throw new Error('This invite is used "
        "up.'); return { room: 'club' }; } }; "
        "const problem = await new arrival.Arrival({ house, rooms: list, "
        "router }).settle(argument.user); return [gone, problem, held];"
    )
    went, said, held = run("models/arrival.js", body, {"user": user, "invite": invite, "rooms": rooms})
    assert (went, held) == (gone, None)
    assert said is None if problem is None else said.startswith(problem)


def test_a_list_is_paged_and_an_overtaken_answer_changes_nothing(run: Run) -> None:
    body = (
        "const asked = []; const waiting = []; "
        "const list = new paged_list.PagedList((last) => new Promise((resolve) => { asked.push(last "
        "?? null); waiting.push(resolve); })); "
        "const first = list.load(); waiting[0]({ items: [1, 2], more: true }); await first; "
        "const late = list.next(); const again = list.load(); "
        "waiting[2]({ items: [5], more: false }); waiting[1]({ items: [3], more: true }); "
        "await Promise.all([late, again]); "
        "return [asked, list.items, list.more];"
    )
    assert run("models/paged_list.js", body) == [[None, 2, None], [5], False]


def test_only_the_people_for_what_was_typed_last_are_found(run: Run) -> None:
    body = (
        "const answers = {}; const shown = []; "
        "const finder = new people_finder.PeopleFinder((prefix) => new Promise((resolve, "
        "reject) => { answers[prefix] = { resolve, reject }; })); "
        "finder.on('found', (found) => shown.push(found)); "
        "const soon = () => new Promise((done) => setTimeout(done, 5)); "
        "const options = { except: new Set(['b']), pauseMs: 0 }; "
        "finder.type('a', options); await soon(); finder.type(' ad ', options); await soon(); "
        "answers.ad.resolve({ people: [{ id: 'b' }, { id: 'c' }] }); "
        "answers.a.resolve({ people: [{ id: 'x' }] }); await soon(); "
        "finder.type('z', options); await soon(); answers.z.reject(new Error('Wait a moment.')); "
        "await soon(); return shown;"
    )
    assert run("models/people_finder.js", body) == [
        {"people": [{"id": "c"}], "problem": None},
        {"people": [], "problem": "Wait a moment."},
    ]


def test_members_are_kept_as_the_service_answers(run: Run) -> None:
    body = (
        "const calls = []; const house = { "
        "members: async (room, after) => ({ members: after ? [] : [{ id: 'a', role: 'owner' }], "
        "more: !after }), "
        "putMember: async (room, id, role) => ({ id, role }), "
        "dropMember: async (room, id) => { if (id === 'a') throw new Error('club must keep an owner.'); }, "
        "mute: async (room, id, minutes) => ({ id, mutedUntil: minutes }), unmute: async (room, "
        "id) => ({ id }) }; "
        "const all = new members.Members(house); await all.open('club'); await all.next(); "
        "await all.put('b', 'member'); await all.put('b', 'owner'); await all.mute('b', 5); "
        "const muted = all.all; await all.mute('b', 0); "
        "const refused = await all.remove('a').catch((error) => error.message); "
        "await all.remove('b'); return [muted, refused, all.all, all.more];"
    )
    assert run("models/members.js", body) == [
        [{"id": "a", "role": "owner"}, {"id": "b", "mutedUntil": 5}],
        "club must keep an owner.",
        [{"id": "a", "role": "owner"}],
        False,
    ]


@pytest.mark.parametrize(("seq", "pages", "shown"), [(45, 0, True), (5, 4, True), (0, 4, False)])
def test_the_log_is_paged_back_to_a_message(run: Run, seq: int, pages: int, shown: bool) -> None:
    body = (
        "let oldest = 41; let loaded = 0; const log = { get: (seq) => seq >= oldest && { seq }, "
        "get hasOlder() { return oldest > 1; }, get oldest() { return oldest; } }; "
        "const channel = { log, state: 'live', loadOlder: async () => { loaded += 1; oldest -= 10; "
        "return true; } }; "
        "const problem = await reveal.reveal(channel, argument); return [loaded, problem === null];"
    )
    assert run("models/reveal.js", body, seq) == [pages, shown]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ({"what": "ban", "target": "bob", "reason": "spam"}, "Ada banned Bob: spam"),
        (
            {"what": "role", "target": "bob", "room": "club", "reason": "owner"},
            "Ada made Bob an owner of Club",
        ),
        ({"what": "access", "target": "club", "room": "club", "reason": "private"}, "Ada made Club private"),
        ({"what": "delete", "target": "7", "room": "club"}, "Ada deleted message 7 in Club"),
        ({"what": "mute", "target": "x1", "room": "club"}, "Ada muted somebody (x1) in Club"),
        ({"what": "praise", "target": "bob"}, "Ada: praise Bob"),
    ],
)
def test_what_was_done_is_said_in_words(run: Run, deed: Json, words: str) -> None:
    body = (
        "const of = { by: 'Ada', nameOf: (id) => ({ bob: 'Bob' })[id], titleOf: () => 'Club' }; "
        "return deeds.deedParts(argument, of).join('');"
    )
    assert run("models/deeds.js", body, deed) == words


@pytest.mark.parametrize(
    ("error", "field", "words"),
    [
        (
            {"code": "access_denied", "message": "The access code is missing or wrong."},
            "code",
            "This chat needs",
        ),
        (
            {"code": "access_denied", "message": "The admin code is wrong."},
            "admin",
            "The admin code is wrong.",
        ),
        ({"code": "access_denied", "message": "You may not enter: spam"}, "name", "You may not enter: spam"),
        ({"code": "name_taken", "message": "x"}, "name", "Somebody here already has that name"),
        (
            {"code": "rate_limited", "message": "Slow down.", "retryAfter": 2},
            "name",
            "Slow down. Try again in 2 s.",
        ),
    ],
)
def test_a_refused_sign_in_is_explained_beside_the_field_that_it_is_about(
    run: Run, error: Json, field: str, words: str
) -> None:
    found = run("models/sign_in_refusal.js", "return sign_in_refusal.signInRefusal(argument, {});", error)
    assert found["field"] == field
    assert found["words"].startswith(words)


def test_times_in_refusals_are_written_as_people_write_them(run: Run) -> None:
    said = "You are muted in club until 2026-11-29T15:55:59.732Z."
    found = run("models/sentences.js", "return sentences.withLocalTimes(argument);", said)
    assert "T15" not in found
    assert found.startswith("You are muted in club until ")
    assert "2026" in found


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Promise.resolve({})", []),
        ("refuse(401, 'It ended.')", []),
        ("refuse(0, 'No network.')", ["No network."]),
    ],
)
def test_signing_out_ends_the_session_of_the_service_and_says_if_it_could_not(
    run: Run, answer: str, told: list[str]
) -> None:
    body = (
        "const { Store } = await import('/scripts/lib/store.js'); "
        "const { ApiError } = await import('/scripts/models/api.js'); "
        "const refuse = (status, message) => Promise.reject(new ApiError('x', message, { status })); "
        "const ended = []; "
        "const api = { createSession: async () => ({ token: 't', user: { id: 'a', name: 'Ada' }, "
        "expiresAt: '2126-01-01T00:00:00Z' }), "
        f"endSession: (token) => {{ ended.push(token); return {answer}; }} }}; "
        "const one = new session.Session({ api, store: new Store(null) }); const told = []; "
        "one.on('unended', (words) => told.push(words)); await one.start('Ada'); await one.leave(); "
        "return [ended, told, one.user];"
    )
    assert run("models/session.js", body) == [["t"], told, None]


def test_names_are_asked_for_once_and_only_if_one_is_not_known(run: Run) -> None:
    body = """
      const asked = [];
      const find = async (...what) => (asked.push(what), { people: [{ id: "b", name: "Bob" }] });
      const names = new people_names.PeopleNames(find);
      names.learn([{ id: "a", name: "Ada" }]);
      await names.ask(["a"]);
      const before = asked.length;
      await names.ask(["a", "b"]);
      await names.ask(["b"]);
      return [before, asked, names.of("a"), names.of("b"), names.of("c") ?? null];
    """
    assert run("models/people_names.js", body) == [0, [["", 100]], "Ada", "Bob", None]
