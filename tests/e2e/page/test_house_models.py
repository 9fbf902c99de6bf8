"""The classes that decide about rooms of one's own, people and order, each by itself in an empty page."""

from typing import Any

import pytest

from .conftest import Run

ADA, BOB, EVE = ({"id": name.lower(), "name": name} for name in ("Ada", "Bob", "Eve"))
Json = dict[str, Any]

# A list of rooms on a store of its own, and a chat that only notes what it is asked.
ROOMS = (
    "const { Store } = await import('/scripts/lib/store.js'); "
    "const { Emitter } = await import('/scripts/lib/emitter.js'); "
    "const list = new (await import('/scripts/models/room_list.js')).RoomList(new Store(null)); "
)


@pytest.mark.parametrize(
    ("room", "title"),
    [
        ({"room": "team"}, "team"),
        ({"room": "team", "title": "The Team", "access": "private"}, "The Team"),
        ({"room": "dm-1", "title": "", "access": "direct", "people": [ADA, BOB]}, "Bob"),
        ({"room": "dm-1", "title": "", "access": "direct", "people": [EVE, ADA, BOB]}, "Eve and Bob"),
        ({"room": "dm-1", "title": "", "access": "direct", "people": [ADA]}, "Direct messages"),
    ],
)
def test_a_room_is_called_by_its_title_and_a_direct_one_by_the_others_in_it(
    run: Run, room: Json, title: str
) -> None:
    assert run("models/room_facts.js", "return room_facts.titleOf(argument, 'ada');", room) == title


def test_a_direct_room_has_eight_people_at_most_and_each_once(run: Run) -> None:
    body = """
      const chosen = new chosen_people.ChosenPeople();
      const words = [chosen.words];
      for (const id of ["a", "a", "b", "c", "d", "e", "f", "g", "h"]) chosen.add({ id, name: id });
      words.push(chosen.words);
      chosen.remove("g");
      words.push(chosen.words);
      return [words, chosen.ids];
    """
    words, ids = run("models/chosen_people.js", body)
    assert words == [
        "Nobody is chosen yet.",
        "Eight people, you among them, are as many as there can be.",
        "7 people will see it, you among them.",
    ]
    assert ids == ["a", "b", "c", "d", "e", "f"]


def test_rooms_come_first_then_direct_messages_then_what_is_archived_each_by_title(run: Run) -> None:
    rooms = [
        {"room": "a", "title": "Zebra", "access": "open"},
        {"room": "b", "title": "Old", "access": "private", "archived": True},
        {"room": "c", "title": "Bob", "access": "direct"},
        {"room": "d", "title": "Apple", "access": "private"},
    ]
    found = run("models/room_facts.js", "return room_facts.arranged(argument);", rooms)
    assert [entry["title"] for entry in found] == ["Apple", "Zebra", "Bob", "Old"]


@pytest.mark.parametrize(
    ("about", "user_role", "rights"),
    [
        (
            {"access": "private", "role": "owner"},
            "member",
            {"change", "deleteRoom", "members", "invite", "hooks", "deleteAny", "leave"},
        ),
        (
            {"access": "private", "role": "owner", "archived": True},
            "member",
            {"change", "deleteRoom", "members", "hooks", "deleteAny", "leave"},
        ),
        ({"access": "private", "role": "member"}, "member", {"leave"}),
        ({"access": "open", "role": None}, "member", {"hooks"}),
        (
            {"access": "open", "role": None},
            "admin",
            {"change", "deleteRoom", "members", "invite", "hooks", "deleteAny"},
        ),
        ({"access": "open", "role": "member"}, "guest", {"leave"}),
        ({"access": "direct", "role": "member"}, "member", {"deleteRoom"}),
        ({"access": "direct", "role": "member"}, "admin", {"deleteRoom", "deleteAny"}),
        ({"access": "private", "role": "member"}, "guest", {"leave"}),
    ],
)
def test_the_page_offers_what_the_service_would_not_refuse(
    run: Run, about: Json, user_role: str, rights: set[str]
) -> None:
    body = "return rights.rightsIn(argument.about, { role: argument.role });"
    found = run("models/rights.js", body, {"about": about, "role": user_role})
    assert (found.pop("direct"), found.pop("bots")) == (user_role != "guest",) * 2
    assert found.pop("write") != about.get("archived", False)
    assert {name for name, given in found.items() if given} == rights


