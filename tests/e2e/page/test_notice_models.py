"""Who is told of which message: the deciding classes of notifications, each by itself in an empty page."""

from typing import Any

import pytest

from .conftest import Run

Json = dict[str, Any]
ADA, BOB = ({"id": name.lower(), "name": name} for name in ("Ada", "Bob"))
TEAM = {"room": "team", "title": "The Team", "access": "private"}
DIRECT = {"room": "dm-1", "title": "Bob", "access": "direct"}
CHOICES = (
    "const { Store } = await import('/scripts/lib/store.js'); const store = new Store(null); "
    "const choices = new notice_choices.NoticeChoices({ store, user: () => argument.user }); "
)
# A chat whose one room gets what the test says, and what was found to be new there.
ARRIVALS = (
    "const { Emitter } = await import('/scripts/lib/emitter.js'); "
    "const { RoomLog } = await import('/scripts/models/room_log.js'); "
    "const chat = new Emitter(); const channel = new Emitter(); const found = []; "
    "channel.name = 'team'; channel.log = new RoomLog(); "
    "new arrivals.Arrivals({ chat, onNew: (room, messages) => found.push(messages.map(({ seq }) => seq)) }); "
    "const entry = (seq, at = seq) => ({ seq, at, user: { id: 'bob' } }); "
    "const get = (...entries) => { channel.log.receive(entries); channel.emit('entries', entries); }; "
    "const miss = (page) => channel.emit('entries', channel.log.recover(page)); "
    "const open = (page) => channel.emit('entries', channel.log.open(page)); "
    "open({ messages: [entry(1), entry(2)], lastSeq: 2, more: false }); chat.emit('live', channel); "
)


def message(**fields: Any) -> Json:
    return {"room": "team", "seq": 7, "id": "m-7", "user": BOB, "text": "hello", "mentions": []} | fields


@pytest.mark.parametrize(
    ("said", "level", "told"),
    [
        ({}, "all", True),
        ({}, "mentions", False),
        ({"mentions": [ADA]}, "mentions", True),
        ({"mentions": [BOB]}, "mentions", False),
        ({"mentions": [ADA]}, "none", False),
        ({"user": ADA}, "all", False),
        ({"user": ADA, "mentions": [ADA]}, "mentions", False),
        ({"deleted": True}, "all", False),
    ],
)
def test_one_is_told_of_what_one_chose_and_never_of_one_s_own(
    run: Run, said: Json, level: str, told: bool
) -> None:
    ask = {"message": message(**said), "how": {"level": level, "userId": "ada"}}
    assert run("models/notices.js", "return notices.isTold(argument.message, argument.how);", ask) is told


@pytest.mark.parametrize(
    ("said", "about", "title"),
    [
        ({}, TEAM, "Bob in The Team"),
        ({"mentions": [ADA]}, TEAM, "Bob mentioned you in The Team"),
        ({}, DIRECT, "Bob"),
    ],
)
def test_a_notice_says_who_wrote_where_and_what_without_its_marks(
    run: Run, said: Json, about: Json, title: str
) -> None:
    ask = {"messages": [message(text="**hello** `you`", **said)], "how": {"about": about, "userId": "ada"}}
    [notice] = run("models/notices.js", "return notices.noticesOf(argument.messages, argument.how);", ask)
    assert notice == {"room": "team", "seq": 7, "id": "m-7", "by": "bob", "title": title, "body": "hello you"}


def test_a_long_message_is_cut_and_many_at_once_are_one_notice_that_leads_to_the_first(run: Run) -> None:
    how = {"about": TEAM, "userId": "ada"}
    body = "return notices.noticesOf(argument.messages, argument.how);"
    [long] = run("models/notices.js", body, {"messages": [message(text="👍" * 300)], "how": how})
    assert long["body"] == "👍" * 199 + "…"
    many = [message(seq=seq, id=f"m-{seq}", text=f"number {seq}") for seq in range(1, 5)]
    found = run("models/notices.js", body, {"messages": many, "how": how})
    title, said = "4 new messages in The Team", "Bob: number 4"
    assert found == [{"room": "team", "seq": 1, "id": "m-4", "by": None, "title": title, "body": said}]


