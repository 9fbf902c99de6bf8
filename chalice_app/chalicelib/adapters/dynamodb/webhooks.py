"""Where bots are called, in the messages table. What is dropped loses its address and secret at once."""

from contextlib import suppress

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.webhooks import Webhook


class DynamoWebhooks:
    """The port `Webhooks` on DynamoDB."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def keep(self, bot_id: str, webhook: Webhook) -> None:
        self._table.put(keys.webhook(bot_id), webhook._asdict())

    def of(self, bot_id: str) -> Webhook | None:
        item = self._table.get(keys.webhook(bot_id))
        return None if item is None or "url" not in item else _webhook(item)

    def of_each(self, bot_ids: list[str]) -> dict[str, Webhook]:
        found = self._table.get_many([keys.webhook(one) for one in bot_ids], consistent=False)
        return {item["pk"].removeprefix(keys.person("")): _webhook(item) for item in found if "url" in item}

    def drop(self, bot_id: str) -> bool:
        try:
            self._table.update(
                keys.webhook(bot_id),
                "REMOVE #url, secret, failures, failed, problem",
                "attribute_exists(#url)",
                names={"#url": "url"},
            )
        except ConditionFailed:
            return False
        return True

    def failed(self, bot_id: str, url: str, at: int, problem: str) -> None:
        changes = "SET failures = failures + :one, failed = :at, problem = :problem"
        self._note(bot_id, url, changes, one=1, at=at, problem=problem)

    def answered(self, bot_id: str, url: str) -> None:
        self._note(bot_id, url, "SET failures = :none", none=0)

    def _note(self, bot_id: str, url: str, changes: str, **values: int | str) -> None:
        names = {"#url": "url"}
        with suppress(ConditionFailed):
            self._table.update(keys.webhook(bot_id), changes, "#url = :url", names=names, url=url, **values)


def _webhook(item: Item) -> Webhook:
    return Webhook(item["url"], item["secret"], int(item["failures"]), int(item["failed"]), item["problem"])
