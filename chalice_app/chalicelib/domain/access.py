"""Who may do what in which room: the one rule, over a person, a room, a membership and an act.

Every use case asks `check`, and nothing else decides. A room that one may not join does not exist: whatever
is asked about it is answered as for a room that nobody has made.
"""

from enum import Enum, auto
from typing import Literal, NamedTuple

from chalicelib.domain.messages import User
from chalicelib.domain.times import timestamp
from chalicelib.errors import Forbidden, NotFound

Role = Literal["admin", "member", "guest"]
RoomRole = Literal["owner", "member"]
Access = Literal["open", "private", "direct"]

DIRECT_PREFIX = "dm-"


class About(NamedTuple):
    """What a room is; ``people`` are those of a direct room, and without ``mood`` nobody's is read there.

    One that was ``deleted`` exists for nobody any more, and for ever: its name is not used again.
    """

    title: str
    topic: str = ""
    access: Access = "open"
    archived: bool = False
    people: tuple[User, ...] = ()
    mood: bool = True
    deleted: bool = False


class Membership(NamedTuple):
    """What somebody is in a room: a role, or none in an open room.

    ``muted_until`` is in milliseconds since the epoch, and so is ``removed_at``, when somebody else took the
    role away; 0 if nobody did, or they have been let in since.
    """

    role: RoomRole | None = None
    muted_until: int = 0
    removed_at: int = 0


class Belonging(NamedTuple):
    """What a room is to somebody: their role, if any, and how far they have read.

    ``read_count`` is how many messages there were up to ``read_at``, and ``mentions`` are the messages since
    that concern them.
    """

    role: RoomRole | None = None
    read_at: int = 0
    read_count: int = 0
    mentions: tuple[int, ...] = ()


class Member(NamedTuple):
    """Somebody in a room."""

    user: User
    membership: Membership


class Invitation(NamedTuple):
    """To which room an invite is, the id of who made it, and when (ms since the epoch)."""

    room: str
    by: str
    made: int


class Facts(NamedTuple):
    """Everything that the rule looks at of a room and of somebody in it.

    ``about`` is None for a room that nobody has described: an open room that has come into being by itself,
    if it ``exists``. ``version`` changes whenever any of it does. ``shards`` is how many delivery shards the
    room had when this was true.
    """

    room: str
    about: About | None = None
    membership: Membership = Membership()
    exists: bool = False
    version: int = 0
    shards: int = 1

    @property
    def access(self) -> Access:
        """Return who may join."""
        return "open" if self.about is None else self.about.access


class Act(Enum):
    """What somebody can do in a room."""

    JOIN = auto()
    READ = auto()
    WRITE = auto()
    RESPOND = auto()
    """React, label, or delete a message of one's own. To change its text is to write."""
    DELETE_ANY = auto()
    SEE_MEMBERS = auto()
    LEAVE_FOR_GOOD = auto()
    CHANGE_MEMBERS = auto()
    CHANGE_ROOM = auto()
    DELETE_ROOM = auto()
    """Also a direct one: each of its people may."""
    INVITE = auto()
    CHANGE_HOOKS = auto()
    """Make, list and delete the addresses through which other programs write: anybody in open rooms."""
    MUTE = auto()
    REPORT = auto()


_OF_OWNERS = {
    Act.DELETE_ANY: "delete what others wrote",
    Act.CHANGE_MEMBERS: "change who belongs to the room",
    Act.CHANGE_ROOM: "change the room",
    Act.DELETE_ROOM: "delete the room",
    Act.INVITE: "invite to the room",
    Act.CHANGE_HOOKS: "change its hooks",
    Act.MUTE: "mute somebody",
}
# What a direct room has not: it belongs to its people alike.
_NOT_IN_DIRECT = {Act.CHANGE_MEMBERS, Act.CHANGE_ROOM, Act.INVITE, Act.MUTE, Act.LEAVE_FOR_GOOD}
_WRITING = {Act.WRITE, Act.RESPOND}


def may_join(role: Role, facts: Facts) -> bool:
    """Return whether the room exists for somebody with a role in the deployment."""
    if facts.about is not None and facts.about.deleted:
        return False
    if facts.membership.role is not None:
        return True
    if facts.access != "open" or role == "guest":
        return False
    # These names are for direct rooms alone: nobody may open a room in their place.
    return facts.about is not None or not is_direct_name(facts.room)


def check(act: Act, role: Role, facts: Facts, now: int) -> None:
    """Return if somebody may do it at a time (ms since the epoch).

    Raises
    ------
    NotFound
        They may not join the room, so for them it does not exist.
    Forbidden
        They may join it, and may not do this there; the message says why.
    """
    if not may_join(role, facts) or (act is not Act.JOIN and not facts.exists):
        raise NotFound(no_room(facts.room))
    if act in _NOT_IN_DIRECT and facts.access == "direct":
        raise Forbidden("A direct room belongs to its people as it is: open a private room instead.")
    anybodys = _is_anybodys(act, role, facts.access)
    if act in _OF_OWNERS and not anybodys and facts.membership.role != "owner" and role != "admin":
        raise Forbidden(f"Only the owners of {facts.room} and admins may {_OF_OWNERS[act]}.")
    if act in _WRITING and facts.about is not None and facts.about.archived:
        raise Forbidden(archived(facts.room))
    if act is Act.WRITE:
        check_voice(facts.room, facts.membership.muted_until, now)


def _is_anybodys(act: Act, role: Role, access: Access) -> bool:
    """Return whether everybody in a room of this kind may do what elsewhere is for its owners."""
    if act is Act.DELETE_ROOM:
        return access == "direct"
    return act is Act.CHANGE_HOOKS and access == "open" and role != "guest"


def check_voice(room: str, muted_until: int, now: int) -> None:
    """Raise `Forbidden` while somebody is muted."""
    if muted_until > now:
        raise Forbidden(f"You are muted in {room} until {timestamp(muted_until)}.")


def no_room(room: str) -> str:
    """Return what somebody is told who asks about a room that does not exist for them."""
    return f"There is no room {room}."


def archived(room: str) -> str:
    """Return what somebody is told who writes to an archived room."""
    return f"{room} is archived: it can be read, and nobody writes there any more."


def is_direct_name(room: str) -> bool:
    """Return whether a name is of the form that only direct rooms have: ``dm-`` and 32 hex digits."""
    digits = room.removeprefix(DIRECT_PREFIX)
    return digits != room and len(digits) == 32 and set(digits) <= set("0123456789abcdef")
