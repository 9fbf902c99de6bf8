"""Browsers that are pushed to, and the key by which push services know this chat, in the messages table."""

from collections.abc import Collection

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.pushing import KEPT_SECONDS, PushAddress, PushKey, PushKeys, PushSubscription
from chalicelib.service.ports import Clock

KNOWN_SECONDS = 120


class DynamoPushSubscriptions:
    """The port `PushSubscriptions` on DynamoDB.

    No function that people reach may delete from this table: what is dropped loses its address at once, and
    DynamoDB deletes it as expired.
    """

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def keep(self, user_id: str, subscription: PushSubscription) -> None:
        address = subscription.address
        values = {
            "endpoint": address.endpoint,
            "browser_key": address.p256dh,
            "browser_secret": address.auth,
            "chat_key": address.chat_key,
            "session_id": subscription.session,
            "rooms": dict(subscription.rooms),
            "kept": subscription.kept,
            "expires": subscription.kept // 1000 + KEPT_SECONDS,
        }
        self._table.put(keys.push_subscription(user_id, subscription.id), values)

    def of(self, user_id: str) -> list[PushSubscription]:
        rows = self._table.query(
            keys.person(user_id), "begins_with(sk, :kind)", consistent=False, kind=keys.PUSH
        )
        now = self._clock.now() // 1000
        found = [_subscription(row) for row in rows if "endpoint" in row and int(row["expires"]) > now]
        return sorted(found, key=lambda one: one.kept)

    def drop(self, user_id: str, subscription_id: str) -> bool:
        try:
            self._table.update(
                keys.push_subscription(user_id, subscription_id),
                "SET expires = :now REMOVE endpoint, browser_key, browser_secret, rooms",
                "attribute_exists(endpoint)",
                now=self._clock.now() // 1000,
            )
        except ConditionFailed:
            return False
        return True


class DynamoPushKeys:
    """The port `PushKeyStore` on DynamoDB: the first function that needs the key makes it."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._known: PushKeys | None = None
        self._read_at = 0.0

    def keys(self, needed: Collection[str] = ()) -> PushKeys:
        known, now = self._known, self._clock.monotonic()
        old = now - self._read_at > KNOWN_SECONDS
        if known is None or old or any(known.of(one) is None for one in needed):
            known, self._read_at = self._stored(), now
            self._known = known
        return known

    def rotate(self) -> None:
        """Make another key; the present one becomes that before.

        Raises
        ------
        ConditionFailed
            Somebody else has done so at the same moment.
        """
        from chalicelib.adapters.push.encryption import new_key  # noqa: PLC0415

        before, made = self._stored(), new_key()
        values = {
            **made._asdict(),
            "public_before": before.present.public,
            "private_before": before.present.private,
            "rotated": self._clock.now() // 1000,
        }
        unchanged = "attribute_not_exists(rotated) OR rotated = :rotated"
        self._table.put(keys.push_key(), values, unchanged, rotated=before.rotated)

    def _stored(self) -> PushKeys:
        item = self._table.get(keys.push_key())
        if item is None:
            # Imported here: once in the life of a stage somebody needs it.
            from chalicelib.adapters.push.encryption import new_key  # noqa: PLC0415

            made = new_key()
            try:
                self._table.put(keys.push_key(), made._asdict(), "attribute_not_exists(pk)")
            except ConditionFailed as failed:
                item = failed.item or {}
            else:
                return PushKeys(made)
        before = None
        if "public_before" in item:
            before = PushKey(str(item["public_before"]), str(item["private_before"]))
        return PushKeys(
            PushKey(str(item["public"]), str(item["private"])), before, int(item.get("rotated", 0))
        )


def _subscription(row: Item) -> PushSubscription:
    address = PushAddress(row["endpoint"], row["browser_key"], row["browser_secret"], row.get("chat_key", ""))
    identifier = row["sk"].removeprefix(keys.PUSH)
    return PushSubscription(identifier, address, row["session_id"], row["rooms"], int(row["kept"]))