@pytest.mark.parametrize(
    ("member", "keeps", "actions"),
    [
        (BOB | {"role": "member"}, True, ["message", "make owner", "mute", "remove"]),
        (BOB | {"role": "owner"}, True, ["message", "make member", "mute", "remove"]),
        (
            BOB | {"role": "member", "mutedUntil": "2026-01-01T00:00:02Z"},
            True,
            ["message", "make owner", "unmute", "remove"],
        ),
        (
            BOB | {"role": "member", "mutedUntil": "2026-01-01T00:00:00Z"},
            True,
            ["message", "make owner", "mute", "remove"],
        ),
        (ADA | {"role": "owner"}, True, ["make member"]),
        (BOB | {"role": "owner"}, False, ["message"]),
        (ADA | {"role": "member"}, False, []),
    ],
)
def test_who_keeps_a_room_is_offered_what_can_be_done_with_each_member(
    run: Run, member: Json, keeps: bool, actions: list[str]
) -> None:
    body = (
        "const now = Date.parse('2026-01-01T00:00:01Z'); "
        "return rights.memberActions(argument.member, { id: 'ada' }, { direct: true, "
        "members: argument.keeps }, now);"
    )
    assert run("models/rights.js", body, {"member": member, "keeps": keeps}) == actions


def test_messages_of_others_are_reported_and_deleted_by_who_keeps_the_room(run: Run) -> None:
    body = (
        "const { messageOffers } = rights; "
        "return [messageOffers(true, {}), messageOffers(false, {}), messageOffers(false, "
        "{ deleteAny: true })].map((offers) => offers.filter((offer) => offer !== 'link'));"
    )
    assert run("models/rights.js", body) == [
        ["edit", "delete"],
        ["unread", "report"],
        ["unread", "report", "delete"],
    ]


def test_a_reply_is_offered_where_one_may_write_and_what_there_is_to_read_where_it_is(run: Run) -> None:
    body = (
        "const { messageOffers, rightsIn } = rights; "
        "const all = { replies: true, reactions: true, text: true }; "
        "return [messageOffers(true, rightsIn({}, {}), all), "
        "messageOffers(true, rightsIn({ archived: true }, {}))];"
    )
    found = [
        ["reply", "quote", "replies", "reactors", "copy", "link", "edit", "delete"],
        ["link", "edit", "delete"],
    ]
    assert run("models/rights.js", body) == found


def test_an_added_room_is_listed_and_joined_and_a_removed_one_is_gone_at_once(run: Run) -> None:
    body = (
        f"{ROOMS} list.belongTo({{ id: 'ada', role: 'member' }}); const asked = []; "
        "const chat = Object.assign(new Emitter(), { channel: () => ({ state: 'live' }), "
        "open: (room) => asked.push(`open ${room}`), shut: (room) => asked.push(`shut ${room}`), "
        "forget: (room) => asked.push(`forget ${room}`) }); "
        "const about = { room: 'club', title: 'Club', access: 'private' }; "
        "let rooms = [{ ...about, role: 'member' }]; "
        "const keeper = new belonging.Belonging({ chat, rooms: list, current: () => 'general', "
        "readList: async () => keeper.take(rooms) }); "
        "chat.emit('about', { event: 'room', ...about }); await new Promise((done) => setTimeout(done)); "
        "const added = list.all.map(({ title, joined }) => [title, joined]); "
        "rooms = []; chat.emit('removed', { room: 'club', deleted: false }); "
        "return [added, asked, list.all.map(({ room }) => room), list.about('club').title];"
    )
    added = [["Club", True], ["general", True]]
    assert run("models/belonging.js", body) == [added, ["open club", "forget club"], ["general"], "Club"]


