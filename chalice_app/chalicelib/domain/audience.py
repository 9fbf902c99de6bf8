"""Who may be sent what is stored in a room: its subscribers, and the mark that a room was closed.

Who joins an open room is subscribed by what was true a moment before, so a subscription may come when the
room is closed already and everybody was taken out. Closing therefore leaves a mark with each shard: from then
on a subscription counts only if it is known to be a member's.
"""

from dataclasses import dataclass

from chalicelib.domain.connections import Subscription
from chalicelib.domain.rooms import RoomState


@dataclass(frozen=True, slots=True)
class Audience:
    """The subscriptions of a shard, and the mark that was read no earlier than they.

    ``closed`` is the version of the room's rules (``rules`` of `RoomState`) with which it was closed last,
    and 0 if there is no mark: then no closing had been acknowledged when the subscriptions were read.
    """

    subscriptions: tuple[Subscription, ...]
    closed: int = 0

    @property
    def is_certain(self) -> bool:
        """Return whether everybody may be sent what is stored, whatever the room's state is."""
        return not self.closed or all(one.member for one in self.subscriptions)

    def readers(self, state: RoomState) -> tuple[Subscription, ...]:
        """Return who may be sent what is stored; `state` may have been read before or afterwards.

        A state of the time before the room was closed says nothing. A newer one may say that the room is
        open again: so nobody has to take the mark away.
        """
        if state.deleted_at:
            return ()
        opened_again = state.rules >= self.closed and not state.hidden
        if self.is_certain or opened_again:
            return self.subscriptions
        return tuple(one for one in self.subscriptions if one.member)
