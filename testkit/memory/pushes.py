"""Browsers that are pushed to, and the key for it, in memory."""

from collections.abc import Collection

from chalicelib.domain.pushing import KEPT_SECONDS, PushKey, PushKeys, PushSubscription
from chalicelib.service.ports import Clock


class MemoryPushSubscriptions:
    """The port `PushSubscriptions`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, dict[str, PushSubscription]] = {}

    def keep(self, user_id: str, subscription: PushSubscription) -> None:
        self._kept.setdefault(user_id, {})[subscription.id] = subscription

    def of(self, user_id: str) -> list[PushSubscription]:
        since = self._clock.now() - KEPT_SECONDS * 1000
        found = self._kept.get(user_id, {}).values()
        return sorted((one for one in found if one.kept > since), key=lambda one: one.kept)

    def drop(self, user_id: str, subscription_id: str) -> bool:
        return self._kept.get(user_id, {}).pop(subscription_id, None) is not None


class MemoryPushKeys:
    """The port `PushKeyStore`; `known` are the keys."""

    def __init__(self) -> None:
        self.known = PushKeys(PushKey("a public key", "a private key"))

    def keys(self, needed: Collection[str] = ()) -> PushKeys:
        return self.known
