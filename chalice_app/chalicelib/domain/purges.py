"""What is taken away for good, bit by bit, because somebody asked for it."""

from typing import Literal, NamedTuple

from chalicelib.domain.messages import User

PurgeKind = Literal["room", "person", "messages"]


class Purge(NamedTuple):
    """What is to be taken away: what is left of a room, a person's rights, or a person's messages.

    ``target`` is the name of the room or the id of the person, and ``asked`` is when `by` asked for it (ms
    since the epoch). Messages are those of the room ``only``, or of every room if that is empty. Rooms follow
    by their names: it is at ``room`` and there before position ``before``, 0 at the room's beginning.
    ``deleted`` counts messages, and ``archived`` the rooms where none could be deleted because nobody writes
    there any more. ``kept`` is when this was last written down (ms).
    """

    id: str
    kind: PurgeKind
    target: str
    by: User
    asked: int
    only: str = ""
    room: str = ""
    before: int = 0
    deleted: int = 0
    archived: int = 0
    done: bool = False
    kept: int = 0
