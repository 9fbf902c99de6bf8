"""What is chosen for rooms, rooms that are not followed, and how to install: the models by themselves."""

from typing import Any

import pytest

from .conftest import Run

# A person with a list of rooms, and a service that keeps what they choose unless it is `broken`.
CHOICES = """
  const { Emitter } = await import('/scripts/lib/emitter.js');
  const { Store } = await import('/scripts/lib/store.js');
  const { RoomList } = await import('/scripts/models/room_list.js');
  const store = new Store(null); const rooms = new RoomList(store);
  const connection = new Emitter(); const asked = [];
  const service = { broken: false };
  const house = { chooseForRoom: async (room, choice) => {
    if (service.broken) throw Object.assign(new Error('down'), { status: 503 });
    asked.push([room, choice]);
    return { room, notices: null, hidden: false, ...choice };
  } };
  const user = () => ({ id: 'ada' });
  const made = () => new room_choices.RoomChoices({ connection, rooms, house, store, user });
  const counts = { lastSeq: 5, unread: 0, mentions: 0, readAt: 1 };
  const fresh = { access: 'open', notices: null, hidden: false, ...counts };
  const line = (room, more) => ({ room, ...fresh, ...more });
  const idle = () => new Promise((resolve) => setTimeout(resolve));
  const level = (room, choices) => choices.levelOf(rooms.about(room));
"""


def test_one_is_told_of_mentions_and_direct_messages_until_something_else_is_chosen(run: Run) -> None:
    body = (
        CHOICES + "const choices = made(); "
        "rooms.update([line('team'), line('dm-1', { access: 'direct', people: [] })]); "
        "const levels = () => ['team', 'dm-1'].map((room) => level(room, choices)); "
        "const wanted = [['team', 'all'], ['dm-1', 'none'], ['team', 'mentions'], ['dm-1', 'all']]; "
        "const found = [levels()]; for (const [room, one] of wanted) {"
        " const kept = choices.tellOf(rooms.about(room), one); found.push(levels()); await kept; } "
        "return [found, asked.map(([, { notices }]) => notices)];"
    )
    usual, changed = ["mentions", "all"], ["all", "none"]
    found = [usual, ["all", "all"], changed, ["mentions", "none"], usual]
    assert run("models/room_choices.js", body) == [found, ["all", "none", None, None]]


def test_what_the_service_refuses_holds_no_more(run: Run) -> None:
    body = (
        CHOICES + "const choices = made(); rooms.update([line('team', { notices: 'none' })]); "
        "service.broken = true; const ends = []; "
        "for (const choice of [choices.tellOf(rooms.about('team'), 'all'), choices.hide('team', true)]) "
        "await choice.catch(({ message }) => ends.push(message)); "
        "return [ends, level('team', choices), rooms.about('team').hidden];"
    )
    assert run("models/room_choices.js", body) == [["down", "down"], "none", False]


def test_what_another_device_chooses_holds_here_and_is_known_before_the_list_is_read_again(run: Run) -> None:
    body = (
        CHOICES + "const choices = made(); rooms.update([line('team'), line('den', { notices: 'all' })]); "
        "connection.emit('frame', { event: 'mine', room: 'team', notices: 'none', hidden: true }); "
        "const now = [level('team', choices), rooms.about('team').hidden]; "
        "const later = new RoomList(store); "
        "return [now, choices.levelOf(later.about('team')), choices.levelOf(later.about('den'))];"
    )
    assert run("models/room_choices.js", body) == [["none", True], "none", "all"]


def test_what_a_browser_chose_by_itself_is_handed_over_once(run: Run) -> None:
    body = (
        CHOICES + "const chosen = { team: 'all', den: 'none', gone: 'none' }; "
        "store.set('notices.ada', { sound: false, rooms: chosen }); "
        "const choices = made(); const list = [line('team'), line('den', { notices: 'mentions' })]; "
        "service.broken = true; rooms.update(list); await idle(); const before = level('team', choices); "
        "service.broken = false; rooms.update(list); const during = level('team', choices); await idle(); "
        "rooms.update([line('team', { notices: 'all' }), list[1]]); await idle(); "
        "return [before, during, asked, level('den', choices), store.get('notices.ada')];"
    )
    handed = [["team", {"notices": "all"}]]
    kept = {"sound": False, "rooms": {}}
    assert run("models/room_choices.js", body) == ["all", "all", handed, "mentions", kept]


@pytest.mark.parametrize(
    ("room", "said", "back"),
    [
        ({}, {}, False),
        ({}, {"mentions": [{"id": "ada"}]}, True),
        ({}, {"mentions": [{"id": "ada"}], "deleted": True}, False),
        ({"notices": "none"}, {"mentions": [{"id": "ada"}]}, True),
        ({"notices": "all"}, {}, True),
        ({"access": "direct"}, {}, True),
        ({"access": "direct", "notices": "mentions"}, {}, False),
    ],
)
def test_a_hidden_room_is_shown_again_by_what_concerns_one(
    run: Run, room: dict[str, Any], said: dict[str, Any], back: bool
) -> None:
    body = (
        CHOICES + "const choices = made(); rooms.update([line('team', { ...argument.room, hidden: true })]); "
        "choices.arrived('team', [{ user: { id: 'bob' }, mentions: [], ...argument.said }]); "
        "return [!rooms.about('team').hidden, asked];"
    )
    assert run("models/room_choices.js", body, {"room": room, "said": said}) == [back, []]


