"""The rule of who may do what where: every act, every kind of person and every kind of room in one table."""

import pytest

from chalicelib.domain.access import About, Access, Act, Facts, Membership, Role, RoomRole, check
from chalicelib.errors import ChatError, Forbidden, NotFound

NOW = 1_000_000
EVERYBODY_INSIDE = {Act.JOIN, Act.READ, Act.RESPOND, Act.SEE_MEMBERS, Act.LEAVE_FOR_GOOD, Act.REPORT}
WRITERS = EVERYBODY_INSIDE | {Act.WRITE}
HOOKS = {Act.CHANGE_HOOKS}
DELETING = {Act.DELETE_ROOM}
OWNERS = (
    WRITERS | HOOKS | DELETING | {Act.DELETE_ANY, Act.CHANGE_MEMBERS, Act.CHANGE_ROOM, Act.INVITE, Act.MUTE}
)
NOTHING: set[Act] = set()

# Who somebody is (in the deployment, in the room, muted), and what they may in a room of each kind. Who may
# not join is answered that the room does not exist, and everybody else what they lack.
PEOPLE: dict[str, tuple[Role, RoomRole | None, bool]] = {
    "member of the chat": ("member", None, False),
    "muted member of the chat": ("member", None, True),
    "guest elsewhere": ("guest", None, False),
    "guest of the room": ("guest", "member", False),
    "member of the room": ("member", "member", False),
    "muted member of the room": ("member", "member", True),
    "owner": ("member", "owner", False),
    "admin elsewhere": ("admin", None, False),
    "admin in the room": ("admin", "member", False),
}
MAY: dict[Access, dict[str, set[Act]]] = {
    "open": {
        "member of the chat": WRITERS | HOOKS,
        "muted member of the chat": EVERYBODY_INSIDE | HOOKS,
        "guest elsewhere": NOTHING,
        "guest of the room": WRITERS,
        "member of the room": WRITERS | HOOKS,
        "muted member of the room": EVERYBODY_INSIDE | HOOKS,
        "owner": OWNERS,
        "admin elsewhere": OWNERS,
        "admin in the room": OWNERS,
    },
    "private": {
        "member of the chat": NOTHING,
        "muted member of the chat": NOTHING,
        "guest elsewhere": NOTHING,
        "guest of the room": WRITERS,
        "member of the room": WRITERS,
        "muted member of the room": EVERYBODY_INSIDE,
        "owner": OWNERS,
        "admin elsewhere": NOTHING,
        "admin in the room": OWNERS,
    },
    "direct": {
        "member of the chat": NOTHING,
        "muted member of the chat": NOTHING,
        "guest elsewhere": NOTHING,
        "guest of the room": WRITERS - {Act.LEAVE_FOR_GOOD} | DELETING,
        "member of the room": WRITERS - {Act.LEAVE_FOR_GOOD} | DELETING,
        "muted member of the room": EVERYBODY_INSIDE - {Act.LEAVE_FOR_GOOD} | DELETING,
        "owner": WRITERS - {Act.LEAVE_FOR_GOOD} | {Act.DELETE_ANY} | HOOKS | DELETING,
        "admin elsewhere": NOTHING,
        "admin in the room": WRITERS - {Act.LEAVE_FOR_GOOD} | {Act.DELETE_ANY} | HOOKS | DELETING,
    },
}


def facts(access: Access, who: str, *, archived: bool = False) -> Facts:
    _, role, muted = PEOPLE[who]
    membership = Membership(role, NOW + 1 if muted else 0)
    return Facts("room", About("Room", access=access, archived=archived), membership, exists=True)


def outcome(act: Act, role: Role, known: Facts) -> type[ChatError] | None:
    try:
        check(act, role, known, NOW)
    except ChatError as error:
        return type(error)
    return None


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("access", MAY)
def test_what_the_table_allows_is_allowed_and_nothing_else(access: Access, who: str) -> None:
    role, _, _ = PEOPLE[who]
    known = facts(access, who)
    allowed = {act for act in Act if outcome(act, role, known) is None}
    assert allowed == MAY[access][who]
    refused = {outcome(act, role, known) for act in Act if act not in allowed}
    assert refused <= ({Forbidden} if Act.JOIN in allowed else {NotFound})


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("access", MAY)
def test_nobody_writes_or_responds_in_an_archived_room(access: Access, who: str) -> None:
    role, _, _ = PEOPLE[who]
    known = facts(access, who, archived=True)
    allowed = {act for act in Act if outcome(act, role, known) is None}
    assert allowed == MAY[access][who] - {Act.WRITE, Act.RESPOND}


def test_a_mute_ends_by_itself() -> None:
    known = Facts("room", About("Room"), Membership(None, NOW), exists=True)
    assert outcome(Act.WRITE, "member", known) is None


def test_a_room_that_nobody_has_made_can_be_joined_and_nothing_else() -> None:
    known = Facts("room")
    assert {act for act in Act if outcome(act, "admin", known) is None} == {Act.JOIN}
    assert {act for act in Act if outcome(act, "guest", known) is None} == NOTHING
    assert outcome(Act.JOIN, "admin", Facts("dm-" + "0" * 32)) is NotFound
