"""What the use cases need to know and to change of rooms and who belongs to them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chalicelib.domain.access import About, Belonging, Facts, Invitation, Member, Membership, RoomRole
from chalicelib.domain.audience import Audience
from chalicelib.domain.audit import Deed, Report
from chalicelib.domain.bots import Bot, Hook
from chalicelib.domain.connections import Subscription
from chalicelib.domain.messages import User


class RoomRegister(Protocol):
    """What each room is and who belongs to it.

    Changes of one room happen one after another: each is made from the facts that were read, and raises
    `WriteConflict` if they have changed since.
    """

    def facts(self, room: str, user_id: str, *, existence: bool = False) -> Facts:
        """Return what the rule has to know of a room and somebody, read consistently.

        ``existence`` says whether it must be known of a room that nobody has described if it exists, which
        is not needed of one that somebody comes to.
        """

    def create(self, room: str, about: About, people: Mapping[User, RoomRole]) -> bool:
        """Make a room with its people; False if the name is taken."""

    def describe(self, facts: Facts, about: About) -> None:
        """Change what a room is."""

    def delete(self, facts: Facts) -> None:
        """Let a room exist for nobody from now on; nobody writes there any more, and its name stays taken.

        What is left of it is for `Remains` to take away.
        """

    def put_member(self, facts: Facts, user: User, membership: Membership) -> None:
        """Make somebody what `membership` says, if `facts` are about them and still true."""

    def drop_member(self, facts: Facts, user_id: str, removed_at: int = 0) -> None:
        """Remove somebody, if `facts` are about them and still true; `removed_at` as in `Membership`."""

    def owners(self, room: str) -> int:
        """Return how many owners a room has, read consistently."""

    def members(self, room: str, after: str | None = None, limit: int | None = None) -> list[Member]:
        """Return who belongs to a room, by id; `after` is an id."""

    def belongings(self, user_id: str) -> dict[str, Belonging]:
        """Return by name the rooms to which somebody belongs, has read or was mentioned in."""

    def abouts(self, rooms: Sequence[str]) -> dict[str, About]:
        """Return what those of the rooms are that somebody has described; may be some moments old."""


class Audiences(Protocol):
    """Subscriptions by shard, with what is known of their right to be there."""

    def of(self, room: str, shard: int, only: str | None = None) -> Audience:
        """Return everyone subscribed to the shard, or that one connection, and whether the room was closed.

        Read consistently. Those whose tokens have expired are left out.
        """

    def glance(self, room: str, shard: int) -> Audience:
        """Return everyone subscribed to the shard as it was a moment ago, which costs half."""

    def confirm(self, room: str, shard: int, subscription: Subscription) -> bool:
        """Note with a subscription that it is a member's.

        False, and nothing is noted, if there is none any more or its user does not belong to the room at
        that moment.
        """

    def close(self, room: str, shard: int, version: int) -> None:
        """Leave the mark that the room was closed with a version of its rules; the highest version stays.

        It is kept for longer than any join takes and any connection lasts.
        """


class ReadMarks(Protocol):
    """How far people have read, and where they were mentioned since."""

    def move(self, user_id: str, room: str, at: int, count: int) -> bool:
        """Move somebody's mark forward; False if it is as far already.

        ``count`` is how many messages there are up to ``at``.
        """

    def mention(self, user_id: str, room: str, seq: int) -> None:
        """Note that a message concerns somebody."""


class Invites(Protocol):
    """Invites to rooms, by a hash of their secret."""

    def add(self, key: str, invitation: Invitation, expires: int, uses: int) -> None:
        """Keep an invite until it expires (seconds since the epoch)."""

    def find(self, key: str, now: int) -> Invitation | None:
        """Return an invite that can still be used, at a time in seconds."""

    def use(self, key: str, now: int) -> bool:
        """Use an invite once; False if it is used up or has expired."""


class BotRegister(Protocol):
    """The bots of people."""

    def add(self, owner_id: str, bot: Bot) -> None:
        """Keep a bot of somebody."""

    def of(self, owner_id: str) -> list[Bot]:
        """Return somebody's bots whose tokens have neither ended nor expired, by id."""

    def remove(self, owner_id: str, bot_id: str) -> Bot | None:
        """Forget a bot of somebody; return what it was."""


class Hooks(Protocol):
    """Hooks of rooms, by a hash of their secret."""

    def add(self, key: str, hook: Hook) -> None:
        """Keep a hook."""

    def find(self, key: str) -> Hook | None:
        """Return the hook with a secret."""

    def of(self, room: str) -> list[Hook]:
        """Return the hooks of a room, by id."""

    def remove(self, room: str, hook_id: str) -> bool:
        """Forget a hook; False if there is none."""


class Audit(Protocol):
    """What owners and admins did, and what was reported to them, the newest first."""

    def note(self, deed: Deed) -> None:
        """Keep a deed; its time is the next that no other has."""

    def report(self, report: Report) -> None:
        """Keep a report; as above."""

    def deeds(self, before: int | None, limit: int) -> list[Deed]:
        """Return deeds before a time (ms since the epoch)."""

    def reports(self, before: int | None, limit: int) -> list[Report]:
        """Return reports before a time (ms since the epoch)."""
