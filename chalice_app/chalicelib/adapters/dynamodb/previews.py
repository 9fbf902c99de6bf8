"""What was found at the addresses of links, in the messages table."""

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.domain.previews import Preview
from chalicelib.service.ports import Clock
from chalicelib.service.preview_ports import KnownPage

_UNLESS_KNOWN = "attribute_not_exists(pk) OR expires <= :now"


class DynamoPreviews:
    """The port `Previews` on DynamoDB, which deletes what has expired some time later."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def find(self, address: str) -> KnownPage | None:
        item = self._table.get(keys.preview(address), consistent=False)
        if item is None or int(item["expires"]) <= self._now():
            return None
        title = item.get("title")
        preview = Preview(title, item.get("description"), item.get("picture")) if title else None
        return KnownPage(preview, "claimed" in item)

    def claim(self, address: str, seconds: int) -> bool:
        now = self._now()
        claimed = {"claimed": True, "expires": now + seconds}
        try:
            self._table.put(keys.preview(address), claimed, _UNLESS_KNOWN, now=now)
        except ConditionFailed:
            return False
        return True

    def keep(self, address: str, preview: Preview | None, seconds: int) -> None:
        found = {} if preview is None else {name: v for name, v in preview._asdict().items() if v is not None}
        self._table.put(keys.preview(address), {**found, "expires": self._now() + seconds})

    def _now(self) -> int:
        return self._clock.now() // 1000