def test_switches_are_kept_for_each_person(run: Run) -> None:
    body = (
        "choices.enabled = true; choices.sound = false; "
        "const kept = () => [choices.enabled, choices.sound]; "
        "const ada = kept(); argument.user = argument.other; const bob = kept(); "
        "argument.user = argument.first; return [ada, bob, kept()];"
    )
    ask = {"user": ADA, "first": ADA, "other": BOB}
    mine = [True, False]
    assert run("models/notice_choices.js", CHOICES + body, ask) == [mine, [False, True], mine]


@pytest.mark.parametrize(
    ("happens", "found"),
    [
        ("", []),
        ("get(entry(3)); get(entry(4), entry(5))", [[3], [4, 5]]),
        ("get(entry(3)); get(entry(3, 4)); get(entry(1, 5))", [[3]]),
        ("get(entry(4)); get(entry(4, 5)); get(entry(3))", [[4], [3]]),
        ("miss({ messages: [entry(3), entry(4, 5)], lastSeq: 5 }); chat.emit('live', channel)", [[3, 4]]),
        (
            "open({ messages: [entry(1)], lastSeq: 1, more: false }); "
            "chat.emit('live', channel); get(entry(2))",
            [[2]],
        ),
    ],
    ids=["history", "live", "changed", "overtaken", "missed while away", "begun anew"],
)
def test_only_what_comes_after_the_room_was_first_joined_is_new_and_once(
    run: Run, happens: str, found: list[list[int]]
) -> None:
    assert run("models/arrivals.js", f"{ARRIVALS} {happens}; return found;") == found


@pytest.mark.parametrize(
    ("enabled", "looking", "told_before", "shown"),
    [
        (True, False, [], ["m-1"]),
        (False, False, [], []),
        (True, True, [], []),
        (True, False, ["m-1"], []),
    ],
    ids=["told", "turned off", "looked at", "told by another tab"],
)
def test_a_message_is_told_of_unless_its_room_is_looked_at_or_another_tab_did(
    run: Run, enabled: bool, looking: bool, told_before: list[str], shown: list[str]
) -> None:
    body = (
        "const { Store } = await import('/scripts/lib/store.js'); const store = new Store(null); "
        "store.set('noticed', argument.before); const shown = []; "
        "const told = new notifier.Notifier({ store, user: () => argument.user, "
        "rooms: { about: () => argument.about }, gaze: { isOn: () => argument.looking }, "
        "choices: { enabled: argument.enabled, sound: true }, levelOf: () => 'all', "
        "show: (notices) => shown.push(...notices.map(({ id }) => id)) }); "
        "for (const _ of [1, 2]) await told.tell('team', [argument.message]); return shown;"
    )
    ask: Json = {"user": ADA, "about": TEAM, "message": message(id="m-1"), "before": told_before}
    ask |= {"enabled": enabled, "looking": looking}
    assert run("models/notifier.js", body, ask) == shown


def test_a_room_that_was_just_left_is_not_looked_at_any_more(run: Run) -> None:
    """The browser holds the lock of a room for a moment after it was let go."""
    body = (
        "let room = null; let heard; let free; const held = []; "
        "const locks = { request: (name, _, until) => { held.push({ name }); "
        "  const freed = new Promise((resolve) => { free = resolve; }); "
        "  return Promise.all([until(), freed]).then(() => held.pop()); }, "
        "  query: async () => ({ held: [...held] }) }; "
        "Object.defineProperty(navigator, 'locks', { value: locks, configurable: true }); "
        "try { const one = new gaze.Gaze({ looksAt: () => room, changes: [(on) => { heard = on; }] }); "
        "room = 'team'; heard(); const found = [await one.isOn('team')]; "
        "room = null; heard(); const later = one.isOn('team'); free(); return [...found, await later]; "
        "} finally { delete navigator.locks; }"
    )
    assert run("models/gaze.js", body) == [True, False]