# A page that follows one room, and time that stands still.
FOLLOWING = (
    CHOICES
    + """
  const timers = [];
  globalThis.setTimeout = (work, ms) => timers.push([work, ms]); globalThis.clearTimeout = () => {};
  const attention = Object.assign(new Emitter(), { looking: true });
  const reads = []; const told = []; const pages = {};
  store.set('rooms', ['general']);
  const list = new RoomList(store);
  const cursors = { };
  new unfollowed_rooms.UnfollowedRooms({
    rooms: list, attention, read: (ms) => reads.push(ms),
    levelOf: ({ level = 'mentions' }) => level, cursorOf: (room) => cursors[room],
    messages: async (room) => ({ messages: pages[room] ?? (() => { throw new Error('down'); })() }),
    tell: (room, messages) => told.push([room, messages.map(({ seq }) => seq)]),
  });
  const due = () => timers.splice(0).forEach(([work]) => work());
  const settle = async () => { for (let turn = 0; turn < 9; turn += 1) await null; };
"""
)


@pytest.mark.parametrize(
    ("listed", "asks"),
    [
        ("[line('general'), line('team', { role: 'member' })]", 1),
        ("[line('general'), line('hall', { readAt: 4 })]", 1),
        ("[line('general'), line('hall', { readAt: 0 })]", 0),
        ("[line('general'), line('team', { role: 'member', archived: true })]", 0),
        ("[line('general')]", 0),
    ],
    ids=["a member", "read before", "never there", "archived", "all followed"],
)
def test_the_list_is_read_every_minute_only_while_rooms_are_not_followed(
    run: Run, listed: str, asks: int
) -> None:
    body = (
        f"{FOLLOWING} list.update({listed}); const waits = timers.map(([, ms]) => ms); due(); "
        "return [waits.every((ms) => ms >= 60_000 && ms < 75_000), reads.length];"
    )
    assert run("models/unfollowed_rooms.js", body) == [True, asks]


def test_nobody_who_looks_means_no_question_until_somebody_does_or_the_computer_wakes(run: Run) -> None:
    body = (
        f"{FOLLOWING} list.update([line('team', {{ role: 'member' }})]); attention.looking = false; due(); "
        "const hidden = [...reads]; attention.emit('look'); attention.emit('wake'); return [hidden, reads];"
    )
    assert run("models/unfollowed_rooms.js", body) == [[], [60_000, 60_000]]


@pytest.mark.parametrize(
    ("level", "now", "told"),
    [
        ("mentions", {"lastSeq": 8, "unread": 3}, []),
        ("mentions", {"lastSeq": 8, "unread": 3, "mentions": 1}, [["team", [6, 8]]]),
        ("all", {"lastSeq": 8, "unread": 3}, [["team", [6, 8]]]),
        ("none", {"lastSeq": 8, "unread": 3, "mentions": 1}, []),
    ],
)
def test_what_is_behind_a_count_that_rose_is_told_of_once(
    run: Run, level: str, now: dict[str, int], told: list[Any]
) -> None:
    body = (
        f"{FOLLOWING} const known = {{ role: 'member', level: argument.level }}; "
        "const team = (more) => [line('team', { ...known, ...more })]; "
        "list.update(team()); list.update(team(argument.now)); await settle(); "  # it could not be read
        "pages.team = [5, 6, 7, 8].map((seq) => ({ seq, void: seq === 7 })); "
        "for (const _ of [1, 2]) { list.update(team(argument.now)); await settle(); } return told;"
    )
    assert run("models/unfollowed_rooms.js", body, {"level": level, "now": now}) == told


def test_nothing_is_lost_between_the_last_frame_of_a_room_and_the_next_list(run: Run) -> None:
    body = (
        f"{FOLLOWING} list.open('team'); list.update([line('team', {{ role: 'member' }})]); "
        "cursors.team = 6; "
        "pages.team = [5, 6, 7].map((seq) => ({ seq })); "
        "for (let number = 0; number < 99; number += 1) list.open(`room-${number}`); "
        "cursors.team = null; "
        "list.update([line('team', { role: 'member', lastSeq: 7, unread: 1, mentions: 1 })]); "
        "await settle(); return told;"
    )
    assert run("models/unfollowed_rooms.js", body) == [["team", [7]]]


WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WEBKIT} Version/18.5 Safari/604.1"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/{{}}.1 Safari/605.1.15"
CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 {}Safari/537.36{}"


@pytest.mark.parametrize(
    ("agent", "touches", "steps"),
    [
        (IPHONE, 5, "ios"),
        (MAC.format(17), 5, "ios"),  # an iPad
        (MAC.format(17), 0, "mac"),
        (MAC.format(16), 0, None),
        (CHROME.format("Macintosh; Intel Mac OS X 10_15_7", "", ""), 0, "chrome"),
        (CHROME.format("Windows NT 10.0; Win64; x64", "", " Edg/140.0.0.0"), 0, "edge"),
        (CHROME.format("Windows NT 10.0; Win64; x64", "", " OPR/120.0.0.0"), 0, None),
        (CHROME.format("Linux; Android 10; K", "Mobile ", ""), 5, "chrome_android"),
        (CHROME.format("Linux; Android 10; K", "Mobile ", " EdgA/140.0.0.0"), 5, "chrome_android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", 5, "firefox_android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", 0, None),
    ],
)
def test_the_steps_to_install_are_those_of_the_browser(
    run: Run, agent: str, touches: int, steps: str | None
) -> None:
    ask = {"userAgent": agent, "maxTouchPoints": touches}
    assert run("models/install.js", "return install.stepsToInstall(argument);", ask) == steps
