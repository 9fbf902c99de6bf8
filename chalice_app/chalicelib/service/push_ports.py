"""What the use cases of Web Push need from the world."""

from collections.abc import Collection, Sequence
from enum import Enum, auto
from typing import NamedTuple, Protocol

from chalicelib.domain.pushing import Push, PushAddress, PushKeys, PushSubscription


class PushSubscriptions(Protocol):
    """The browsers of people that are pushed to."""

    def keep(self, user_id: str, subscription: PushSubscription) -> None:
        """Keep a subscription, in place of the one with its id; it is forgotten if nobody renews it."""

    def of(self, user_id: str) -> list[PushSubscription]:
        """Return somebody's subscriptions, the oldest first; may be some moments old."""

    def drop(self, user_id: str, subscription_id: str) -> bool:
        """Forget a subscription with its address; False if there is none."""


class PushKeyStore(Protocol):
    """The keys by which push services know this chat."""

    def keys(self, needed: Collection[str] = ()) -> PushKeys:
        """Return the keys, the first of which is made when it is first asked for.

        A change is known within two minutes, and at once if one is ``needed`` that is not known.
        """


class Outcome(Enum):
    """What became of a push."""

    SENT = auto()
    GONE = auto()
    """The browser is not subscribed any more, or its keys are none: it need not be tried again."""
    FAILED = auto()


class Pusher(Protocol):
    """Reaches the push services of browsers."""

    def check(self, address: PushAddress) -> None:
        """Return if an address may be pushed to; raise `Invalid` if it cannot be a browser's."""

    def push(self, pushes: Sequence[Push]) -> list[Outcome]:
        """Encrypt and send each; return what became of each. A failure is logged, not raised."""


class PushPorts(NamedTuple):
    """The three that belong together."""

    subscriptions: PushSubscriptions
    keys: PushKeyStore
    pusher: Pusher
