"""The keys that sign tokens, in the messages table."""

import secrets

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.token_keys import KEYS_KNOWN_SECONDS, TokenKeys
from chalicelib.service.ports import Clock

_ABSENT = "attribute_not_exists(pk)"
_UNCHANGED = "secret = :newest"


class DynamoSecrets:
    """The port `Secrets`: the first function that needs a key makes it.

    ``chosen`` is the deployment's own key, with which nothing is stored.
    """

    def __init__(self, table: Table, clock: Clock, chosen: str = "") -> None:
        self._table = table
        self._clock = clock
        self._chosen = TokenKeys(chosen) if chosen else None
        self._known: TokenKeys | None = None
        self._read_at = 0.0

    def token_keys(self) -> TokenKeys:
        """Return the chosen key, or those of the table as they were at most two minutes ago."""
        if self._chosen:
            return self._chosen
        now = self._clock.monotonic()
        if self._known is None or now >= self._read_at + KEYS_KNOWN_SECONDS:
            self._known, self._read_at = self._stored(), now
        return self._known

    def rotate(self) -> TokenKeys:
        """Make a new key; return the keys from now on.

        Raises
        ------
        ConditionFailed
            Somebody else made one at the same time.
        """
        before = self._stored()
        now = self._clock.now() // 1000
        after = before.followed_by(_made(), now)
        self._table.put(keys.token_secret(), _item(after), _UNCHANGED, newest=before.newest)
        return after

    def _stored(self) -> TokenKeys:
        item = self._table.get(keys.token_secret())
        if item is None:
            first = TokenKeys(_made())
            try:
                self._table.put(keys.token_secret(), _item(first), _ABSENT)
            except ConditionFailed as failed:
                item = failed.item or {}
            else:
                return first
        return TokenKeys(str(item["secret"]), str(item.get("before", "")), int(item.get("rotated", 0)))


def _made() -> str:
    return secrets.token_urlsafe(48)


def _item(found: TokenKeys) -> Item:
    return {"secret": found.newest, "before": found.before, "rotated": found.rotated}
