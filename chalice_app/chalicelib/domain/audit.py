"""What is kept of order in the house: deeds of owners and admins, and reports."""

from typing import NamedTuple

from chalicelib.domain.messages import User


class Deed(NamedTuple):
    """Something that somebody did to others, at a time (ms since the epoch) that no other deed has.

    ``target`` is the id of a person, a message's place or a room.
    """

    at: int
    by: User
    what: str
    target: str
    room: str | None = None
    reason: str | None = None


class Report(NamedTuple):
    """A message that somebody thinks admins should see."""

    at: int
    by: User
    room: str
    seq: int
    reason: str
