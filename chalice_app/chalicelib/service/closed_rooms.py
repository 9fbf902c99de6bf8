"""What somebody is told who writes where nobody writes any more."""

from chalicelib.domain.access import archived, no_room
from chalicelib.errors import ChatError, Forbidden, NotFound
from chalicelib.service.outcomes import Archived, Deleted


def closed(room: str, why: Archived) -> ChatError:
    """Return the error for a room that is archived, or that was deleted while they wrote."""
    return NotFound(no_room(room)) if isinstance(why, Deleted) else Forbidden(archived(room))