def test_who_is_removed_from_the_open_room_sees_it_close(run: Run) -> None:
    body = (
        f"{ROOMS} const shut = []; const closed = []; "
        "const chat = Object.assign(new Emitter(), { channel: () => ({ refusal: { code: 'not_found' } }), "
        "shut: (room, { code }) => shut.push([room, code]) }); "
        "const keeper = new belonging.Belonging({ chat, rooms: list, current: () => 'club', "
        "readList: () => null }); "
        "keeper.on('closed', (room) => closed.push(room)); "
        "chat.emit('removed', { room: 'club', deleted: false }); chat.emit('refused', 'club'); "
        "return [shut, closed];"
    )
    assert run("models/belonging.js", body) == [
        [["club", "removed"], ["club", "not_found"]],
        ["club", "club"],
    ]


def test_no_more_rooms_are_joined_than_connections_may(run: Run) -> None:
    body = (
        f"{ROOMS} list.belongTo({{ id: 'ada' }}); "
        "const own = Array.from({ length: 120 }, (_, n) => ({ room: `r${n}`, access: 'private', "
        "role: 'member' })); "
        "list.update([{ room: 'dm-1', access: 'direct', people: [] }, { room: 'open', "
        "access: 'open', role: null }, "
        "{ room: 'old', access: 'private', role: 'member', archived: true }, ...own]); "
        "const adopted = list.adopt(); "
        "return [adopted[0], adopted.length, list.joined.length, list.adopt().length];"
    )
    assert run("models/room_list.js", body) == ["dm-1", 98, 99, 0]


def test_a_guest_has_no_other_rooms_than_their_own(run: Run) -> None:
    body = (
        f"{ROOMS} list.belongTo({{ id: 'g', role: 'guest' }}); "
        f"list.update([{{ room: 'club', access: 'private', role: 'member' }}]); "
        "return [list.all.map(({ room }) => room), list.joined, list.nextAfter('club')];"
    )
    assert run("models/room_list.js", body) == [["club"], [], None]


@pytest.mark.parametrize("forget", ["list.forget();", ""])
def test_the_next_person_at_the_same_page_sees_nothing_of_the_list_of_the_one_before(
    run: Run, forget: str
) -> None:
    body = (
        f"{ROOMS} list.belongTo({{ id: 'ada' }}); "
        "list.update([{ room: 'club', title: 'Secret club', access: 'private', role: 'owner' }]); "
        "list.learn({ room: 'attic', title: 'The attic', access: 'private' }); list.drop('attic'); "
        f"{forget} list.belongTo({{ id: 'bob' }}); "
        "return [list.all.map(({ room }) => room), list.about('club').title, list.about('attic').title];"
    )
    assert run("models/room_list.js", body) == [["general"], "club", "attic"]


def test_only_who_may_make_rooms_is_offered_that(run: Run) -> None:
    body = (
        "return ['guest', 'member', 'admin'].map((role) => "
        "['everyone', 'admins'].map((by) => rights.makesRooms({ role }, by)));"
    )
    assert run("models/rights.js", body) == [[False, False], [True, False], [True, True]]


@pytest.mark.parametrize(
    ("typed", "same"),
    [("Tea  Room ", True), ("tea room", True), ("ｔｅａ room", True), ("tea", False), ("", False)],
)
def test_a_title_is_recognised_however_it_is_typed(run: Run, typed: str, same: bool) -> None:
    assert run("models/typed_title.js", "return typed_title.isTitle(argument, 'Tea Room');", typed) is same


def test_what_somebody_wrote_is_asked_for_once_and_then_how_far_it_is(run: Run) -> None:
    body = (
        "const told = []; const asked = []; const states = [...argument]; "
        "const answer = () => { const state = states.shift(); "
        "if (state === 'lost') throw new Error('lost'); return state; }; "
        "const house = { erase: async (id, room) => { asked.push([id, room]); return answer(); }, "
        "purge: async (id) => { asked.push(id); return answer(); } }; "
        "const found = await erasing.erase({ house, wait: async () => {} }, 'u-eve', 'plans', "
        "({ deleted }) => told.push(deleted)); return [found.deleted, told, asked];"
    )
    begun = {"id": "p", "deleted": 0, "archived": 0, "done": False}
    states = [begun, "lost", begun | {"deleted": 10}, begun | {"deleted": 12, "done": True}]
    found = run("models/erasing.js", body, states)
    assert found == [12, [0, 0, 10], [["u-eve", "plans"], "p", "p", "p"]]
